package io.valiant.graph.io;

import java.util.ArrayList;
import java.util.List;

/** Edges as pairs of numbers, in pieces, so that they can be let go piece by piece. Used by one thread at a time. */
public final class EdgeStage {
    /** Edges of a full piece that {@link #add} makes. */
    public static final int PIECE = 1 << 13;

    private final boolean weighted;
    private final List<int[]> pairs = new ArrayList<>();
    private final List<double[]> weights = new ArrayList<>();
    /** By piece: how many edges there are up to its end. */
    private long[] ends = new long[16];

    private long size;

    /** The last piece, if it may be added to, and how many edges that has. */
    private int[] open = {};

    private int used;
    private double[] openWeights = {};

    public EdgeStage(boolean weighted) {
        this.weighted = weighted;
    }

    /** Adds an edge; the weight counts only if this stage has weights. */
    public void add(int from, int to, double weight) {
        if (2 * used == open.length) {
            extend();
        }
        int at = used++;
        open[2 * at] = from;
        open[2 * at + 1] = to;
        if (weighted) {
            openWeights[at] = weight;
        }
    }

    private void extend() {
        close();
        open = new int[2 * PIECE];
        openWeights = weighted ? new double[PIECE] : openWeights;
    }

    /** Makes what was added a piece. */
    private void close() {
        if (used > 0) {
            adopt(open, openWeights, used);
            open = new int[0];
            used = 0;
        }
    }

    private void adopt(int[] piece, double[] pieceWeights, int count) {
        if (pairs.size() == ends.length) {
            ends = java.util.Arrays.copyOf(ends, Growth.next(ends.length));
        }
        size += count;
        ends[pairs.size()] = size;
        pairs.add(piece);
        if (weighted) {
            weights.add(pieceWeights);
        }
    }

    /** Adds a piece made elsewhere, which belongs to this stage from now on. */
    public void addPiece(int[] piece, double[] pieceWeights, int count) {
        close();
        adopt(piece, pieceWeights, count);
    }

    /** Moves all pieces of another stage behind those of this one. */
    public void takeAll(EdgeStage other) {
        other.close();
        close();
        for (int p = 0; p < other.pieces(); p++) {
            adopt(other.pairs.get(p), other.weights(p), other.pieceSize(p));
        }
        other.pairs.clear();
        other.weights.clear();
        other.size = 0;
    }

    /** Forgets edges that were {@link #add added} last, so that as many are left. */
    public void takeBack(long left) {
        while (left < size) {
            int last = pairs.size() - 1;
            open = pairs.remove(last);
            openWeights = weighted ? weights.remove(last) : openWeights;
            size = last == 0 ? 0 : ends[last - 1];
            used = open.length / 2;
        }
        used = (int) (left - size);
    }

    public long size() {
        return size + used;
    }

    public int pieces() {
        close();
        return pairs.size();
    }

    /** How many edges a piece has. */
    public int pieceSize(int piece) {
        return (int) (ends[piece] - (piece == 0 ? 0 : ends[piece - 1]));
    }

    /** Source and target of each edge of a piece, one after the other. */
    public int[] pairs(int piece) {
        return pairs.get(piece);
    }

    /** The weights of a piece, or null. */
    public double[] weights(int piece) {
        return weighted ? weights.get(piece) : null;
    }

    /** Lets a piece go; it must not be asked for again. */
    public void release(int piece) {
        pairs.set(piece, null);
        if (weighted) {
            weights.set(piece, null);
        }
    }
}
