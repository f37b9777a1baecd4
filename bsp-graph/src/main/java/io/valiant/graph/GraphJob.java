package io.valiant.graph;

import io.valiant.bsp.BspJob;

/**
 * A job that runs a vertex program on a graph given as files: one id a line, and {@code from to [weight]} a line; or a vertex
 * and its neighbours a line.
 */
public final class GraphJob extends BspJob {
    private GraphJob(Class<?> program) {
        super(program);
        type(GraphSettings.JOB_TYPE);
    }

    private GraphJob(String program) {
        super(program);
        type(GraphSettings.JOB_TYPE);
    }

    /** A job of a vertex program; its jar is the one the class was loaded from. */
    public static GraphJob of(Class<?> program) {
        return new GraphJob(program);
    }

    /** A job of a class by name, in jars added with {@link #jar}. Nothing is loaded here. */
    public static GraphJob ofClassName(String program) {
        return new GraphJob(program);
    }

    /** Where the vertices are: file, folder of part files, .gz. */
    public GraphJob vertices(String path) {
        input(GraphSettings.VERTICES, path);
        return this;
    }

    /** Where the edges are: file, folder of part files, .gz. */
    public GraphJob edges(String path) {
        input(GraphSettings.EDGES, path);
        return this;
    }

    /**
     * Where vertices and edges are as {@code id<TAB>n1 n2 …}, a vertex and those it has edges to a line, weighted
     * {@code id<TAB>n1 w1 n2 w2 …}: file, folder of part files, .gz. Instead of the two others.
     */
    public GraphJob adjacency(String path) {
        input(GraphSettings.ADJACENCY, path);
        return this;
    }

    /**
     * A binary graph, as {@code bsp graph convert} makes it: one file that every groom sees under the same local path. Instead
     * of all others.
     */
    public GraphJob binary(String path) {
        input(GraphSettings.BINARY, path);
        return this;
    }

    /** {@code a b} is an edge from a to b only; so it is unless told. */
    public GraphJob directed() {
        return set(GraphSettings.DIRECTED, true);
    }

    /** {@code a b} is an edge both ways. */
    public GraphJob undirected() {
        return set(GraphSettings.DIRECTED, false);
    }

    /** The third column of edges is a weight. */
    public GraphJob weighted() {
        return set(GraphSettings.WEIGHTED, true);
    }

    /** Edges to vertices that the vertex file does not name are dropped. */
    public GraphJob lenient() {
        return set(GraphSettings.LENIENT, true);
    }

    /** The form of ids, {@code long} or {@code text}, where it is not to be found by looking. */
    public GraphJob ids(String form) {
        return set(GraphSettings.IDS, form);
    }

    /** How many rounds of messages. */
    public GraphJob iterations(long count) {
        return set(GraphSettings.ITERATIONS, count);
    }

    /** The vertex that a traversal starts at. */
    public GraphJob source(String id) {
        return set(GraphSettings.SOURCE, id);
    }

    @Override
    public GraphJob set(String key, Object value) {
        super.set(key, value);
        return this;
    }

    @Override
    public GraphJob name(String value) {
        super.name(value);
        return this;
    }

    @Override
    public GraphJob tasks(int value) {
        super.tasks(value);
        return this;
    }

    @Override
    public GraphJob output(String path) {
        super.output(path);
        return this;
    }

    @Override
    public GraphJob overwrite() {
        super.overwrite();
        return this;
    }

    @Override
    public GraphJob local() {
        super.local();
        return this;
    }
}
