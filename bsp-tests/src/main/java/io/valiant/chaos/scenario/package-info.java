/** What a process test is: {@link io.valiant.chaos.scenario.Scenario}, and what it is given for one run. */
package io.valiant.chaos.scenario;
