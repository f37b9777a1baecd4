package io.valiant.graph;

import org.apache.hadoop.io.Writable;

/**
 * Where a {@link VertexReader} puts what it reads; objects are copied. Every vertex must be named by {@link #vertex}, once or
 * more often, by any task; an edge whose end is not is an error, or is dropped with {@value GraphSettings#LENIENT}.
 *
 * @param <I> ids
 * @param <V> values of vertices
 * @param <E> values of edges
 */
public interface GraphSink<I extends Writable, V extends Writable, E extends Writable> {
    /** A vertex; its value is as its constructor makes it unless told by the other form. */
    void vertex(I id);

    /** A vertex with its value, which must be told only once. */
    void vertex(I id, V value);

    /** An edge; both ways where {@value GraphSettings#DIRECTED} is false or the program is {@link BothDirections}. */
    void edge(I source, I target, E value);
}
