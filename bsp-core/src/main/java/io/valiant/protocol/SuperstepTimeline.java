package io.valiant.protocol;

import io.valiant.bsp.SuperstepStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The supersteps of one job, put together from what its tasks tell. A superstep is shown once all tasks have told of it.
 * Holds a bounded number: the newest, and of those before them when there are too many those go whose numbers are odd multiples
 * of the stride, which doubles; the last of the job stays. Not thread safe.
 */
public final class SuperstepTimeline {
    /** So many supersteps are kept at most. */
    public static final int MOST = 256;

    /** So many of a job that has ended. */
    public static final int MOST_SEALED = 128;

    /**
     * So many of the newest stay whatever the stride: what happens now is seen and counted now, however long the job has run.
     * As many as a task tells of at once, so that tasks that tell in turns tell of the same.
     */
    static final int NEWEST = SuperstepShare.MOST;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double THOUSAND = 1000;

    private final int tasks;

    /** Multiples of the stride, and the last. */
    private final TreeMap<Place, Row> spread = new TreeMap<>();

    private long stride = 1;

    /** The newest, those among them that are also spread. */
    private final TreeMap<Place, Row> newest = new TreeMap<>();

    /** The newest of which all have told, and what had been done with it; null before the first. */
    private Place counted;

    private SuperstepTotals countedSoFar = SuperstepTotals.NONE;

    /** Generations up to that one have been counted by others so far; 0 is none. */
    private long loaded;

    /** There once the job has ended. */
    private List<SuperstepStatus> sealed;

    /** @param tasks how many tell of each superstep */
    public SuperstepTimeline(int tasks) {
        this.tasks = tasks;
    }

    /** Generations go before supersteps. */
    private record Place(long generation, long superstep) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = Long.compare(generation, other.generation);
            return order != 0 ? order : Long.compare(superstep, other.superstep);
        }
    }

    /** One superstep as far as it is known. */
    private static final class Row {
        private final java.util.BitSet told = new java.util.BitSet();
        private long startedAtMicros = Long.MAX_VALUE;
        private long computeNs = -1;
        private long barrierNs;
        private long sumComputeNs;
        private int slowest;
        private long messages;
        private long bytes;
        private long combined = SuperstepShare.UNKNOWN;
        private long spilled;
        private long active = SuperstepShare.UNKNOWN;
        private SuperstepTotals soFar = SuperstepTotals.NONE;
        private boolean isLast;

        void add(int task, SuperstepShare share) {
            if (told.get(task)) {
                return;
            }
            told.set(task);
            startedAtMicros = Math.min(startedAtMicros, share.startedAtMicros());
            if (share.computeNs() > computeNs || (share.computeNs() == computeNs && task < slowest)) {
                computeNs = share.computeNs();
                barrierNs = share.barrierNs();
                slowest = task;
            }
            sumComputeNs += share.computeNs();
            messages += share.messages();
            bytes += share.bytes();
            spilled += share.spilledBytes();
            combined = sum(combined, share.combined());
            active = sum(active, share.activeVertices());
            soFar = soFar.with(share.soFar());
            isLast |= share.isLast();
        }

        private static long sum(long a, long b) {
            return a == SuperstepShare.UNKNOWN ? b : b == SuperstepShare.UNKNOWN ? a : a + b;
        }
    }

    /**
     * The tasks of that generation may have run before there was this timeline. What the first superstep of it adds up to that
     * all tell of has happened before, and may have been counted then: it is where counting goes on from.
     */
    public void loaded(long generation) {
        loaded = Math.max(loaded, generation);
    }

    /** A task tells. */
    public void add(long generation, int task, List<SuperstepShare> shares) {
        add(generation, task, shares, (step, totals) -> {});
    }

    /**
     * A task tells.
     *
     * @param completed takes each superstep of which all have told by it, and what all that ended since the one before add up
     *     to: it counts those too that are not told of. Of a generation that was {@link #loaded} it does not take the first
     */
    public void add(
            long generation,
            int task,
            List<SuperstepShare> shares,
            BiConsumer<SuperstepStatus, SuperstepTotals> completed) {
        if (sealed != null) {
            return;
        }
        for (SuperstepShare share : shares) {
            Place place = new Place(generation, share.superstep());
            Row row = row(place, share.isLast());
            if (row == null) {
                continue;
            }
            row.add(task, share);
            if (isComplete(row) && (counted == null || place.compareTo(counted) > 0)) {
                complete(place, row, completed);
            }
        }
        while (spread.size() > MOST - NEWEST) {
            thin();
        }
    }

    /** The row to be told of, a new one if need be; null if that superstep is not kept any more. */
    private Row row(Place place, boolean isLast) {
        boolean isSpread = isLast || place.superstep() % stride == 0;
        boolean isNew = newest.size() < NEWEST || place.compareTo(newest.firstKey()) >= 0;
        if (!isSpread && !isNew) {
            return null;
        }
        Row row = newest.getOrDefault(place, spread.get(place));
        if (row == null) {
            row = new Row();
        }
        if (isSpread) {
            spread.put(place, row);
        }
        if (isNew && newest.put(place, row) == null && newest.size() > NEWEST) {
            newest.pollFirstEntry();
        }
        return row;
    }

    private void complete(Place place, Row row, BiConsumer<SuperstepStatus, SuperstepTotals> completed) {
        boolean goesOn = counted != null && counted.generation() == place.generation();
        SuperstepTotals before = goesOn ? countedSoFar : SuperstepTotals.NONE;
        counted = place;
        countedSoFar = row.soFar;
        if (goesOn || place.generation() > loaded) {
            completed.accept(status(place, row), row.soFar.since(before));
        }
    }

    private boolean isComplete(Row row) {
        return row.told.cardinality() == tasks;
    }

    /** If all that are kept are of different generations, the oldest of them goes. */
    private void thin() {
        long wider = stride * 2;
        if (spread.entrySet().removeIf(row -> row.getKey().superstep() % wider != 0 && !row.getValue().isLast)) {
            stride = wider;
        } else {
            spread.pollFirstEntry();
        }
    }

    /** The job has ended: what is kept takes little room from now on, at most {@link #MOST_SEALED} supersteps. */
    public void seal() {
        List<SuperstepStatus> all = last(MOST);
        int step = (all.size() + MOST_SEALED - 1) / MOST_SEALED;
        List<SuperstepStatus> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            // the last is always among them
            if ((all.size() - 1 - i) % step == 0) {
                kept.add(all.get(i));
            }
        }
        sealed = List.copyOf(kept);
        spread.clear();
        newest.clear();
    }

    /** The job has ended long ago: nothing is kept any more, nor taken. */
    public void drop() {
        sealed = List.of();
        spread.clear();
        newest.clear();
    }

    /** The newest so many that are complete, oldest first; none if the number is not positive. */
    public List<SuperstepStatus> last(int most) {
        if (sealed != null) {
            return newest(sealed, most);
        }
        TreeMap<Place, Row> all = new TreeMap<>(spread);
        all.putAll(newest);
        List<SuperstepStatus> shown = new ArrayList<>();
        all.forEach((place, row) -> {
            if (isComplete(row)) {
                shown.add(status(place, row));
            }
        });
        return List.copyOf(newest(shown, most));
    }

    private static List<SuperstepStatus> newest(List<SuperstepStatus> steps, int most) {
        return steps.subList(Math.max(0, steps.size() - Math.max(0, most)), steps.size());
    }

    private static SuperstepStatus status(Place place, Row row) {
        return new SuperstepStatus(
                place.superstep(),
                place.generation(),
                Instant.EPOCH.plus(row.startedAtMicros, ChronoUnit.MICROS),
                millis(row.computeNs),
                millis(row.barrierNs),
                row.messages,
                row.bytes,
                known(row.combined),
                row.spilled,
                known(row.active),
                row.slowest,
                skew(row));
    }

    private static Double skew(Row row) {
        if (row.sumComputeNs <= 0) {
            return null;
        }
        double meanNs = (double) row.sumComputeNs / row.told.cardinality();
        return Math.round(row.computeNs / meanNs * THOUSAND) / THOUSAND;
    }

    /** To the microsecond. */
    private static double millis(long ns) {
        return Math.round(ns / NANOS_PER_MILLI * THOUSAND) / THOUSAND;
    }

    private static Long known(long value) {
        return value == SuperstepShare.UNKNOWN ? null : value;
    }
}
