package io.valiant.graph;

import io.valiant.bsp.BspException;

/**
 * What vertex programs of primitives have in common: value and message are of one primitive type, and the messages to one
 * vertex are combined as {@link Combine} says, unless it is a {@link LongMessagesProgram}. Each task has an instance for each
 * of its threads ({@code bsp.task.threads}, 1 unless set), used by that one for whichever
 * vertices fall to it; all are set up, and initial values are asked of the first. So what it keeps in static fields is shared by threads.
 *
 * <p>A job that goes on from a checkpoint has values, messages and aggregators as they were, but new instances: what a
 * program keeps in fields of its own must follow from {@link #setup}.
 */
public abstract sealed class PrimitiveVertexProgram
        permits DoubleVertexProgram, LongVertexProgram, IntVertexProgram, LongMessagesProgram {
    /** Called once, when the graph is there, before the first vertex is initialised or, from a checkpoint, computed. */
    public void setup(GraphSetup graph) throws BspException {}
}
