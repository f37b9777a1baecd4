package io.valiant.graph.io;

import java.io.IOException;
import java.util.Arrays;

/**
 * The edges of a recursive matrix (Chakrabarti, Zhan, Faloutsos 2004) with Graph500's parameters: each draw descends scale
 * times into one of four quarters, with chances .57, .19, .19 and .05. Every draw is a hash of its number, so passes that
 * keep different ranges of sources see the same draws.
 */
final class RecursiveMatrix {
    /** Thresholds of 31 random bits: first quarter, first two, first three. */
    private static final long A = (long) (.57 * (1L << 31));

    private static final long AB = (long) (.76 * (1L << 31));
    private static final long ABC = (long) (.95 * (1L << 31));
    /** Draws sorted in one pass, about. */
    private static final long PASS = 1L << 24;

    private final int scale;
    private final long draws;
    private final long base;
    private final boolean undirected;
    private final int mask;
    private final int multiplier;

    /** Takes edges in ascending order. */
    interface Edges {
        void edge(int from, int to) throws IOException;
    }

    RecursiveMatrix(int scale, int edgeFactor, long seed, boolean undirected) {
        this.scale = scale;
        this.draws = (long) edgeFactor << scale;
        this.base = IdText.mix(seed * 2 + 1);
        this.undirected = undirected;
        this.mask = (int) ((1L << scale) - 1);
        this.multiplier = (int) IdText.mix(~base) | 1;
    }

    void forEach(Edges edges) throws IOException {
        long passes = Math.min(1L << scale, (draws + PASS - 1) / PASS);
        int from = 0;
        for (long pass = 1; pass <= passes; pass++) {
            int to = (int) ((1L << scale) * pass / passes - 1);
            onePass(from, to, edges);
            from = to + 1;
        }
    }

    /** All edges whose source is in a range, both ends included. */
    private void onePass(int from, int to, Edges edges) throws IOException {
        long[] found = new long[1 << 16];
        int count = 0;
        for (long draw = 0; draw < draws; draw++) {
            long edge = draw(draw);
            int source = (int) (edge >>> 32);
            if (source >= from && source <= to && source != (int) edge) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, Growth.next(count));
                }
                found[count++] = edge;
            }
        }
        Arrays.sort(found, 0, count);
        long last = -1;
        for (int i = 0; i < count; i++) {
            if (found[i] != last) {
                last = found[i];
                edges.edge((int) (last >>> 32), (int) last);
            }
        }
    }

    private long draw(long number) {
        int row = 0;
        int column = 0;
        for (int bit = 0; bit < scale; bit++) {
            long chance = IdText.mix(base + (number << 6) + bit) >>> 33;
            row <<= 1;
            column <<= 1;
            if (chance >= ABC) {
                row |= 1;
                column |= 1;
            } else if (chance >= AB) {
                row |= 1;
            } else if (chance >= A) {
                column |= 1;
            }
        }
        int source = permuted(row);
        int target = permuted(column);
        if (undirected && source > target) {
            return (long) target << 32 | source;
        }
        return (long) source << 32 | target;
    }

    /** A permutation of the ids: odd factors and shifted sums are bijections of numbers of that many bits. */
    private int permuted(int id) {
        int x = id;
        int half = (scale + 1) / 2;
        for (int round = 0; round < 3; round++) {
            x = x * multiplier & mask;
            x ^= x >>> half;
            x = x + (int) (base >>> (8 * round)) & mask;
        }
        return x;
    }
}
