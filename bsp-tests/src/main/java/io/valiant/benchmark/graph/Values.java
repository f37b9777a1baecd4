package io.valiant.benchmark.graph;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Results as an engine wrote them, {@code id value} a line; {@code NaN} stands for an id that has none. */
public final class Values {
    /** What stands for a vertex that cannot be reached where values are whole numbers. */
    private static final String UNREACHED = String.valueOf(Long.MAX_VALUE);

    private final double[] values;

    private Values(double[] values) {
        this.values = values;
    }

    /** Reads all part files of a folder, or one file; fails if a vertex comes twice or is none of 0 to {@code ids - 1}. */
    public static Values read(Path path, int ids) throws IOException {
        double[] values = new double[ids];
        Arrays.fill(values, Double.NaN);
        for (Path part : parts(path)) {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(Edges.open(part), StandardCharsets.US_ASCII))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    put(values, line, part);
                }
            }
        }
        return new Values(values);
    }

    private static List<Path> parts(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("_")
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static void put(double[] values, String line, Path part) throws IOException {
        int blank = Math.max(line.indexOf(' '), line.indexOf('\t'));
        try {
            int id = Integer.parseInt(line.substring(0, blank));
            if (!Double.isNaN(values[id])) {
                throw new IOException(part + ": vertex " + id + " comes twice");
            }
            values[id] = value(line.substring(blank + 1).strip());
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException(part + ": '" + line + "' is no vertex of this graph with its value", e);
        }
    }

    private static double value(String text) {
        return text.equals(UNREACHED) || text.toLowerCase(Locale.ROOT).startsWith("inf")
                ? Double.POSITIVE_INFINITY
                : Double.parseDouble(text);
    }

    /** By id; not to be changed. */
    public double[] all() {
        return values;
    }

    /** The first vertex whose value is another, or is missing on one side, as one line; null if there is none. */
    public static String difference(double[] expected, double[] found) {
        for (int v = 0; v < Math.max(expected.length, found.length); v++) {
            double wanted = v < expected.length ? expected[v] : Double.NaN;
            double got = v < found.length ? found[v] : Double.NaN;
            if (Double.compare(wanted, got) != 0) {
                return "vertex " + v + " has " + got + ", not " + wanted;
            }
        }
        return null;
    }

    /** The greatest error relative to the expected value; infinite where one side has no value. */
    public static double greatestError(double[] expected, double[] found) {
        double greatest = 0;
        for (int v = 0; v < Math.max(expected.length, found.length); v++) {
            double wanted = v < expected.length ? expected[v] : Double.NaN;
            double got = v < found.length ? found[v] : Double.NaN;
            if (Double.compare(wanted, got) != 0) {
                double error = Math.abs(wanted - got) / Math.abs(wanted);
                greatest = Math.max(greatest, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
            }
        }
        return greatest;
    }

    /** How many different values there are, of vertices that have one. */
    public static long distinct(double[] values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .distinct()
                .count();
    }

    /** How many vertices have the value that most have. */
    public static long mostFrequent(double[] values) {
        TreeMap<Double, Long> counts = new TreeMap<>();
        for (double value : values) {
            counts.merge(value, 1L, Long::sum);
        }
        counts.remove(Double.NaN);
        return counts.values().stream().mapToLong(count -> count).max().orElse(0);
    }
}
