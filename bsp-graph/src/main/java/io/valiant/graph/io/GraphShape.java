package io.valiant.graph.io;

/** The shapes of graph that {@link GraphGenerator} makes. All have 2^scale vertices. */
public enum GraphShape {
    /** A recursive matrix with the parameters of Graph500: a few vertices have most edges, many have none. */
    RMAT,
    /** A rectangle, or square, in which each vertex leads to its right and its lower neighbour. */
    GRID,
    /** Each vertex leads to the next. */
    PATH,
    /** Vertex 0 leads to all others. */
    STAR
}
