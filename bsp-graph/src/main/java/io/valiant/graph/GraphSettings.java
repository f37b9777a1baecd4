package io.valiant.graph;

/** The settings that graph jobs know. Values are as in {@link io.valiant.bsp.BspJob#set}. */
public final class GraphSettings {
    /** The {@link io.valiant.bsp.BspJob#type()} of graph jobs. */
    public static final String JOB_TYPE = "graph";

    /** The name of the input with one vertex id a line. */
    public static final String VERTICES = "vertices";

    /** The name of the input with one edge a line. */
    public static final String EDGES = "edges";

    /** The name of the input with a vertex and its neighbours a line; instead of the two others. */
    public static final String ADJACENCY = "adjacency";

    /** The name of the input with a binary graph, see {@code bsp graph convert}; instead of all others. */
    public static final String BINARY = "binary";

    /** The name of the only input of a job that names none; for graphs the same as {@link #ADJACENCY}. */
    public static final String INPUT = "input";

    /** Whether {@code a b} is an edge from a to b only; true unless told. */
    public static final String DIRECTED = "graph.directed";

    /** Whether the third column of edges is a weight; without it a third column is passed over. */
    public static final String WEIGHTED = "graph.weighted";

    /** The form of ids: {@code long} or {@code text}; found by looking unless told. */
    public static final String IDS = "graph.ids";

    /** Whether edges are dropped whose end is not in the vertex file; otherwise they are errors. */
    public static final String LENIENT = "graph.lenient";

    /** How many rounds of messages at most; algorithms have their own default. */
    public static final String ITERATIONS = "graph.iterations";

    /** PageRank's damping factor. */
    public static final String DAMPING = "graph.damping";

    /** The id of the vertex that a traversal starts at. */
    public static final String SOURCE = "graph.source";

    private GraphSettings() {}
}
