package io.valiant.task.data;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.io.Writable;

/** One input of a join: the record it stands at, and its values of the key that is being joined. */
final class JoinHead {
    private final OpenInput input;
    private final KeyOrder order;
    private final Bytes key = new Bytes();
    private final Bytes before = new Bytes();
    private final Bytes bytes = new Bytes();
    private final Writable current;

    /** Values of the key that is being joined, one behind the other. */
    private byte[] log = new byte[1024];

    private int used;
    private int[] ends = new int[16];
    private int count;
    private boolean open;

    JoinHead(OpenInput input, KeyOrder order) throws BspException {
        this.input = input;
        this.order = order;
        this.current = input.type().makeValue();
    }

    OpenInput input() {
        return input;
    }

    /** To the first record. */
    void begin() throws BspException {
        input.rewind();
        open = true;
        before.reset();
        advance();
    }

    /** Whether it stands at a record. */
    boolean isOpen() {
        return open;
    }

    Bytes key() {
        return key;
    }

    int compareTo(JoinHead other) {
        return order.compare(key.array(), 0, key.size(), other.key.array(), 0, other.key.size());
    }

    private void advance() throws BspException {
        boolean first = key.size() == 0 && before.size() == 0;
        before.hold(key.array(), 0, key.size());
        open = input.advance();
        if (!open) {
            return;
        }
        hold(input.key(), key);
        if (!first && order.compare(before.array(), 0, before.size(), key.array(), 0, key.size()) > 0) {
            throw BspException.user(
                    "input '%s' does not come in the order of its keys, as a join wants it: '%s' at %s follows a higher key;"
                            + " deal it out by hash or range",
                    input.name(), input.key(), input.position());
        }
    }

    private void hold(Writable value, Bytes into) throws BspException {
        try {
            into.hold(value);
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "a record of input '" + input.name() + "' cannot be held: " + e.getMessage(),
                    e);
        }
    }

    /** Takes all values of a key, which its own is not lower than; none if it is higher or there is no more. */
    void take(Bytes wanted) throws BspException {
        used = 0;
        count = 0;
        while (open && order.compare(key.array(), 0, key.size(), wanted.array(), 0, wanted.size()) == 0) {
            hold(input.value(), bytes);
            add();
            advance();
        }
    }

    private void add() throws BspException {
        if ((long) used + bytes.size() > Integer.MAX_VALUE - 16) {
            throw BspException.user("input '%s' has more than 2 GiB of values of one key", input.name());
        }
        if (log.length - used < bytes.size()) {
            log = Arrays.copyOf(
                    log, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(2L * log.length, (long) used + bytes.size())));
        }
        System.arraycopy(bytes.array(), 0, log, used, bytes.size());
        used += bytes.size();
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = used;
    }

    /** How many values of the key that is being joined. */
    int count() {
        return count;
    }

    /** Fills the object that programs see with one of them. */
    void show(int number) throws BspException {
        int from = number == 0 ? 0 : ends[number - 1];
        try {
            bytes.fill(current, log, from, ends[number] - from);
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "a value of input '" + input.name() + "' does not read as it was written: write and readFields of "
                            + current.getClass().getName() + " must use the same bytes",
                    e);
        }
    }

    Writable value() {
        return current;
    }
}
