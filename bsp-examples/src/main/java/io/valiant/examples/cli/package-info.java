/** The noun {@code example} of the command line, and {@link io.valiant.examples.cli.Quickstart}. */
package io.valiant.examples.cli;
