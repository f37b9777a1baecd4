/**
 * The command line: {@link io.valiant.cli.BspMain} finds the noun that was typed, asks the {@link
 * io.valiant.cli.CommandProvider} that has it, and lets picocli do the rest. Nothing is loaded for the nouns that were not
 * typed. Verbs see the world through {@link io.valiant.cli.Shell}, so that they can be tried on a cluster that is not there.
 */
package io.valiant.cli;
