package io.valiant.graph;

/**
 * The vertex that a program computes now: a cursor that moves from vertex to vertex, not an object for each, so it must not
 * be kept. Used by the thread that calls the program only.
 */
public interface VertexContext {
    /** The superstep now computing, from 0. */
    long superstep();

    /** Vertices of the whole graph. */
    long vertexCount();

    /** Edges of the whole graph as its files list them: an undirected edge is one. */
    long edgeCount();

    /** The id as text; makes a String, so not for every vertex in every superstep. */
    String id();

    /** The id as a number; IllegalStateException if this graph's ids are text. */
    long longId();

    /** Whether this is that vertex; costs one comparison of ints. */
    boolean is(VertexReference vertex);

    /**
     * A number for the vertex that compares as ids do: the id itself where ids are numbers, else its place in the order of
     * all ids. Only for programs with {@link ValuesAreLabels}; IllegalStateException elsewhere.
     */
    long label();

    /** How many neighbours {@link #sendToNeighbours} reaches. */
    int outDegree();

    /** Whether any message came; if not, the program is given what no message at all combines to. */
    boolean hasMessage();

    /** The value after the superstep before (or as it was initialised), as a double. */
    double doubleValue();

    /** The value after the superstep before (or as it was initialised), as a long; not for programs of doubles. */
    long longValue();

    /** The value after the superstep before (or as it was initialised), as an int; only for programs of ints. */
    int intValue();

    /** Sends a message to every neighbour; only for programs of doubles. */
    void sendToNeighbours(double message);

    /** Sends a message to every neighbour; for programs of ints it must be in their range. */
    void sendToNeighbours(long message);

    /** Gives a value to an aggregator. */
    void aggregate(DoubleAggregator aggregator, double value);

    /** Gives a value to an aggregator. */
    void aggregate(LongAggregator aggregator, long value);

    /** What the aggregator had at the end of the superstep before. */
    double aggregated(DoubleAggregator aggregator);

    /** What the aggregator had at the end of the superstep before. */
    long aggregated(LongAggregator aggregator);

    /** The vertex is not computed again until a message comes. */
    void voteToHalt();

    /** The job ends with this superstep: no message of it is delivered. */
    void haltAll();
}
