package io.valiant.task.peer;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;

/**
 * What was sent to one peer in this superstep and combined, in the order in which keys were first sent. Objects are used again,
 * also in later supersteps.
 *
 * @param <M> the class of messages
 */
final class Accumulators<M> {
    private static final int NONE = -1;

    /** What one large superstep needed is given back by one that needs so many times less. */
    private static final int TOO_LARGE = 16;

    private final boolean keyed;
    private List<M> messages = new ArrayList<>();

    /** By key; null where all have the same. */
    private Long2IntOpenHashMap places;

    private int count;
    private long bytes;

    /** The greatest {@link #count} in this superstep. */
    private int greatest;

    /** @param keyed whether there are several keys */
    Accumulators(boolean keyed) {
        this.keyed = keyed;
        this.places = keyed ? places() : null;
    }

    private static Long2IntOpenHashMap places() {
        Long2IntOpenHashMap places = new Long2IntOpenHashMap();
        places.defaultReturnValue(NONE);
        return places;
    }

    /** The accumulator of that key; null if it has none. */
    M get(long key) {
        int place = keyed ? places.get(key) : count - 1;
        return place == NONE ? null : messages.get(place);
    }

    /** An object that may become the next accumulator; null if there is none. */
    M unused() {
        return count < messages.size() ? messages.get(count) : null;
    }

    /** Makes a message of so many bytes, also one that was {@link #unused}, the accumulator of a key that has none. */
    void add(long key, M message, long length) {
        if (keyed) {
            places.put(key, count);
        }
        if (count == messages.size()) {
            messages.add(message);
        }
        count++;
        bytes += length;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** How many bytes they had when they were added. */
    long bytes() {
        return bytes;
    }

    M message(int i) {
        return messages.get(i);
    }

    /** There are none any more. */
    void clear() {
        greatest = Math.max(greatest, count);
        count = 0;
        bytes = 0;
        if (keyed) {
            places.clear();
        }
    }

    /** After the last {@link #clear} of a superstep: gives memory back that was not used by far. */
    void endSuperstep() {
        if (messages.size() > TOO_LARGE * Math.max(greatest, TOO_LARGE)) {
            messages = new ArrayList<>(messages.subList(0, greatest));
            places = keyed ? places() : null;
        }
        greatest = 0;
    }
}
