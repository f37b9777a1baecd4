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

    /** A line with an edge is that long at least, nearly always: for each id there may be no more than a few edges then. */
    private static final int BYTES_FOR_ID = 8;

    private static final int LEAST_OWN_LIMIT = 1 << 16;
    private static final int MOST_OWN_LIMIT = 1 << 30;
    /** What is packed in all files that are compressed, for want of better. */
    private static final long UNPACKED_BYTES = 128 << 20;

    /** In a binary graph ids are their own numbers if there are no more numbers for each. */
    private static final long NUMBERS_FOR_ID = 4;

    /** Nor more for each vertex and edge that a task takes of it. */
    private static final long NUMBERS_FOR_SHARE = 8;

    /** Edges of a binary graph that are looked at together. */
    private static final int BATCH = 1 << 13;

    private final Opener opener;
    private final GraphFormat format;
    private final List<InputSplit> vertexSplits;
    private final List<InputSplit> edgeSplits;
    private final List<InputSplit> adjacencySplits;
    private final IdDictionary vertices;
    private final IdDictionary ends;
    private final EdgeStage edges;
    private final LineTokens tokens = new LineTokens();
    private final int[] textLength = new int[1];
    private byte[] text = new byte[64];
    private final LineTokens allTokens = new LineTokens(Integer.MAX_VALUE);

    /** What is to be read: lines with a vertex, with an edge, with a vertex and its neighbours. */
    public GraphInput(
            Opener opener,
            GraphFormat format,
            List<InputSplit> vertexSplits,
            List<InputSplit> edgeSplits,
            List<InputSplit> adjacencySplits) {
        this.adjacencySplits = List.copyOf(adjacencySplits);
        this.opener = opener;
        this.format = format;
        this.vertexSplits = List.copyOf(vertexSplits);
        this.edgeSplits = List.copyOf(edgeSplits);
        IdForm form = format.forced() == null ? IdForm.LONG : format.forced();
        int ownLimit = ownLimit(vertexSplits, edgeSplits, adjacencySplits);
        this.vertices = new IdDictionary(form, ownLimit);
        this.ends = new IdDictionary(form, ownLimit);
        this.edges = new EdgeStage(format.weighted());
    }

    /** Below it ids are their own numbers: arrays by number then take no more memory than what is to be read would anyway. */
    @SafeVarargs
    private static int ownLimit(List<InputSplit>... splits) {
        long bytes = 0;
        boolean isPacked = false;
        for (List<InputSplit> some : splits) {
            for (InputSplit split : some) {
                isPacked |= split.length() < 0;
                bytes += Math.max(0, split.length());
            }
        }
        if (isPacked) {
            bytes += UNPACKED_BYTES;
        }
        return (int) Math.max(LEAST_OWN_LIMIT, Math.min(MOST_OWN_LIMIT, bytes / BYTES_FOR_ID));
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
        for (InputSplit split : adjacencySplits) {
            try (LineReader lines = opener.open(split)) {
                readAdjacency(lines);
            }
        }
        return this;
    }

    /** Takes a task's share of a binary graph beside what lines gave. */
    public void take(BinaryShare share) throws BspException {
        BinaryGraph graph = share.graph();
        long taken = share.endVertex() - share.firstVertex() + share.endEdge() - share.firstEdge();
        int ownLimit =
                (int) Math.min(MOST_OWN_LIMIT, Math.min(NUMBERS_FOR_ID * graph.vertices(), NUMBERS_FOR_SHARE * taken));
        vertices.ownUpTo(ownLimit);
        ends.ownUpTo(ownLimit);
        for (long v = share.firstVertex(); v < share.endVertex(); v++) {
            add(graph, v, vertices);
        }
        int[] pairs = new int[2 * BATCH];
        double[] weights = new double[format.weighted() ? BATCH : 0];
        boolean ordinal = ends.numbers() != null && graph.isOrdinal();
        // An end's number + 1 by its place among the ids of the graph.
        int[] numbers = new int[ordinal ? 0 : (int) graph.vertices()];
        for (long e = share.firstEdge(); e < share.endEdge(); e += BATCH) {
            int count = (int) Math.min(BATCH, share.endEdge() - e);
            graph.edges(e, pairs, count);
            for (int i = 0; i < count && format.weighted(); i++) {
                weights[i] = graph.weight(e + i);
            }
            if (ordinal) {
                add(pairs, weights, count, ends.numbers());
            } else {
                for (int i = 0; i < 2 * count; i++) {
                    pairs[i] = number(graph, numbers, pairs[i]);
                }
                add(pairs, weights, count);
            }
        }
    }

    private void add(int[] pairs, double[] weights, int count, LongIdSet ids) {
        for (int i = 0; i < 2 * count; i++) {
            pairs[i] = ids.add(pairs[i]);
        }
        add(pairs, weights, count);
    }

    private void add(int[] pairs, double[] weights, int count) {
        for (int i = 0; i < count; i++) {
            edges.add(pairs[2 * i], pairs[2 * i + 1], format.weighted() ? weights[i] : 0);
        }
    }

    private int number(BinaryGraph graph, int[] numbers, int place) throws BspException {
        if (numbers[place] == 0) {
            numbers[place] = 1 + add(graph, place, ends);
        }
        return numbers[place] - 1;
    }

    private int add(BinaryGraph graph, long place, IdDictionary to) throws BspException {
        if (graph.form() == IdForm.LONG) {
            return to.add(graph.longId(place));
        }
        text = graph.text(place, text, textLength);
        return to.add(text, 0, textLength[0]);
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
                vertices.add(lines.buffer(), accepted(lines, tokens, 0), tokens.end(0));
            } else if (count > 1) {
                throw BadRecordException.at(lines, "is not a vertex: one id a line");
            }
            LongIdSet numbers = vertices.numbers();
            if (numbers != null) {
                lines.pass(PlainLines.vertices(lines.buffer(), lines.ahead(), lines.aheadEnd(), numbers));
            }
        }
    }

    private void readEdges(LineReader lines) throws BspException {
        int columns = format.weighted() ? 3 : 2;
        while (next(lines)) {
            readEdge(lines, tokens.read(lines), columns);
            LongIdSet numbers = ends.numbers();
            if (numbers != null) {
                int to = PlainLines.edges(
                        lines.buffer(), lines.ahead(), lines.aheadEnd(), numbers, edges, format.weighted());
                lines.pass(to);
            }
        }
    }

    private void readEdge(LineReader lines, int words, int columns) throws BspException {
        if (words == 0) {
            return;
        }
        if (words < columns || words > 3) {
            throw BadRecordException.at(
                    lines, format.weighted() ? "is not an edge: two ids and a weight" : "is not an edge: two ids");
        }
        byte[] bytes = lines.buffer();
        int from = ends.add(bytes, accepted(lines, tokens, 0), tokens.end(0));
        int to = ends.add(bytes, accepted(lines, tokens, 1), tokens.end(1));
        edges.add(from, to, format.weighted() ? weight(lines, tokens, 2) : 0);
    }

    private void readAdjacency(LineReader lines) throws BspException {
        int step = format.weighted() ? 2 : 1;
        while (next(lines)) {
            readNeighbours(lines, allTokens.read(lines), step);
            LongIdSet sources = vertices.numbers();
            LongIdSet numbers = ends.numbers();
            if (sources != null && numbers != null && !format.weighted()) {
                int to = PlainLines.adjacency(lines.buffer(), lines.ahead(), lines.aheadEnd(), sources, numbers, edges);
                lines.pass(to);
            }
        }
    }

    private void readNeighbours(LineReader lines, int words, int step) throws BspException {
        if (words == 0) {
            return;
        }
        if (format.weighted() && words % 2 == 0) {
            throw BadRecordException.at(lines, "is not an id with neighbours and their weights: a weight is missing");
        }
        byte[] bytes = lines.buffer();
        int source = accepted(lines, allTokens, 0);
        vertices.add(bytes, source, allTokens.end(0));
        int from = ends.add(bytes, source, allTokens.end(0));
        for (int i = 1; i < words; i += step) {
            int to = ends.add(bytes, accepted(lines, allTokens, i), allTokens.end(i));
            edges.add(from, to, format.weighted() ? weight(lines, allTokens, i + 1) : 0);
        }
    }

    /** The start of a token that is an id in the form that was asked for. */
    private int accepted(LineReader lines, LineTokens words, int token) throws BspException {
        int start = words.start(token);
        if (format.forced() == IdForm.LONG && !IdText.isCanonicalLong(lines.buffer(), start, words.end(token))) {
            throw BadRecordException.at(lines, "has an id that is not a whole number, as ids of the form long are");
        }
        return start;
    }

    private double weight(LineReader lines, LineTokens words, int token) throws BspException {
        try {
            double weight = Decimals.parse(lines.buffer(), words.start(token), words.end(token));
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
            BspException found = unknownEnd(split, known, 2, 1);
            if (found != null) {
                return found;
            }
        }
        for (InputSplit split : adjacencySplits) {
            BspException found = unknownEnd(split, known, Integer.MAX_VALUE, format.weighted() ? 2 : 1);
            if (found != null) {
                return found;
            }
        }
        return BspException.user("the edge file changed while it was read");
    }

    /** Looks at the first and then at each {@code step}-th of the next words of each line, up to {@code most} words. */
    private BspException unknownEnd(InputSplit split, int[] known, int most, int step) throws BspException {
        try (LineReader lines = opener.open(split)) {
            while (next(lines)) {
                int count = Math.min(most, allTokens.read(lines));
                for (int token = 0; token < count && count > 1; token += token == 0 ? 1 : step) {
                    int id = ends.ids().find(lines.buffer(), allTokens.start(token), allTokens.end(token));
                    if (id < 0 || known[id] < 0) {
                        return unknownEnd(lines, token);
                    }
                }
            }
        }
        return null;
    }

    private BspException unknownEnd(LineReader lines, int token) throws BspException {
        int start = allTokens.start(token);
        String id = new String(lines.buffer(), start, allTokens.end(token) - start, StandardCharsets.UTF_8);
        return BadRecordException.at(
                lines,
                "names vertex '" + id
                        + "', which the vertex file does not; add it there, or drop such edges with --lenient");
    }
}
