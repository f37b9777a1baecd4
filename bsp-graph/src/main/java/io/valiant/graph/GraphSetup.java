package io.valiant.graph;

import io.valiant.bsp.BspException;

/** What a vertex program may ask before superstep 0. The graph is loaded by then. */
public interface GraphSetup extends GraphFacts {
    /** Edges of the whole graph as its files list them: an undirected edge is one. */
    @Override
    long edgeCount();

    /**
     * A vertex by its id. Every task must ask for the same; the job fails before superstep 0 with one clear line if no
     * task has it.
     *
     * @throws BspException USER if {@code id} is null or cannot be an id of this graph
     */
    VertexReference vertex(String id) throws BspException;
}
