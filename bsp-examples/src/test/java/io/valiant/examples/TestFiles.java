package io.valiant.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Small inputs of examples, and what tests compute on them by themselves. */
final class TestFiles {
    private TestFiles() {}

    static String write(Path folder, String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines).toString();
    }

    /** An edge of a {@link Graph}; weights are whole numbers, so that their sums are exact. */
    record Edge(int from, int to, int weight) {}

    /** Vertices 0 to n - 1; no edge twice, in no direction, and none to itself. */
    record Graph(int n, List<Edge> edges) {
        static Graph random(int n, int edges, long seed) {
            Random random = new Random(seed);
            List<Edge> list = new ArrayList<>();
            SortedSet<Integer> seen = new TreeSet<>();
            while (list.size() < edges) {
                int from = random.nextInt(n);
                int to = random.nextInt(n);
                if (from != to && seen.add(Math.min(from, to) * n + Math.max(from, to))) {
                    list.add(new Edge(from, to, 1 + random.nextInt(9)));
                }
            }
            return new Graph(n, list);
        }

        String vertices(Path folder) throws IOException {
            List<String> lines = new ArrayList<>();
            for (int v = 0; v < n; v++) {
                lines.add(String.valueOf(v));
            }
            return write(folder, "g.v", lines);
        }

        String edges(Path folder) throws IOException {
            List<String> lines = new ArrayList<>();
            edges.forEach(edge -> lines.add(edge.from + " " + edge.to + " " + edge.weight));
            return write(folder, "g.e", lines);
        }

        /** The weights between vertices, both ways; 0 where there is no edge. */
        int[][] matrix() {
            int[][] matrix = new int[n][n];
            for (Edge edge : edges) {
                matrix[edge.from][edge.to] = edge.weight;
                matrix[edge.to][edge.from] = edge.weight;
            }
            return matrix;
        }
    }
}
