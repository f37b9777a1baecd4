package io.valiant.benchmark.graph;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The edges of a text file, in its order; ids from 0 to below 2^31. Not changed once read. */
public final class Edges {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int FIRST_ROOM = 1 << 16;

    private int[] from = new int[FIRST_ROOM];
    private int[] to = new int[FIRST_ROOM];
    private int[] weights = new int[FIRST_ROOM];
    private int count;
    private int vertices;

    // where parsing is
    private final int[] fields = new int[3];
    private int field = -1;
    private boolean inNumber;
    private boolean inFraction;

    private Edges() {}

    /** Reads {@code from to [weight]} a line, also gzipped; of a weight the whole part counts; it is 1 where there is none. */
    public static Edges read(Path file) throws IOException {
        Edges edges = new Edges();
        try (InputStream in = open(file)) {
            edges.parse(in);
        }
        return edges;
    }

    /** A file as it is, or unpacked if its name ends in {@code .gz}. */
    static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    }

    private void parse(InputStream in) throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
            for (int i = 0; i < length; i++) {
                parse(bytes[i]);
            }
        }
        endLine();
    }

    private void parse(byte b) {
        if (b >= '0' && b <= '9') {
            if (!inNumber) {
                inNumber = true;
                fields[++field] = 0;
            }
            if (!inFraction) {
                fields[field] = fields[field] * 10 + b - '0';
            }
        } else if (b == '.') {
            inFraction = true;
        } else {
            inNumber = false;
            inFraction = false;
            if (b == '\n') {
                endLine();
            }
        }
    }

    private void endLine() {
        if (field > 0) {
            add(fields[0], fields[1], field == 2 ? fields[2] : 1);
        }
        field = -1;
    }

    private void add(int source, int target, int weight) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
            weights = Arrays.copyOf(weights, 2 * count);
        }
        from[count] = source;
        to[count] = target;
        weights[count] = weight;
        count++;
        vertices = Math.max(vertices, Math.max(source, target) + 1);
    }

    /** Writes each edge both ways, for readers that know only directed ones. */
    public void writeBothWays(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < count; i++) {
                text.append(from[i]).append(' ').append(to[i]).append('\n');
                text.append(to[i]).append(' ').append(from[i]).append('\n');
                if (text.length() > BUFFER_BYTES || i == count - 1) {
                    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
                    text.setLength(0);
                }
            }
        }
    }

    /** The vertex that most edges go out of; of several the one with the least id. */
    int busiest() {
        int[] degrees = new int[vertices];
        for (int i = 0; i < count; i++) {
            degrees[from[i]]++;
        }
        int busiest = 0;
        for (int v = 1; v < vertices; v++) {
            busiest = degrees[v] > degrees[busiest] ? v : busiest;
        }
        return busiest;
    }

    int count() {
        return count;
    }

    /** One more than the greatest id. */
    int vertices() {
        return vertices;
    }

    int from(int edge) {
        return from[edge];
    }

    int to(int edge) {
        return to[edge];
    }

    int weight(int edge) {
        return weights[edge];
    }
}
