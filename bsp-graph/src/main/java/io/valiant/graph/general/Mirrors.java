package io.valiant.graph.general;

import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.Growth;
import java.io.IOException;
import java.util.Arrays;

/**
 * The mirrors of one sending task's vertices in this task: for the slot of each such vertex, there, the slots of its neighbours
 * here, in the order of its edges. So what a vertex sends to all its neighbours need not name them again. A vertex whose edges
 * have changed is given another mirror before it sends by it.
 */
final class Mirrors {
    private static final int LEAST_WASTE = 1 << 16;

    /** By the source's slot: where its targets begin, and how many there are; 0 where it has no mirror. */
    private int[] begin = new int[0];

    private int[] count = new int[0];
    private int slots;
    private int[] targets = new int[0];
    private int used;
    private int wasted;

    /** Slots below this may have mirrors. */
    int slots() {
        return slots;
    }

    /** How many targets all mirrors have. */
    int edges() {
        return used - wasted;
    }

    /** How many targets the mirror of a slot has; 0 if there is none. */
    int count(int source) {
        return source >= 0 && source < slots ? count[source] : 0;
    }

    /** Where its targets begin in {@link #targets}. */
    int begin(int source) {
        return begin[source];
    }

    /** Targets of all mirrors, valid until the next {@link #put}. */
    int[] targets() {
        return targets;
    }

    /** Makes or replaces a mirror. */
    void put(int source, int[] to, int many) {
        if (source >= count.length) {
            int wider = Growth.atLeast(count.length, source + 1L);
            begin = Arrays.copyOf(begin, wider);
            count = Arrays.copyOf(count, wider);
        }
        slots = Math.max(slots, source + 1);
        wasted += count[source];
        if (many > count[source]) {
            count[source] = 0;
            if (wasted > LEAST_WASTE && wasted > used / 2) {
                writeAnew();
            }
            if (many > targets.length - used) {
                targets = Arrays.copyOf(targets, Growth.atLeast(targets.length, (long) used + many));
            }
            begin[source] = used;
            used += many;
        } else {
            wasted -= many;
        }
        System.arraycopy(to, 0, targets, begin[source], many);
        count[source] = many;
    }

    private void writeAnew() {
        int[] fresh = new int[targets.length];
        used = 0;
        wasted = 0;
        for (int s = 0; s < slots; s++) {
            System.arraycopy(targets, begin[s], fresh, used, count[s]);
            begin[s] = used;
            used += count[s];
        }
        targets = fresh;
    }

    void save(ArrayOutput out) throws IOException {
        out.writeInt(slots);
        out.writeInts(count, slots);
        int[] copy = new int[16];
        for (int s = 0; s < slots; s++) {
            if (count[s] > copy.length) {
                copy = new int[Growth.atLeast(copy.length, count[s])];
            }
            System.arraycopy(targets, begin[s], copy, 0, count[s]);
            out.writeInts(copy, count[s]);
        }
    }

    /** Reads what was {@link #save saved}; all targets must be below {@code slots}. */
    static Mirrors restore(ArrayInput in, int slots) throws IOException {
        Mirrors mirrors = new Mirrors();
        mirrors.count = in.readInts(new int[in.readCount("slots with mirrors", Integer.MAX_VALUE - 8)]);
        mirrors.begin = new int[mirrors.count.length];
        mirrors.slots = mirrors.count.length;
        long all = 0;
        for (int s = 0; s < mirrors.count.length; s++) {
            mirrors.begin[s] = (int) all;
            all += mirrors.count[s];
            in.check(mirrors.count[s] >= 0 && all < Integer.MAX_VALUE, "a mirror of %d targets", mirrors.count[s]);
        }
        mirrors.targets = in.readInts(new int[(int) all]);
        mirrors.used = (int) all;
        for (int target : mirrors.targets) {
            in.check(target >= 0 && target < slots, "a mirror to slot %d of %d", target, slots);
        }
        return mirrors;
    }
}
