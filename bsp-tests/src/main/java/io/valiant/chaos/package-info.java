/**
 * Faults against real daemons and child JVMs, by the commands a user types. {@link io.valiant.chaos.KillRuns} is the entry;
 * {@link io.valiant.chaos.ClusterFixture} starts and stops a cluster under a folder of its own.
 */
package io.valiant.chaos;
