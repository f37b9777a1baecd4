package io.valiant.graph;

import io.valiant.bsp.BspException;

/**
 * What vertex programs of primitives have in common: value and message are of one primitive type, and the messages to one
 * vertex are combined as {@link Combine} says. Each task has one instance, used by one thread, for all its vertices.
 */
public abstract sealed class PrimitiveVertexProgram permits DoubleVertexProgram, LongVertexProgram, IntVertexProgram {
    /** Called once, when the graph is loaded, before the first vertex is initialised. */
    public void setup(GraphSetup graph) throws BspException {}
}
