package io.valiant.graph;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import org.apache.hadoop.io.Writable;

/**
 * A vertex program over any Writables: several messages for a vertex, values on edges, changes of the graph. Each task has
 * one instance, used by one thread, for all its vertices; needs a constructor without arguments.
 *
 * <p>All vertices are computed in superstep 0, later those that have not voted to halt or have got a message. The run ends
 * when none of these is left and nothing was asked for, when a vertex or the {@link MasterCompute} halts all, or after
 * {@value GraphSettings#ITERATIONS} supersteps of messages, if that is set.
 *
 * <p>Messages to a vertex come in the order of the tasks that sent them, then in that of sending. A job that goes on from a
 * checkpoint has the graph, values, messages and aggregators as they were, but new instances: what a program keeps in
 * fields of its own must follow from {@link #setup}.
 *
 * @param <I> ids; two ids are the same if they write the same bytes
 * @param <V> values of vertices
 * @param <E> values of edges
 * @param <M> messages
 */
public abstract class VertexProgram<I extends Writable, V extends Writable, E extends Writable, M extends Writable> {
    /** Called once in each task, when the graph is there, before any vertex. */
    public void setup(ProgramSetup graph) throws BspException {}

    /** Sets the value of a vertex before superstep 0; it is as read unless overridden. May not send, aggregate or halt. */
    public void initialise(Vertex<I, V, E, M> v) throws BspException {}

    /**
     * One superstep of one vertex.
     *
     * @param v a cursor that moves from vertex to vertex: must not be kept
     * @param messages those of the superstep before; gives the same object again and again, and may be gone through more
     *     than once
     */
    public abstract void compute(Vertex<I, V, E, M> v, Iterable<M> messages) throws BspException;

    /** Folds messages to the same vertex into one, or null; unless overridden the job's own, if it has one. */
    public Combiner<M> combiner() {
        return null;
    }

    /** What runs once between supersteps, or null. */
    public MasterCompute master() {
        return null;
    }

    /** Decides what becomes of vertices that were asked for. */
    public VertexResolver<I, V> resolver() {
        return new VertexResolver<>();
    }

    /**
     * Makes vertices and edges of the job's lines; null unless overridden: then inputs {@value GraphSettings#VERTICES} and
     * {@value GraphSettings#EDGES} are read by {@link EdgeListReader}, any other by {@link AdjacencyReader}.
     */
    public VertexReader<I, V, E> reader() {
        return null;
    }

    /** Makes lines of vertices when the program has ended: {@code id value}, a blank between, unless overridden. */
    public VertexWriter<I, V, E, M> writer() {
        return (v, out) -> out.writeLine(v.id() + " " + v.value());
    }
}
