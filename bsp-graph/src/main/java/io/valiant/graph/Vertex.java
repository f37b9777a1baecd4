package io.valiant.graph;

import java.util.function.Predicate;
import org.apache.hadoop.io.Writable;

/**
 * The vertex that a {@link VertexProgram} computes now: a cursor that moves from vertex to vertex, so neither it nor the
 * objects it gives may be kept. Used by the program's thread only. Misuse (null, a Writable of another class, a call at the
 * wrong time) is an IllegalArgumentException or IllegalStateException at once.
 *
 * @param <I> ids
 * @param <V> values of vertices
 * @param <E> values of edges
 * @param <M> messages
 */
public interface Vertex<I extends Writable, V extends Writable, E extends Writable, M extends Writable> {
    /** The superstep now computing, from 0. */
    long superstep();

    /** What {@link MasterContext#phase(int)} has set last; 0 before. */
    int phase();

    /** Vertices of the whole graph, as they were when the superstep before ended: without what was asked for in it. */
    long vertexCount();

    /** Edges of all vertices of the whole graph, likewise; one that leads both ways is two. */
    long edgeCount();

    /** The id; must not be changed. */
    I id();

    /**
     * A number for this vertex that no other has: the same as long as the job runs, not the same with another number of tasks.
     * Costs nothing; {@link #sendTo} takes it.
     */
    long number();

    /** The value. What is changed in the object is changed in the vertex. */
    V value();

    /** Sets the value; the object is copied. */
    void setValue(V value);

    /** How many edges it has. */
    int outDegree();

    /** Its edges in the order in which they came; one object that moves from edge to edge. Not to be nested. */
    Iterable<Edge<I, E>> edges();

    /** The value of the first edge to that vertex, or null; must not be changed. */
    E edgeValue(I target);

    /** Sets the value of the first edge to that vertex; false if there is none. */
    boolean setEdgeValue(I target, E value);

    /** Adds an edge to this vertex, at once. There may be several to the same target; the target need not exist. */
    void addEdge(I target, E value);

    /** Removes all edges to that vertex from this one, at once; how many there were. */
    int removeEdges(I target);

    /** Sends a message to a vertex; the object may be used again at once. */
    void send(I target, M message);

    /** As {@link #send(Writable, Writable)} to an edge's target, without looking for it. */
    void send(Edge<I, E> edge, M message);

    /** Sends to the vertex of that {@link #number()}. */
    void sendTo(long number, M message);

    /** Sends one message along every edge; it goes to each task once, however many targets are there. */
    void sendToNeighbours(M message);

    /** Sends one message along every edge that passes. */
    void sendToNeighbours(M message, Predicate<Edge<I, E>> along);

    /** Asks for a vertex, to be there in the next superstep; see {@link VertexResolver}. */
    void addVertex(I id, V value);

    /** Asks for the end of a vertex with its edges, before the next superstep. Edges that lead to it stay. */
    void removeVertex(I id);

    /** Asks for an edge of any vertex, to be there in the next superstep. */
    void addEdge(I source, I target, E value);

    /** Asks for the end of all edges from one vertex to another, before the next superstep. */
    void removeEdges(I source, I target);

    /** Gives a value to an aggregator. */
    void aggregate(DoubleAggregator aggregator, double value);

    /** Gives a value to an aggregator. */
    void aggregate(LongAggregator aggregator, long value);

    /** Gives a value to an aggregator; the object is not kept. */
    <A extends Writable> void aggregate(ValueAggregator<A> aggregator, A value);

    /** What the aggregator had at the end of the superstep before, or the master has set since. */
    double aggregated(DoubleAggregator aggregator);

    /** What the aggregator had at the end of the superstep before, or the master has set since. */
    long aggregated(LongAggregator aggregator);

    /** What the aggregator had at the end of the superstep before, or the master has set since; must not be changed. */
    <A extends Writable> A aggregated(ValueAggregator<A> aggregator);

    /** The vertex is not computed again until a message comes. */
    void voteToHalt();

    /** The run ends with this superstep: no message of it is delivered, what was asked of the graph is done. */
    void haltAll();
}
