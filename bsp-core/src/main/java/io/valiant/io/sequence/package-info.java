/**
 * Hadoop's sequence files, version 6, read and written without Hadoop's own classes: those load what the file's header
 * names and allocate what its lengths say. Start at {@link io.valiant.io.sequence.SequenceReader}.
 */
package io.valiant.io.sequence;
