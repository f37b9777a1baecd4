package io.valiant.graph;

/** A vertex program whose values and messages are longs. Needs a constructor without arguments. */
public abstract non-sealed class LongVertexProgram extends PrimitiveVertexProgram {
    /** The value of a vertex before superstep 0; 0 unless overridden. May not send, aggregate or halt. */
    public long initialValue(VertexContext v) {
        return 0;
    }

    /**
     * One superstep of one vertex. All vertices are computed in superstep 0, later those that have not voted to halt or
     * have got a message.
     *
     * @param v the vertex
     * @param message the messages of the superstep before, combined; see {@link VertexContext#hasMessage}
     * @return the new value
     */
    public abstract long compute(VertexContext v, long message);
}
