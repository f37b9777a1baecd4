package io.valiant.graph;

import io.valiant.bsp.Settings;

/** What is known of a job and its graph before superstep 0. */
public interface GraphFacts {
    /** The job's settings; those of graphs are named in {@link GraphSettings}. */
    Settings settings();

    /** Vertices of the whole graph. */
    long vertexCount();

    /** Edges of the whole graph; {@link GraphSetup} and {@link Vertex} say how they count. */
    long edgeCount();
}
