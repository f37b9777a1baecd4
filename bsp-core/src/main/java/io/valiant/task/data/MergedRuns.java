package io.valiant.task.data;

import io.valiant.message.SpillFailure;
import io.valiant.message.SpillFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of several sorted runs as one: always the lowest of their heads, of equal keys that of the earliest run. Holds a
 * buffer for each run, and one record that does not fit into its run's.
 */
final class MergedRuns implements SortedRecords.Cursor {
    private final KeyOrder order;

    /** A heap: none is before the one at half its place. */
    private final List<Place> heap = new ArrayList<>();

    private Place current;

    /** The current record, where its run's buffer does not hold it whole. */
    private byte[] large = new byte[0];

    private byte[] bytes;
    private int start;

    /** A run's reading and its place among the runs. */
    private record Place(SortedRun.Head head, int number) {}

    /** @param runs earlier ones first */
    MergedRuns(KeyOrder order, List<SortedRun> runs, SpillFile file, int aheadBytes) throws SpillFailure {
        this.order = order;
        for (int i = 0; i < runs.size(); i++) {
            SortedRun.Head head = runs.get(i).read(file, aheadBytes);
            if (head.next()) {
                heap.add(new Place(head, i));
            }
        }
        for (int i = heap.size() / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    @Override
    public boolean next() throws SpillFailure {
        if (current != null) {
            if (!current.head().next()) {
                Place last = heap.remove(heap.size() - 1);
                if (last.number() != current.number()) {
                    heap.set(0, last);
                }
            }
            if (!heap.isEmpty()) {
                sink(0);
            }
        }
        current = heap.isEmpty() ? null : heap.get(0);
        if (current == null) {
            return false;
        }
        hold(current.head());
        return true;
    }

    private void hold(SortedRun.Head head) throws SpillFailure {
        if (head.holdsWhole()) {
            bytes = head.bytes();
            start = head.start();
            return;
        }
        if (large.length < head.length()) {
            large = new byte[head.length()];
        }
        head.copyTo(large);
        bytes = large;
        start = 0;
    }

    /** Puts what is at that place where it belongs among those below it. */
    private void sink(int place) {
        Place moved = heap.get(place);
        int hole = place;
        while (2 * hole + 1 < heap.size()) {
            int child = 2 * hole + 1;
            if (child + 1 < heap.size() && isBefore(heap.get(child + 1), heap.get(child))) {
                child++;
            }
            if (!isBefore(heap.get(child), moved)) {
                break;
            }
            heap.set(hole, heap.get(child));
            hole = child;
        }
        heap.set(hole, moved);
    }

    private boolean isBefore(Place a, Place b) {
        int compared = SortedRecords.compare(
                order,
                a.head().bytes(),
                a.head().start(),
                b.head().bytes(),
                b.head().start());
        return compared < 0 || (compared == 0 && a.number() < b.number());
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int start() {
        return start;
    }
}
