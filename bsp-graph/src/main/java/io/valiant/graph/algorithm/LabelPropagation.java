package io.valiant.graph.algorithm;

import io.valiant.bsp.BspException;
import io.valiant.graph.BothDirections;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.GraphSetup;
import io.valiant.graph.LongMessagesProgram;
import io.valiant.graph.ValuesAreLabels;
import io.valiant.graph.VertexContext;
import java.util.Arrays;

/**
 * Community detection by label propagation: every vertex begins with its own id and takes in each iteration the label that most
 * of its neighbours had, the smallest of equally frequent ones. In a directed graph a neighbour joined both ways counts twice.
 * Exactly {@value io.valiant.graph.GraphSettings#ITERATIONS} iterations, {@value #ITERATIONS} unless told.
 */
@BothDirections
@ValuesAreLabels
public final class LabelPropagation extends LongMessagesProgram {
    /** So many unless told otherwise. */
    public static final long ITERATIONS = 10;

    /** So many labels are sorted; more are counted in a table. */
    private static final int SORTED = 48;

    private long iterations;
    private long[] labels = new long[0];
    private int[] counts = new int[0];

    @Override
    public void setup(GraphSetup graph) throws BspException {
        iterations = graph.settings().getLong(GraphSettings.ITERATIONS, ITERATIONS);
        if (iterations < 0) {
            throw BspException.user("label propagation wants at least 0 iterations, not %d", iterations);
        }
    }

    @Override
    public long initialValue(VertexContext v) {
        return v.label();
    }

    @Override
    public long compute(VertexContext v, long[] neighbours, int count) {
        long label =
                count == 0 ? v.longValue() : count <= SORTED ? sorted(neighbours, count) : counted(neighbours, count);
        if (v.superstep() == iterations) {
            v.haltAll();
        } else {
            v.sendToNeighbours(label);
        }
        return label;
    }

    private static long sorted(long[] all, int count) {
        Arrays.sort(all, 0, count);
        long best = all[0];
        int most = 0;
        for (int from = 0, to; from < count; from = to) {
            to = from + 1;
            while (to < count && all[to] == all[from]) {
                to++;
            }
            if (to - from > most) {
                most = to - from;
                best = all[from];
            }
        }
        return best;
    }

    /** An open table, of which only as much is used and cleared as the labels need. */
    private long counted(long[] all, int count) {
        int size = Integer.highestOneBit(Math.min(count, 1 << 28)) << 2;
        if (labels.length < size) {
            labels = new long[size];
            counts = new int[size];
        } else {
            Arrays.fill(counts, 0, size, 0);
        }
        long best = all[0];
        int most = 0;
        for (int i = 0; i < count; i++) {
            long label = all[i];
            int at = place(label, size - 1);
            labels[at] = label;
            int now = ++counts[at];
            if (now > most || (now == most && label < best)) {
                most = now;
                best = label;
            }
        }
        return best;
    }

    private int place(long label, int mask) {
        long mixed = label * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & mask;
        while (counts[at] != 0 && labels[at] != label) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
