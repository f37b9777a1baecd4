package io.valiant.task.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the ranges of keys of the tasks begin: chosen by samples of all tasks, so that each gets about as many records. A
 * pure function of the samples in their order.
 */
final class RangeBorders {
    private final KeyOrder order;
    private final List<byte[]> borders;

    private RangeBorders(KeyOrder order, List<byte[]> borders) {
        this.order = order;
        this.borders = borders;
    }

    /**
     * A key out of some.
     *
     * @param key bytes
     * @param weight how many it stands for
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sample(byte[] key, long weight) {}

    static RangeBorders of(KeyOrder order, List<Sample> samples, int tasks) {
        List<Sample> sorted = new ArrayList<>(samples);
        Collections.sort(sorted, (a, b) -> order.compare(a.key, 0, a.key.length, b.key, 0, b.key.length));
        long total = 0;
        for (Sample sample : sorted) {
            total += sample.weight;
        }
        List<byte[]> borders = new ArrayList<>();
        long passed = 0;
        for (Sample sample : sorted) {
            // the task in whose share of the weight this sample begins starts here at the latest
            while (borders.size() < tasks - 1 && passed >= share(borders.size() + 1, total, tasks)) {
                borders.add(sample.key);
            }
            passed += sample.weight;
        }
        return new RangeBorders(order, borders);
    }

    private static long share(int task, long total, int tasks) {
        return total / tasks * task + total % tasks * task / tasks;
    }

    /** The task of a key: keys at a border belong behind it. */
    int taskOf(byte[] key, int length) {
        int low = 0;
        int high = borders.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            byte[] border = borders.get(middle);
            if (order.compare(border, 0, border.length, key, 0, length) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
