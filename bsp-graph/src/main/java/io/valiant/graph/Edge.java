package io.valiant.graph;

import org.apache.hadoop.io.Writable;

/**
 * An edge of the vertex that is computed now: a cursor that moves from edge to edge, see {@link Vertex#edges()}.
 *
 * @param <I> ids
 * @param <E> values of edges
 */
public interface Edge<I extends Writable, E extends Writable> {
    /** Where it leads; must not be changed. */
    I target();

    /**
     * {@link Vertex#number()} of the target; IllegalStateException if this task does not know it yet, as may be with edges
     * that were added by the program, until a superstep after something was sent along.
     */
    long targetNumber();

    /** The value. A change of the object does not change the edge: see {@link #setValue}. */
    E value();

    /** Sets the value; the object is copied. */
    void setValue(E value);
}
