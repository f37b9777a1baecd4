package io.valiant.graph.engine;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.BspException;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A task's aggregators: what it has given to each in this superstep, and what each had over all tasks in the one before.
 * An aggregator takes its place here when the program first names it; tasks know each other's by name. Doubles are kept as
 * their bits.
 */
final class Aggregates {
    /** More than names or their number can be, since all are told at a barrier. */
    private static final int MOST_BYTES = 1 << 16;

    private Object[] keys = new Object[4];
    private byte[][] names = new byte[4][];
    private Aggregate[] how = new Aggregate[4];
    private long[] given = new long[4];
    private long[] before = new long[4];
    private int size;

    /** A superstep is over: an aggregator named from now on had no values in it, whatever superstep 0 is to see. */
    private boolean folded;

    void add(DoubleAggregator key, double value) {
        int i = place(key);
        given[i] = Double.doubleToRawLongBits(key.how().fold(Double.longBitsToDouble(given[i]), value));
    }

    void add(LongAggregator key, long value) {
        int i = place(key);
        given[i] = key.how().fold(given[i], value);
    }

    double get(DoubleAggregator key) {
        return Double.longBitsToDouble(before[place(key)]);
    }

    long get(LongAggregator key) {
        return before[place(key)];
    }

    /** Writes what this task has given, and forgets it. */
    void write(ByteBuffer out) throws BspException {
        out.putInt(size);
        for (int i = 0; i < size; i++) {
            if (out.remaining() < names[i].length + 1 + Short.BYTES + Long.BYTES) {
                throw BspException.user(
                        "the program's %d aggregators do not fit into %d bytes; use fewer or shorter names",
                        size, out.capacity());
            }
            out.putShort((short) names[i].length).put(names[i]);
            out.put(code(how[i])).putLong(given[i]);
            given[i] = identity(how[i]);
        }
    }

    /** Begins to take in what all tasks have given; then {@link #fold} for each, in order. */
    void beginFold() {
        folded = true;
        for (int i = 0; i < size; i++) {
            before[i] = identity(how[i]);
        }
    }

    /** Takes in what one task has written. */
    void fold(ByteBuffer in) throws BspException {
        int count = in.getInt();
        for (int n = 0; n < count; n++) {
            byte[] name = new byte[in.getShort()];
            in.get(name);
            Aggregate fold = ofCode(in.get());
            if (fold == null) {
                throw new BspException(BspException.Kind.FATAL, "an aggregator of unknown fold");
            }
            long value = in.getLong();
            int i = named(name, fold);
            before[i] = fold.isLong()
                    ? fold.fold(before[i], value)
                    : Double.doubleToRawLongBits(
                            fold.fold(Double.longBitsToDouble(before[i]), Double.longBitsToDouble(value)));
        }
    }

    /** Writes what each had, between two supersteps: nothing has been given yet for the next. */
    void save(ArrayOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeInt(names[i].length);
            out.writeBytes(names[i], names[i].length);
            out.writeInt(code(how[i]));
            out.writeLong(before[i]);
        }
    }

    /** Takes in what was {@link #save saved}, before the first superstep. */
    void restore(ArrayInput in) throws IOException {
        folded = true;
        int count = in.readCount("aggregators", MOST_BYTES);
        for (int n = 0; n < count; n++) {
            byte[] name = in.readBytes(new byte[in.readCount("bytes of a name", MOST_BYTES)]);
            Aggregate fold = ofCode(in.readInt());
            long value = in.readLong();
            in.check(fold != null, "an aggregator of unknown fold");
            for (int i = 0; i < size; i++) {
                in.check(!Arrays.equals(names[i], name), "an aggregator twice");
            }
            before[append(null, name, fold, value)] = value;
        }
    }

    private int place(DoubleAggregator key) {
        int i = known(key);
        return i >= 0 ? i : begin(key, key.name(), key.how(), Double.doubleToRawLongBits(key.initial()));
    }

    private int place(LongAggregator key) {
        int i = known(key);
        return i >= 0 ? i : begin(key, key.name(), key.how(), key.initial());
    }

    private int known(Object key) {
        for (int i = 0; i < size; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    /** First use of a key here; another task, or an equal key, may have used the name before. */
    private int begin(Object key, String name, Aggregate fold, long initial) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < size; i++) {
            if (Arrays.equals(names[i], bytes)) {
                if (how[i] != fold) {
                    throw new IllegalArgumentException(
                            "aggregator '" + name + "' is used as " + how[i] + " and as " + fold);
                }
                keys[i] = key;
                return i;
            }
        }
        return append(key, bytes, fold, initial);
    }

    private int named(byte[] name, Aggregate fold) throws BspException {
        for (int i = 0; i < size; i++) {
            if (Arrays.equals(names[i], name)) {
                if (how[i] != fold) {
                    throw BspException.user(
                            "aggregator '%s' is used as %s and as %s",
                            new String(name, StandardCharsets.UTF_8), how[i], fold);
                }
                return i;
            }
        }
        return append(null, name, fold, identity(fold));
    }

    private int append(Object key, byte[] name, Aggregate fold, long initial) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            names = Arrays.copyOf(names, 2 * size);
            how = Arrays.copyOf(how, 2 * size);
            given = Arrays.copyOf(given, 2 * size);
            before = Arrays.copyOf(before, 2 * size);
        }
        keys[size] = key;
        names[size] = name;
        how[size] = fold;
        given[size] = identity(fold);
        before[size] = folded ? identity(how[size]) : initial;
        return size++;
    }

    /** How a fold is written. */
    private static byte code(Aggregate fold) {
        return switch (fold) {
            case LONG_SUM -> 0;
            case LONG_MIN -> 1;
            case LONG_MAX -> 2;
            case DOUBLE_SUM -> 3;
            case DOUBLE_MIN -> 4;
            case DOUBLE_MAX -> 5;
        };
    }

    /** Null if there is none of that code. */
    private static Aggregate ofCode(int code) {
        return switch (code) {
            case 0 -> Aggregate.LONG_SUM;
            case 1 -> Aggregate.LONG_MIN;
            case 2 -> Aggregate.LONG_MAX;
            case 3 -> Aggregate.DOUBLE_SUM;
            case 4 -> Aggregate.DOUBLE_MIN;
            case 5 -> Aggregate.DOUBLE_MAX;
            default -> null;
        };
    }

    private static long identity(Aggregate fold) {
        return fold.isLong() ? fold.identityLong() : Double.doubleToRawLongBits(fold.identityDouble());
    }
}
