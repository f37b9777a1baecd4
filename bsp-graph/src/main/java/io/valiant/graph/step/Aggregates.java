package io.valiant.graph.step;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.BspException;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.ValueAggregator;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.io.Writable;

/**
 * A task's aggregators: what it has given to each in this superstep, and what each had over all tasks in the one before.
 * An aggregator takes its place here when the program first names it, one of Writables when it is registered; tasks know
 * each other's by name. Doubles are kept as their bits. Used by the program's thread.
 */
public final class Aggregates {
    /** More than names or their number can be, since all are told at a barrier. */
    private static final int MOST_BYTES = 1 << 16;

    /** Or'ed to the code of a fold. */
    private static final int PERSISTENT = 0x40;

    /** In the order in which they were named here. */
    private final List<Entry> entries = new ArrayList<>();

    /** The entry that was named last: programs mostly name the same again. */
    private Entry last;

    /** A superstep is over: an aggregator named from now on had no values in it, whatever superstep 0 is to see. */
    private boolean folded;

    /** One aggregator; of Writables where {@code how} is null. */
    private static final class Entry {
        private Object key;
        private final byte[] name;
        private final Aggregate how;
        private final boolean persistent;
        private final long initial;
        private final FoldedValue<?> value;
        private long given;
        private long before;

        private Entry(Object key, byte[] name, Aggregate how, boolean persistent, long initial) {
            this.key = key;
            this.name = name;
            this.how = how;
            this.persistent = persistent;
            this.initial = initial;
            this.value = null;
            this.given = identity(how);
        }

        private Entry(ValueAggregator<?> key) {
            this.key = key;
            this.name = key.name().getBytes(StandardCharsets.UTF_8);
            this.how = null;
            this.persistent = key.isPersistent();
            this.initial = 0;
            this.value = new FoldedValue<>(key);
        }

        private int code() {
            return (how == null ? Folds.VALUE : Folds.code(how)) | (persistent ? PERSISTENT : 0);
        }

        private String text() {
            return new String(name, StandardCharsets.UTF_8);
        }
    }

    /** Makes an aggregator of Writables known. */
    public void register(ValueAggregator<?> key) {
        Entry entry = new Entry(key);
        if (find(entry.name) != null) {
            throw new IllegalArgumentException("aggregator '" + key.name() + "' is registered twice");
        }
        entries.add(entry);
    }

    public void add(DoubleAggregator key, double value) {
        Entry entry = entry(key);
        entry.given = Double.doubleToRawLongBits(key.how().fold(Double.longBitsToDouble(entry.given), value));
    }

    public void add(LongAggregator key, long value) {
        Entry entry = entry(key);
        entry.given = key.how().fold(entry.given, value);
    }

    public <A extends Writable> void add(ValueAggregator<A> key, A value) {
        value(key).give(value);
    }

    public double get(DoubleAggregator key) {
        return Double.longBitsToDouble(entry(key).before);
    }

    public long get(LongAggregator key) {
        return entry(key).before;
    }

    public <A extends Writable> A get(ValueAggregator<A> key) {
        return value(key).before();
    }

    public void set(DoubleAggregator key, double value) {
        entry(key).before = Double.doubleToRawLongBits(value);
    }

    public void set(LongAggregator key, long value) {
        entry(key).before = value;
    }

    public <A extends Writable> void set(ValueAggregator<A> key, A value) {
        value(key).set(value);
    }

    /** Writes what this task has given, and forgets it. */
    public void write(ByteBuffer out) throws BspException {
        writeEntries(out, true);
    }

    /** Writes what each has, for all tasks to {@link #readAll take over}. */
    public void writeAll(ByteBuffer out) throws BspException {
        writeEntries(out, false);
    }

    private void writeEntries(ByteBuffer out, boolean given) throws BspException {
        if (out.remaining() >= Integer.BYTES) {
            out.putInt(entries.size());
        }
        for (Entry entry : entries) {
            byte[] bytes = entry.value == null ? null : given ? entry.value.takeGiven() : entry.value.bytes();
            int size = Short.BYTES
                    + entry.name.length
                    + 1
                    + (bytes == null ? 2 * Long.BYTES : Integer.BYTES + bytes.length);
            if (out.remaining() < size) {
                throw BspException.user(
                        "the program's %d aggregators do not fit into %d bytes; use fewer, smaller or shorter names",
                        entries.size(), out.capacity());
            }
            out.putShort((short) entry.name.length).put(entry.name).put((byte) entry.code());
            if (bytes != null) {
                out.putInt(bytes.length).put(bytes);
                continue;
            }
            out.putLong(given ? entry.given : entry.before);
            out.putLong(entry.initial);
            if (given) {
                entry.given = identity(entry.how);
            }
        }
    }

    /** Begins to take in what all tasks have given; then {@link #fold} for each, in order. */
    public void beginFold() {
        folded = true;
        for (Entry entry : entries) {
            if (!entry.persistent) {
                if (entry.value == null) {
                    entry.before = identity(entry.how);
                } else {
                    entry.value.clear();
                }
            }
        }
    }

    /** Takes in what one task has written. */
    public void fold(ByteBuffer in) throws BspException {
        int count = in.getInt();
        for (int n = 0; n < count; n++) {
            Entry entry = told(in);
            if (entry.value != null) {
                entry.value.fold(bytes(in));
                continue;
            }
            long value = in.getLong();
            in.getLong();
            entry.before = entry.how.isLong()
                    ? entry.how.fold(entry.before, value)
                    : Double.doubleToRawLongBits(
                            entry.how.fold(Double.longBitsToDouble(entry.before), Double.longBitsToDouble(value)));
        }
    }

    /** Takes over what {@link #writeAll} wrote. */
    public void readAll(ByteBuffer in) throws BspException {
        int count = in.getInt();
        for (int n = 0; n < count; n++) {
            Entry entry = told(in);
            if (entry.value != null) {
                entry.value.read(bytes(in));
            } else {
                entry.before = in.getLong();
                in.getLong();
            }
        }
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    /** The entry that comes next, up to its value; one that nobody has named here is begun. */
    private Entry told(ByteBuffer in) throws BspException {
        byte[] name = new byte[in.getShort()];
        in.get(name);
        int code = in.get();
        boolean persistent = (code & PERSISTENT) != 0;
        Aggregate how = Folds.ofCode(code & ~PERSISTENT);
        if (how == null && (code & ~PERSISTENT) != Folds.VALUE) {
            throw new BspException(BspException.Kind.FATAL, "an aggregator of unknown fold");
        }
        Entry entry = find(name);
        if (entry == null) {
            if (how == null) {
                throw BspException.user(
                        "aggregator '%s' is registered by another task and not by this one",
                        new String(name, StandardCharsets.UTF_8));
            }
            // behind the value, which is read later
            long initial = in.getLong(in.position() + Long.BYTES);
            entry = append(null, name, how, persistent, initial);
        }
        if (entry.how != how || entry.persistent != persistent) {
            throw BspException.user("%s", differs(entry, how, persistent));
        }
        return entry;
    }

    /** Writes what each had, between two supersteps: nothing has been given yet for the next. */
    public void save(ArrayOutput out) throws IOException {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeInt(entry.name.length);
            out.writeBytes(entry.name, entry.name.length);
            out.writeInt(entry.code());
            if (entry.value != null) {
                byte[] bytes = entry.value.bytes();
                out.writeInt(bytes.length);
                out.writeBytes(bytes, bytes.length);
            } else {
                out.writeLong(entry.before);
                out.writeLong(entry.initial);
            }
        }
    }

    /** Takes in what was {@link #save saved}, before the first superstep; those of Writables are registered already. */
    public void restore(ArrayInput in) throws IOException {
        folded = true;
        int registered = entries.size();
        int count = in.readCount("aggregators", MOST_BYTES);
        for (int n = 0; n < count; n++) {
            byte[] name = in.readBytes(new byte[in.readCount("bytes of a name", MOST_BYTES)]);
            int code = in.readInt();
            Aggregate how = Folds.ofCode(code & ~PERSISTENT);
            Entry known = find(name);
            if ((code & ~PERSISTENT) == Folds.VALUE) {
                in.check(known != null && known.value != null, "an aggregator that is not registered");
                known.value.restore(in.readBytes(new byte[in.readCount("bytes of a value", MOST_BYTES)]));
                continue;
            }
            in.check(how != null, "an aggregator of unknown fold");
            in.check(known == null, "an aggregator twice");
            long before = in.readLong();
            append(null, name, how, (code & PERSISTENT) != 0, in.readLong()).before = before;
        }
        in.check(entries.size() <= registered + count, "more aggregators than it says");
    }

    private Entry entry(DoubleAggregator key) {
        Entry known = known(key);
        return known != null
                ? known
                : begin(key, key.name(), key.how(), key.isPersistent(), Double.doubleToRawLongBits(key.initial()));
    }

    private Entry entry(LongAggregator key) {
        Entry known = known(key);
        return known != null ? known : begin(key, key.name(), key.how(), key.isPersistent(), key.initial());
    }

    @SuppressWarnings("unchecked")
    private <A extends Writable> FoldedValue<A> value(ValueAggregator<A> key) {
        Entry known = known(key);
        if (known == null) {
            throw new IllegalStateException(
                    "aggregator '" + key.name() + "' is not known: register it in the program's setup()");
        }
        return (FoldedValue<A>) known.value;
    }

    private Entry known(Object key) {
        if (last != null && last.key == key) {
            return last;
        }
        for (Entry entry : entries) {
            if (entry.key == key) {
                last = entry;
                return entry;
            }
        }
        return null;
    }

    /** First use of a key here; another task, or an equal key, may have used the name before. */
    private Entry begin(Object key, String name, Aggregate how, boolean persistent, long initial) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        Entry entry = find(bytes);
        if (entry == null) {
            return append(key, bytes, how, persistent, initial);
        }
        if (entry.how != how || entry.persistent != persistent) {
            throw new IllegalArgumentException(differs(entry, how, persistent));
        }
        entry.key = key;
        return entry;
    }

    private static String differs(Entry entry, Aggregate how, boolean persistent) {
        return "aggregator '" + entry.text() + "' is used as " + kind(entry.how, entry.persistent) + " and as "
                + kind(how, persistent);
    }

    private static String kind(Aggregate how, boolean persistent) {
        return (persistent ? "persistent " : "") + (how == null ? "Writable" : how);
    }

    private Entry append(Object key, byte[] name, Aggregate how, boolean persistent, long initial) {
        Entry entry = new Entry(key, name, how, persistent, initial);
        entry.before = folded && !persistent ? identity(how) : initial;
        entries.add(entry);
        return entry;
    }

    private Entry find(byte[] name) {
        for (Entry entry : entries) {
            if (Arrays.equals(entry.name, name)) {
                return entry;
            }
        }
        return null;
    }

    private static long identity(Aggregate fold) {
        return fold.isLong() ? fold.identityLong() : Double.doubleToRawLongBits(fold.identityDouble());
    }
}
