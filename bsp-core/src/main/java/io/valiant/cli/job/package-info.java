/** The nouns {@code job}, {@code task}, {@code groom} and {@code jar}: {@link io.valiant.cli.job.JobCommands} and its neighbours. */
package io.valiant.cli.job;
