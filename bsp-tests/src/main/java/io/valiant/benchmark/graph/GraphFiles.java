package io.valiant.benchmark.graph;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A generated graph on disk, vertices from 0.
 *
 * @param name such as {@code r20}
 * @param vertices how many
 * @param edges how many, directed
 * @param source where traversals start
 * @param vertexFile one id a line
 * @param edgeFile {@code from to} a line
 * @param weightedFile {@code from to weight} a line, weights 1 to 255
 */
public record GraphFiles(
        String name, int vertices, long edges, int source, Path vertexFile, Path edgeFile, Path weightedFile) {
    /** What the generator of the baselines has written in a folder for that scale, with a vertex file beside it. */
    public static GraphFiles of(Path folder, int scale) throws IOException {
        String name = "r" + scale;
        int vertices = 0;
        long edges = 0;
        int source = 0;
        for (String line : Files.readAllLines(folder.resolve(name + ".info"))) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "vertices" -> vertices = Integer.parseInt(words[1]);
                case "edges" -> edges = Long.parseLong(words[1]);
                case "source" -> source = Integer.parseInt(words[1]);
                default -> {}
            }
        }
        Path vertexFile = folder.resolve(name + ".v");
        if (!Files.exists(vertexFile)) {
            writeVertices(vertexFile, vertices);
        }
        return new GraphFiles(
                name, vertices, edges, source, vertexFile, folder.resolve(name + ".el"), folder.resolve(name + ".wel"));
    }

    /** What {@code bsp graph generate} has written in a folder, weighted; traversals start where most edges go out. */
    public static GraphFiles own(Path folder, int scale) throws IOException {
        Path edgeFile = folder.resolve("graph.e");
        Edges edges = Edges.read(edgeFile);
        return new GraphFiles(
                "own-r" + scale,
                1 << scale,
                edges.count(),
                edges.busiest(),
                folder.resolve("graph.v"),
                edgeFile,
                edgeFile);
    }

    /** Whether that scale is there, as a whole: the file with the counts is written last. */
    public static boolean exists(Path folder, int scale) {
        return Files.exists(folder.resolve("r" + scale + ".info"));
    }

    private static void writeVertices(Path file, int vertices) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(part, StandardCharsets.US_ASCII))) {
            for (int v = 0; v < vertices; v++) {
                out.println(v);
            }
            if (out.checkError()) {
                throw new IOException(part + " could not be written");
            }
        }
        Files.move(part, file);
    }
}
