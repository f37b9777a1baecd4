package io.valiant.graph.general;

import io.valiant.bsp.Combiner;
import io.valiant.graph.VertexReader;
import org.apache.hadoop.io.Writable;

/**
 * What a run takes of the program or, where it has none, of the job.
 *
 * @param reader of lines
 * @param combiner of messages, or null
 */
record Parts<I extends Writable, V extends Writable, E extends Writable, M extends Writable>(
        VertexReader<I, V, E> reader, Combiner<M> combiner) {}
