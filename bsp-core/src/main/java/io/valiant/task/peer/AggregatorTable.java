package io.valiant.task.peer;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.BspException;
import io.valiant.exchange.BarrierResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The declared aggregators of a job: 8 bytes each, in order of their names, in every peer's contribution to a barrier.
 * Folded in peer order, so the values are the same bits in every peer and every run.
 */
final class AggregatorTable {
    /** As many as a contribution has room for. */
    private static final int MOST = 64 * 1024 / Long.BYTES;

    private final SortedMap<String, Integer> slots = new TreeMap<>();
    private final List<Aggregate> kinds = new ArrayList<>();

    /** This peer's values since the last barrier, and all peers' values of the last; doubles as their bits. */
    private final long[] given;

    private final long[] folded;
    private final ByteBuffer contribution;

    AggregatorTable(SortedMap<String, Aggregate> declared) throws BspException {
        if (declared.size() > MOST) {
            throw BspException.user("%d aggregators are declared; at most %d can be", declared.size(), MOST);
        }
        declared.forEach((name, kind) -> {
            slots.put(name, kinds.size());
            kinds.add(kind);
        });
        given = new long[kinds.size()];
        folded = new long[kinds.size()];
        contribution = ByteBuffer.allocate(kinds.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        clear(given);
        clear(folded);
    }

    private void clear(long[] values) {
        for (int slot = 0; slot < values.length; slot++) {
            Aggregate kind = kinds.get(slot);
            values[slot] = kind.isLong() ? kind.identityLong() : Double.doubleToRawLongBits(kind.identityDouble());
        }
    }

    void aggregate(String name, long value) throws BspException {
        int slot = slot(name);
        if (kinds.get(slot).isLong()) {
            given[slot] = kinds.get(slot).fold(given[slot], value);
        } else {
            fold(given, slot, (double) value);
        }
    }

    void aggregate(String name, double value) throws BspException {
        int slot = slot(name);
        if (kinds.get(slot).isLong()) {
            throw BspException.user("aggregator '%s' is of longs (%s), not doubles", name, kinds.get(slot));
        }
        fold(given, slot, value);
    }

    private void fold(long[] into, int slot, double value) {
        into[slot] = Double.doubleToRawLongBits(kinds.get(slot).fold(Double.longBitsToDouble(into[slot]), value));
    }

    long foldedLong(String name) throws BspException {
        int slot = slot(name);
        if (!kinds.get(slot).isLong()) {
            throw BspException.user("aggregator '%s' is of doubles (%s), not longs", name, kinds.get(slot));
        }
        return folded[slot];
    }

    double foldedDouble(String name) throws BspException {
        int slot = slot(name);
        return kinds.get(slot).isLong() ? folded[slot] : Double.longBitsToDouble(folded[slot]);
    }

    private int slot(String name) throws BspException {
        Integer slot = slots.get(name);
        if (slot == null) {
            throw BspException.user("aggregator '%s' is not declared; declare it with BspJob.aggregator", name);
        }
        return slot;
    }

    /** This peer's values for the barrier now beginning; what is given from now on counts for the next. */
    ByteBuffer contribution() {
        contribution.clear();
        for (long value : given) {
            contribution.putLong(value);
        }
        clear(given);
        return contribution.flip();
    }

    /** Writes the values of the last barrier. Right after it, before anything is given for the next. */
    void save(DataOutput out) throws IOException {
        out.writeInt(folded.length);
        for (long value : folded) {
            out.writeLong(value);
        }
    }

    /** Puts back what {@link #save} wrote; the same aggregators are declared. */
    void restore(DataInput in) throws IOException {
        int count = in.readInt();
        if (count != folded.length) {
            throw new IOException(count + " aggregators were saved, " + folded.length + " are declared");
        }
        for (int slot = 0; slot < count; slot++) {
            folded[slot] = in.readLong();
        }
    }

    /** Takes over what a barrier brought from that many peers. */
    void fold(BarrierResult result, int peers) {
        clear(folded);
        for (int peer = 0; peer < peers; peer++) {
            ByteBuffer values = result.contribution(peer).duplicate().order(ByteOrder.LITTLE_ENDIAN);
            for (int slot = 0; slot < folded.length; slot++) {
                long bits = values.getLong(values.position() + slot * Long.BYTES);
                if (kinds.get(slot).isLong()) {
                    folded[slot] = kinds.get(slot).fold(folded[slot], bits);
                } else {
                    fold(folded, slot, Double.longBitsToDouble(bits));
                }
            }
        }
    }
}
