/**
 * What may import what, and what a core may not touch. The rules are written here once and checked in every module by
 * its own {@code ArchitectureTest}; {@code ArchitectureRulesTest} plants a breach of each and sees it found.
 */
package io.valiant.architecture;
