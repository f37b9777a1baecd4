package io.valiant.chaos.scenario;

import java.time.Duration;

/**
 * How fast a run goes.
 *
 * @param away how long a daemon stays away where the scenario leaves it open
 * @param slower how many times as long all time-outs of the cluster are
 */
public record Pace(Duration away, int slower) {}
