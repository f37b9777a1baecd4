package io.valiant.graph;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Settings;

/** What a vertex program may ask before superstep 0. The graph is loaded by then. */
public interface GraphSetup {
    /** The job's settings; those of graphs are named in {@link GraphSettings}. */
    Settings settings();

    /** Vertices of the whole graph. */
    long vertexCount();

    /** Edges of the whole graph as its files list them: an undirected edge is one. */
    long edgeCount();

    /**
     * A vertex by its id. Every task must ask for the same; the job fails before superstep 0 with one clear line if no
     * task has it.
     *
     * @throws BspException USER if {@code id} is null or cannot be an id of this graph
     */
    VertexReference vertex(String id) throws BspException;
}
