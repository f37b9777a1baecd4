package io.valiant.graph;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Output;
import org.apache.hadoop.io.Writable;

/**
 * Makes lines of output, any number for a vertex. Called for every vertex when the program has ended.
 *
 * @param <I> ids
 * @param <V> values of vertices
 * @param <E> values of edges
 * @param <M> messages
 */
@FunctionalInterface
public interface VertexWriter<I extends Writable, V extends Writable, E extends Writable, M extends Writable> {
    /** May read the vertex, not send, change or halt. */
    void write(Vertex<I, V, E, M> v, Output out) throws BspException;
}
