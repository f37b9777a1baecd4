package io.valiant.graph;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.Writable;

/**
 * Makes vertices and edges of lines, any lines. Each task has one and gives it its share of the files of all inputs.
 *
 * @param <I> ids
 * @param <V> values of vertices
 * @param <E> values of edges
 */
public interface VertexReader<I extends Writable, V extends Writable, E extends Writable> {
    /** Called once, before the first line. */
    default void setup(ReaderSetup setup) throws BspException {}

    /** Makes of one line what is in it. */
    void read(InputLine line, GraphSink<I, V, E> into) throws BspException;
}
