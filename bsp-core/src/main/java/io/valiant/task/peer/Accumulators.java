package io.valiant.task.peer;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;

/**
 * What was sent to one peer in this superstep and combined, by key, in the order in which keys were first sent. Objects are used
 * again in the next one.
 *
 * @param <M> the class of messages
 */
final class Accumulators<M> {
    private static final int NONE = -1;

    /** What one large superstep needed is given back once so many times less is needed. */
    private static final int TOO_LARGE = 16;

    private final List<M> messages = new ArrayList<>();
    private Long2IntOpenHashMap places = places();
    private int count;

    private static Long2IntOpenHashMap places() {
        Long2IntOpenHashMap places = new Long2IntOpenHashMap();
        places.defaultReturnValue(NONE);
        return places;
    }

    /** The accumulator of that key; null if it has none. */
    M get(long key) {
        int place = places.get(key);
        return place == NONE ? null : messages.get(place);
    }

    /** The first accumulator; null if there is none. */
    M only() {
        return count == 0 ? null : messages.get(0);
    }

    /** An object of an earlier superstep that may become the next accumulator; null if there is none. */
    M unused() {
        return count < messages.size() ? messages.get(count) : null;
    }

    /** Makes a message the next accumulator. */
    void add(M message) {
        if (count == messages.size()) {
            messages.add(message);
        }
        count++;
    }

    /** Makes a message, also one that was {@link #unused}, the accumulator of a key that has none. */
    void add(long key, M message) {
        places.put(key, count);
        add(message);
    }

    /** How many there are. */
    int count() {
        return count;
    }

    M message(int i) {
        return messages.get(i);
    }

    /** There are none any more. */
    void clear() {
        if (messages.size() > TOO_LARGE * Math.max(count, TOO_LARGE)) {
            messages.subList(count, messages.size()).clear();
            places = places();
        } else {
            places.clear();
        }
        count = 0;
    }
}
