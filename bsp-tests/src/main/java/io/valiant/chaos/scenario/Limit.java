package io.valiant.chaos.scenario;

/**
 * A bound of the contract on a figure of all runs of a scenario.
 *
 * @param figure its name
 * @param percentile which of the runs' figures must keep it, 100 for all
 * @param ms the bound
 */
public record Limit(String figure, int percentile, long ms) {}
