package io.valiant.task;

import io.valiant.bsp.Counter;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A task's counters by group and name. Safe in any thread. */
final class TaskCounters {
    /** So many a task may have: all of them go to the master. */
    private static final int MOST = 10_000;

    private static final int LONGEST_NAME = 256;

    private final ConcurrentSkipListMap<String, ConcurrentSkipListMap<String, Sum>> groups =
            new ConcurrentSkipListMap<>();
    private final AtomicInteger count = new AtomicInteger();

    Counter counter(String group, String name) {
        return groups.computeIfAbsent(checked(group), g -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(checked(name), n -> made());
    }

    private Sum made() {
        if (count.incrementAndGet() > MOST) {
            throw new IllegalArgumentException(
                    "a task has at most " + MOST + " counters: counters are for totals, not for data");
        }
        return new Sum();
    }

    private static String checked(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a counter's group and name have 1 to " + LONGEST_NAME + " characters, not '" + name + "'");
        }
        return name;
    }

    SortedMap<String, SortedMap<String, Long>> values() {
        SortedMap<String, SortedMap<String, Long>> values = new TreeMap<>();
        groups.forEach((group, counters) -> {
            SortedMap<String, Long> inGroup = new TreeMap<>();
            counters.forEach((name, sum) -> inGroup.put(name, sum.value()));
            values.put(group, inGroup);
        });
        return values;
    }

    /** Goes on from the values of a checkpoint. */
    void restore(SortedMap<String, SortedMap<String, Long>> values) {
        values.forEach((group, counters) ->
                counters.forEach((name, value) -> counter(group, name).add(value)));
    }

    private static final class Sum implements Counter {
        private final LongAdder sum = new LongAdder();

        @Override
        public void add(long amount) {
            sum.add(amount);
        }

        @Override
        public long value() {
            return sum.sum();
        }
    }
}
