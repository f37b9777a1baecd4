/** What happens after a failure: {@link io.valiant.master.recovery.RecoveryPlanner} decides, {@code master.job} does it. */
package io.valiant.master.recovery;
