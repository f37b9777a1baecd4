package io.valiant.graph.io;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Makes a graph of a known shape: the same parameters give the same bytes anywhere. Ids are 0 to 2^scale - 1, every vertex is
 * in the vertex file, there are no self-loops and no repeated edges, edges are in ascending order.
 *
 * <p>Recursive matrices are drawn from a hash of (seed, number of the draw, bit), ids permuted. Draws that repeat an edge or
 * make a loop count, so there are somewhat fewer edges than 2^scale times the edge factor. Edges are sorted in memory in
 * as many passes as keep it under some 300 MB.
 *
 * @param shape what to make
 * @param scale logarithm of the number of vertices, 1 to 30
 * @param edgeFactor draws for each vertex; only for {@link GraphShape#RMAT}
 * @param seed of the draws and the weights
 * @param undirected whether an edge leads both ways: then it is listed once, smaller id first
 * @param weighted whether edges have a weight, a whole number from 1 to 255, the same in both directions
 */
public record GraphGenerator(
        GraphShape shape, int scale, int edgeFactor, long seed, boolean undirected, boolean weighted) {
    /** Names of the two files. */
    public static final String VERTEX_FILE = "graph.v";

    public static final String EDGE_FILE = "graph.e";

    private static final int MAX_SCALE = 30;
    private static final int MAX_EDGE_FACTOR = 1 << 16;

    /** How many vertices and edges were written. */
    public record Written(long vertices, long edges) {}

    public GraphGenerator {
        Objects.requireNonNull(shape, "shape");
        if (scale < 1 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("scale " + scale + " is not from 1 to " + MAX_SCALE);
        }
        if (edgeFactor < 1 || edgeFactor > MAX_EDGE_FACTOR) {
            throw new IllegalArgumentException("edge factor " + edgeFactor + " is not from 1 to " + MAX_EDGE_FACTOR);
        }
    }

    /** Writes {@value #VERTEX_FILE} and {@value #EDGE_FILE} into a folder, made if need be; USER error if one exists. */
    public Written write(Path folder) throws BspException {
        Path vertices = folder.resolve(VERTEX_FILE);
        Path edges = folder.resolve(EDGE_FILE);
        for (Path file : new Path[] {vertices, edges}) {
            if (Files.exists(file)) {
                throw BspException.user("%s exists already; choose another folder or remove it", file);
            }
        }
        try {
            Files.createDirectories(folder);
            int count = 1 << scale;
            try (NumberLines lines = new NumberLines(vertices)) {
                for (int v = 0; v < count; v++) {
                    lines.add(v).end();
                }
            }
            try (NumberLines lines = new NumberLines(edges)) {
                return new Written(count, writeEdges(new EdgeLines(lines), count));
            }
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "the graph cannot be written to " + folder + ": " + e, e);
        }
    }

    private long writeEdges(EdgeLines lines, int count) throws IOException {
        switch (shape) {
            case RMAT -> new RecursiveMatrix(scale, edgeFactor, seed, undirected).forEach(lines);
            case GRID -> grid(lines, count, 1 << (scale - scale / 2));
            case PATH -> {
                for (int v = 0; v + 1 < count; v++) {
                    lines.edge(v, v + 1);
                }
            }
            case STAR -> {
                for (int v = 1; v < count; v++) {
                    lines.edge(0, v);
                }
            }
        }
        return lines.written;
    }

    private static void grid(EdgeLines lines, int count, int width) throws IOException {
        for (int v = 0; v < count; v++) {
            if ((v + 1) % width != 0) {
                lines.edge(v, v + 1);
            }
            if (v + width < count) {
                lines.edge(v, v + width);
            }
        }
    }

    /** Writes edges as lines. */
    private final class EdgeLines implements RecursiveMatrix.Edges {
        private final NumberLines lines;
        private long written;

        EdgeLines(NumberLines lines) {
            this.lines = lines;
        }

        @Override
        public void edge(int from, int to) throws IOException {
            lines.add(from).add(to);
            if (weighted) {
                long both = (long) Math.min(from, to) << 32 | Math.max(from, to);
                lines.add(1 + (int) ((IdText.mix(both ^ IdText.mix(seed)) >>> 33) % 255));
            }
            lines.end();
            written++;
        }
    }
}
