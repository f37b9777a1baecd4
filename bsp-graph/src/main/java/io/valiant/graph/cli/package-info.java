/** The noun {@code graph} of the command line. */
package io.valiant.graph.cli;
