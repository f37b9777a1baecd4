package io.valiant.graph;

import org.apache.hadoop.io.Writable;

/**
 * What was asked of one vertex in a superstep, and what is done. Removals of edges are done before, added edges follow if the
 * vertex then exists. A cursor, not to be kept.
 *
 * @param <I> ids
 * @param <V> values of vertices
 */
public interface VertexChanges<I extends Writable, V extends Writable> {
    I id();

    /** Whether the vertex exists now. */
    boolean exists();

    /** The value of the vertex that exists, else null. */
    V value();

    /** Whether its end was asked for. */
    boolean isRemovalWanted();

    /** How often it was asked for. */
    int additionCount();

    /** The values it was asked for with, in the order of the tasks that asked, then of asking; one object again and again. */
    Iterable<V> additions();

    /** Whether edges were added to it by others. */
    boolean hasAddedEdges();

    /** Whether it has got messages. */
    boolean hasMessages();

    /** Ends the vertex with its edges. */
    void remove();

    /** Makes the vertex, without edges, or changes the value of the one that exists; the object is copied. */
    void set(V value);

    /** As {@link #set} with a value as its constructor makes it. */
    void create();
}
