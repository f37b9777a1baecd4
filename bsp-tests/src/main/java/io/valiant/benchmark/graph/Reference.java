package io.valiant.benchmark.graph;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The answers of plain single-threaded algorithms, by vertex id: what the results of an engine are compared with. Written to
 * be read, not to be fast. Used by one thread.
 */
public final class Reference {
    private static final double DAMPING = 0.85;

    private final Edges edges;
    private final int vertices;

    /** Where edges go that leave v, and their weights: from {@code starts[v]} to before {@code starts[v + 1]}. */
    private final int[] starts;

    private final int[] targets;
    private final int[] weights;

    /** @param vertices how many, 0 to that; at least the edges' greatest id and one */
    public Reference(Edges edges, int vertices) {
        this.edges = edges;
        this.vertices = vertices;
        this.starts = new int[vertices + 1];
        for (int i = 0; i < edges.count(); i++) {
            starts[edges.from(i) + 1]++;
        }
        for (int v = 0; v < vertices; v++) {
            starts[v + 1] += starts[v];
        }
        this.targets = new int[edges.count()];
        this.weights = new int[edges.count()];
        int[] next = Arrays.copyOf(starts, vertices);
        for (int i = 0; i < edges.count(); i++) {
            int at = next[edges.from(i)]++;
            targets[at] = edges.to(i);
            weights[at] = edges.weight(i);
        }
    }

    private int degree(int vertex) {
        return starts[vertex + 1] - starts[vertex];
    }

    /** PageRank with a damping of 0.85; the mass of vertices without out-edges is spread over all, so that ranks sum to 1. */
    public double[] pageRank(int iterations) {
        double[] ranks = new double[vertices];
        Arrays.fill(ranks, 1.0 / vertices);
        for (int iteration = 0; iteration < iterations; iteration++) {
            double[] sums = new double[vertices];
            double sinks = 0;
            for (int v = 0; v < vertices; v++) {
                if (degree(v) == 0) {
                    sinks += ranks[v];
                }
                double share = ranks[v] / degree(v);
                for (int i = starts[v]; i < starts[v + 1]; i++) {
                    sums[targets[i]] += share;
                }
            }
            for (int v = 0; v < vertices; v++) {
                ranks[v] = (1 - DAMPING) / vertices + DAMPING * (sums[v] + sinks / vertices);
            }
        }
        return ranks;
    }

    /** How many edges away from the source; infinity where no path leads. */
    public double[] levels(int source) {
        double[] levels = new double[vertices];
        Arrays.fill(levels, Double.POSITIVE_INFINITY);
        int[] queue = new int[vertices];
        int end = 1;
        queue[0] = source;
        levels[source] = 0;
        for (int at = 0; at < end; at++) {
            int v = queue[at];
            for (int i = starts[v]; i < starts[v + 1]; i++) {
                int target = targets[i];
                if (Double.isInfinite(levels[target])) {
                    levels[target] = levels[v] + 1;
                    queue[end++] = target;
                }
            }
        }
        return levels;
    }

    /** A vertex to look at, nearest first. */
    private record Waiting(double distance, int vertex) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return Double.compare(distance, other.distance);
        }
    }

    /** The least sum of weights from the source; infinity where no path leads. */
    public double[] distances(int source) {
        double[] distances = new double[vertices];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        PriorityQueue<Waiting> queue = new PriorityQueue<>();
        distances[source] = 0;
        queue.add(new Waiting(0, source));
        while (!queue.isEmpty()) {
            Waiting nearest = queue.remove();
            int v = nearest.vertex();
            if (nearest.distance() > distances[v]) {
                continue;
            }
            for (int i = starts[v]; i < starts[v + 1]; i++) {
                int target = targets[i];
                double distance = nearest.distance() + weights[i];
                if (distance < distances[target]) {
                    distances[target] = distance;
                    queue.add(new Waiting(distance, target));
                }
            }
        }
        return distances;
    }

    /** The least id of the component, whichever way edges go. */
    public double[] components() {
        int[] roots = new int[vertices];
        Arrays.setAll(roots, v -> v);
        for (int i = 0; i < edges.count(); i++) {
            int a = root(roots, edges.from(i));
            int b = root(roots, edges.to(i));
            roots[Math.max(a, b)] = Math.min(a, b);
        }
        double[] labels = new double[vertices];
        Arrays.setAll(labels, v -> root(roots, v));
        return labels;
    }

    private static int root(int[] roots, int vertex) {
        int at = vertex;
        while (roots[at] != at) {
            roots[at] = roots[roots[at]];
            at = roots[at];
        }
        return at;
    }
}
