package io.valiant.graph;

/** A vertex program whose values and messages are ints. Needs a constructor without arguments. */
public abstract non-sealed class IntVertexProgram extends PrimitiveVertexProgram {
    /** The value of a vertex before superstep 0; 0 unless overridden. May not send, aggregate or halt. */
    public int initialValue(VertexContext v) {
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
    public abstract int compute(VertexContext v, int message);

    /**
     * What a message becomes on its way along an edge; the message itself unless overridden. Called for every edge that a
     * message goes along, in any order and as often as it pleases the engine, so it must follow from its arguments alone.
     *
     * @param message as sent
     * @param weight of the edge; 1 where the graph has no weights, see {@link GraphSettings#WEIGHTED}
     */
    public int alongEdge(int message, double weight) {
        return message;
    }
}
