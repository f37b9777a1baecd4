package io.valiant.graph.io;

import io.valiant.bsp.BspException;
import io.valiant.io.BadRecordException;
import io.valiant.io.LineReader;
import io.valiant.protocol.InputSplit;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One parser's share of a graph's files, read into arrays: the ids of its vertex lines, the ids its edges name, the edges as
 * numbers of these. Filled by one thread, then handed over.
 */
public final class GraphInput {
    /** Opens splits, see {@link io.valiant.task.TaskContext#openLines}; called by several threads. */
    @FunctionalInterface
    public interface Opener {
        LineReader open(InputSplit split) throws BspException;
    }

    private final Opener opener;
    private final GraphFormat format;
    private final List<InputSplit> vertexSplits;
    private final List<InputSplit> edgeSplits;
    private final IdDictionary vertices;
    private final IdDictionary ends;
    private final EdgeStage edges;
    private final LineTokens tokens = new LineTokens();

    public GraphInput(Opener opener, GraphFormat format, List<InputSplit> vertexSplits, List<InputSplit> edgeSplits) {
        this.opener = opener;
        this.format = format;
        this.vertexSplits = List.copyOf(vertexSplits);
        this.edgeSplits = List.copyOf(edgeSplits);
        IdForm form = format.forced() == null ? IdForm.LONG : format.forced();
        this.vertices = new IdDictionary(form);
        this.ends = new IdDictionary(form);
        this.edges = new EdgeStage(format.weighted());
    }

    /** Ids of vertex lines. */
    public IdDictionary vertices() {
        return vertices;
    }

    /** Ids that edges name. */
    public IdDictionary ends() {
        return ends;
    }

    /** Edges as numbers of {@link #ends()}. */
    public EdgeStage edges() {
        return edges;
    }

    /** Reads everything; USER errors name file, line and text. */
    public GraphInput read() throws BspException {
        for (InputSplit split : vertexSplits) {
            try (LineReader lines = opener.open(split)) {
                readVertices(lines);
            }
        }
        for (InputSplit split : edgeSplits) {
            try (LineReader lines = opener.open(split)) {
                readEdges(lines);
            }
        }
        return this;
    }

    /** The next line, unless somebody wants this thread to end: files may be long. */
    private static boolean next(LineReader lines) throws BspException {
        if (Thread.currentThread().isInterrupted()) {
            throw new BspException(BspException.Kind.FENCED, "interrupted while reading " + lines.file());
        }
        return lines.next();
    }

    private void readVertices(LineReader lines) throws BspException {
        while (next(lines)) {
            int count = tokens.read(lines);
            if (count == 1) {
                vertices.add(lines.buffer(), accepted(lines, 0), tokens.end(0));
            } else if (count > 1) {
                throw BadRecordException.at(lines, "is not a vertex: one id a line");
            }
        }
    }

    private void readEdges(LineReader lines) throws BspException {
        int columns = format.weighted() ? 3 : 2;
        while (next(lines)) {
            int count = tokens.read(lines);
            if (count == 0) {
                continue;
            }
            if (count < columns || count > 3) {
                throw BadRecordException.at(
                        lines, format.weighted() ? "is not an edge: two ids and a weight" : "is not an edge: two ids");
            }
            byte[] bytes = lines.buffer();
            int from = ends.add(bytes, accepted(lines, 0), tokens.end(0));
            int to = ends.add(bytes, accepted(lines, 1), tokens.end(1));
            edges.add(from, to, format.weighted() ? weight(lines) : 0);
        }
    }

    /** The start of a token that is an id in the form that was asked for. */
    private int accepted(LineReader lines, int token) throws BspException {
        int start = tokens.start(token);
        if (format.forced() == IdForm.LONG && !IdText.isCanonicalLong(lines.buffer(), start, tokens.end(token))) {
            throw BadRecordException.at(lines, "has an id that is not a whole number, as ids of the form long are");
        }
        return start;
    }

    private double weight(LineReader lines) throws BspException {
        try {
            double weight = Decimals.parse(lines.buffer(), tokens.start(2), tokens.end(2));
            if (Double.isFinite(weight)) {
                return weight;
            }
        } catch (NumberFormatException e) {
            throw BadRecordException.at(lines, "has a weight that is not a number");
        }
        throw BadRecordException.at(lines, "has a weight that is not finite");
    }

    /**
     * Reads the edges again to say where the first one is of which {@code known} does not know an end, and returns the
     * error to throw.
     */
    public BspException unknownEnd(int[] known) throws BspException {
        for (InputSplit split : edgeSplits) {
            try (LineReader lines = opener.open(split)) {
                while (next(lines)) {
                    if (tokens.read(lines) >= 2) {
                        for (int token = 0; token < 2; token++) {
                            int id = ends.ids().find(lines.buffer(), tokens.start(token), tokens.end(token));
                            if (id < 0 || known[id] < 0) {
                                return unknownEnd(lines, token);
                            }
                        }
                    }
                }
            }
        }
        return BspException.user("the edge file changed while it was read");
    }

    private BspException unknownEnd(LineReader lines, int token) throws BspException {
        int start = tokens.start(token);
        String id = new String(lines.buffer(), start, tokens.end(token) - start, StandardCharsets.UTF_8);
        return BadRecordException.at(
                lines,
                "names vertex '" + id
                        + "', which the vertex file does not; add it there, or drop such edges with --lenient");
    }
}
