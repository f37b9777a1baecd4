package io.valiant.graph;

/**
 * A vertex program whose values and messages are longs, and which is given every message instead of a combination: one from
 * each edge whose source has sent. Needs a constructor without arguments.
 */
public abstract non-sealed class LongMessagesProgram extends PrimitiveVertexProgram {
    /** The value of a vertex before superstep 0; 0 unless overridden. May not send, aggregate or halt. */
    public long initialValue(VertexContext v) {
        return 0;
    }

    /**
     * One superstep of one vertex. All vertices are computed in superstep 0, later those that have not voted to halt or
     * have got a message. A vertex may send once in a superstep.
     *
     * @param v the vertex
     * @param messages the messages of the superstep before, in the order of the tasks that sent them, then of the vertices
     *     there; may be changed, must not be kept
     * @param count how many there are: {@code messages[0 .. count)}
     * @return the new value
     */
    public abstract long compute(VertexContext v, long[] messages, int count);
}
