package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bundled graph: flights between the airports of the United States in 2008, with PageRank as it must come out. */
final class Airports {
    private static final String FOLDER = "/io/valiant/examples/us-airports/";

    /** Iterations of the PageRank that is bundled. */
    static final long ITERATIONS = 30;

    /** Sums of doubles differ in their last digits with the number of tasks. */
    private static final double EPSILON = 1e-9;

    private Airports() {}

    /** Writes the vertex file; returns its path. */
    static Path vertices(Path folder) throws BspException {
        return copy("us-airports.v", folder);
    }

    /** Writes the edge file; returns its path. */
    static Path edges(Path folder) throws BspException {
        return copy("us-airports.e", folder);
    }

    private static Path copy(String name, Path folder) throws BspException {
        Path to = folder.resolve(name);
        try (InputStream in = open(name)) {
            Files.createDirectories(folder);
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
            return to;
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "cannot write " + to + ": " + e, e);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = Airports.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IOException("the program lacks its file " + FOLDER + name);
        }
        return in;
    }

    private static List<String> lines(String name) throws BspException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
            return new ArrayList<>(reader.lines().toList());
        } catch (IOException e) {
            throw new BspException(BspException.Kind.FATAL, e.getMessage(), e);
        }
    }

    /** {@code Hartsfield-Jackson Atlanta International, Atlanta GA} and such, by id. */
    static SortedMap<String, String> names() throws BspException {
        SortedMap<String, String> names = new TreeMap<>();
        for (String line : lines("us-airports-names.tsv")) {
            String[] columns = line.split("\t", -1);
            if (columns.length >= 4) {
                names.put(columns[0], columns[1] + ", " + columns[2] + " " + columns[3]);
            }
        }
        return names;
    }

    /** What is wrong with ranks by id, in one line; null where they are as they must be. */
    static String problem(SortedMap<String, Double> ranks) throws BspException {
        SortedMap<String, Double> expected = new TreeMap<>();
        lines("us-airports-PR-30").forEach(line -> addRank(line, expected));
        if (!ranks.keySet().equals(expected.keySet())) {
            return "the result has " + ranks.size() + " vertices, not the " + expected.size() + " of the graph";
        }
        for (String id : expected.keySet()) {
            double must = expected.get(id);
            double is = ranks.get(id);
            if (!(Math.abs(must - is) <= EPSILON * Math.abs(must))) {
                return "the rank of " + id + " is " + is + ", not " + must;
            }
        }
        return null;
    }

    /** Reads a line {@code id rank}. */
    static void addRank(String line, SortedMap<String, Double> into) {
        int blank = line.indexOf(' ');
        into.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
    }
}
