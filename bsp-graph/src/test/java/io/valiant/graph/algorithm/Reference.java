package io.valiant.graph.algorithm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A small graph and what the algorithms must say of it, computed in the plainest way. */
public final class Reference {
    public final List<String> ids = new ArrayList<>();
    final List<int[]> edges = new ArrayList<>();
    public final boolean directed;

    Reference(boolean directed) {
        this.directed = directed;
    }

    /** A graph by chance, with loops and repeated edges; ids ascend as ids compare. */
    public static Reference random(Random chance, boolean text) {
        Reference graph = new Reference(chance.nextBoolean());
        int vertices = 1 + chance.nextInt(60);
        long id = text ? 0 : -30 + chance.nextInt(10);
        for (int v = 0; v < vertices; v++) {
            id += 1 + chance.nextInt(5);
            graph.ids.add(
                    text && v >= vertices / 2 ? String.format("v%06d-%s", id, "ä".repeat((int) (id % 7))) : "" + id);
        }
        int hubs = 1 + chance.nextInt(vertices);
        int count = chance.nextInt(4 * vertices);
        for (int e = 0; e < count; e++) {
            graph.edges.add(
                    new int[] {chance.nextInt(chance.nextBoolean() ? hubs : vertices), chance.nextInt(vertices)});
        }
        return graph;
    }

    public String vertexText() {
        return String.join("\n", ids) + "\n";
    }

    public String edgeText() {
        StringBuilder text = new StringBuilder();
        for (int[] edge : edges) {
            text.append(ids.get(edge[0])).append(' ').append(ids.get(edge[1])).append('\n');
        }
        return text.toString();
    }

    /** The edges with a weight each, from 0 to 3. */
    public String weightedEdgeText() {
        StringBuilder text = new StringBuilder();
        for (int e = 0; e < edges.size(); e++) {
            text.append(ids.get(edges.get(e)[0])).append('\t').append(ids.get(edges.get(e)[1]));
            text.append(' ').append(weight(e)).append('\n');
        }
        return text.toString();
    }

    /** A vertex and its edges a line, each edge where it begins. */
    public String adjacencyText(boolean weighted) {
        StringBuilder text = new StringBuilder();
        for (int v = 0; v < ids.size(); v++) {
            text.append(ids.get(v)).append('\t');
            for (int e = 0; e < edges.size(); e++) {
                if (edges.get(e)[0] == v) {
                    text.append(ids.get(edges.get(e)[1])).append(' ');
                    text.append(weighted ? weight(e) + " " : "");
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static double weight(int edge) {
        return edge * 37 % 13 / 4.0;
    }

    private List<List<Integer>> neighbours(boolean bothWays) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int v = 0; v < ids.size(); v++) {
            lists.add(new ArrayList<>());
        }
        for (int[] edge : edges) {
            lists.get(edge[0]).add(edge[1]);
            if (bothWays && edge[0] != edge[1]) {
                lists.get(edge[1]).add(edge[0]);
            }
        }
        return lists;
    }

    double[] pageRank(int iterations, double damping) {
        List<List<Integer>> out = neighbours(!directed);
        int n = ids.size();
        double[] rank = new double[n];
        Arrays.fill(rank, 1.0 / n);
        for (int i = 0; i < iterations; i++) {
            double[] next = new double[n];
            double sinks = 0;
            for (int v = 0; v < n; v++) {
                for (int w : out.get(v)) {
                    next[w] += rank[v] / out.get(v).size();
                }
                sinks += out.get(v).isEmpty() ? rank[v] : 0;
            }
            for (int v = 0; v < n; v++) {
                next[v] = (1 - damping) / n + damping * (next[v] + sinks / n);
            }
            rank = next;
        }
        return rank;
    }

    long[] distances(int source) {
        List<List<Integer>> out = neighbours(!directed);
        long[] distance = new long[ids.size()];
        Arrays.fill(distance, Long.MAX_VALUE);
        distance[source] = 0;
        Deque<Integer> queue = new ArrayDeque<>(List.of(source));
        while (!queue.isEmpty()) {
            int v = queue.remove();
            for (int w : out.get(v)) {
                if (distance[w] == Long.MAX_VALUE) {
                    distance[w] = distance[v] + 1;
                    queue.add(w);
                }
            }
        }
        return distance;
    }

    /** The least sums of weights, by going over all edges until nothing changes. */
    double[] weightedDistances(int source) {
        double[] distance = new double[ids.size()];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        distance[source] = 0;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int e = 0; e < edges.size(); e++) {
                int a = edges.get(e)[0];
                int b = edges.get(e)[1];
                changed |= relax(distance, a, b, weight(e));
                changed |= !directed && relax(distance, b, a, weight(e));
            }
        }
        return distance;
    }

    private static boolean relax(double[] distance, int from, int to, double weight) {
        boolean less = distance[from] + weight < distance[to];
        distance[to] = Math.min(distance[to], distance[from] + weight);
        return less;
    }

    /** Labels after so many iterations, by vertex; every arc counts for both its ends. */
    int[] communities(int iterations) {
        List<List<Integer>> all = neighbours(true);
        int[] label = new int[ids.size()];
        for (int v = 0; v < label.length; v++) {
            label[v] = v;
        }
        for (int i = 0; i < iterations; i++) {
            int[] next = label.clone();
            for (int v = 0; v < label.length; v++) {
                int[] count = new int[label.length];
                for (int w : all.get(v)) {
                    count[label[w]]++;
                }
                int best = 0;
                for (int l = 0; l < count.length; l++) {
                    best = count[l] > count[best] ? l : best;
                }
                next[v] = all.get(v).isEmpty() ? label[v] : best;
            }
            label = next;
        }
        return label;
    }

    /** Clustering coefficients by looking at every pair of neighbours. Without loops and repeated edges. */
    double[] coefficients() {
        int n = ids.size();
        boolean[][] arc = new boolean[n][n];
        for (int[] edge : edges) {
            arc[edge[0]][edge[1]] = true;
            arc[edge[1]][edge[0]] |= !directed;
        }
        double[] coefficient = new double[n];
        for (int v = 0; v < n; v++) {
            long k = 0;
            long arcs = 0;
            for (int a = 0; a < n; a++) {
                if (a == v || !(arc[v][a] || arc[a][v])) {
                    continue;
                }
                k++;
                for (int b = 0; b < n; b++) {
                    arcs += b != v && b != a && (arc[v][b] || arc[b][v]) && arc[a][b] ? 1 : 0;
                }
            }
            coefficient[v] = k < 2 ? 0 : (double) arcs / (k * (k - 1));
        }
        return coefficient;
    }

    /** How many triangles each vertex is a corner of; directions, loops and repeated edges disregarded. */
    long[] triangles() {
        int n = ids.size();
        boolean[][] joined = new boolean[n][n];
        for (int[] edge : edges) {
            joined[edge[0]][edge[1]] = true;
            joined[edge[1]][edge[0]] = true;
        }
        long[] corners = new long[n];
        for (int a = 0; a < n; a++) {
            for (int b = a + 1; b < n; b++) {
                for (int c = b + 1; c < n; c++) {
                    if (joined[a][b] && joined[b][c] && joined[a][c]) {
                        corners[a]++;
                        corners[b]++;
                        corners[c]++;
                    }
                }
            }
        }
        return corners;
    }

    /** The same without loops and, each direction for itself if directed, without repeated edges. */
    Reference simple() {
        Reference other = new Reference(directed);
        other.ids.addAll(ids);
        Set<String> seen = new TreeSet<>();
        for (int[] edge : edges) {
            boolean swap = !directed && edge[0] > edge[1];
            String key = swap ? edge[1] + " " + edge[0] : edge[0] + " " + edge[1];
            if (edge[0] != edge[1] && seen.add(key)) {
                other.edges.add(edge);
            }
        }
        return other;
    }

    /** The smallest vertex of each vertex's component. */
    int[] components() {
        List<List<Integer>> all = neighbours(true);
        int[] component = new int[ids.size()];
        Arrays.fill(component, -1);
        for (int start = 0; start < component.length; start++) {
            Deque<Integer> stack = new ArrayDeque<>(List.of(start));
            while (!stack.isEmpty()) {
                int v = stack.pop();
                if (component[v] < 0) {
                    component[v] = start;
                    stack.addAll(all.get(v));
                }
            }
        }
        return component;
    }
}
