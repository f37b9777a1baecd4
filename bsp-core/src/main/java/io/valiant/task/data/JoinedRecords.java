package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Join;
import io.valiant.bsp.Joined;
import io.valiant.bsp.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Writable;

/**
 * A merge join of sorted inputs. The values of the current key are held in memory, of all inputs. What is counted are
 * combinations given, by which it goes on after a roll-back.
 */
final class JoinedRecords implements Joined<Writable> {
    private final Join how;
    private final List<JoinHead> heads = new ArrayList<>();
    private final Writable key;
    private final Bytes keyBytes = new Bytes();

    /** Which value of each input is in the current combination; -1: none. */
    private final int[] at;

    private boolean begun;
    private boolean current;
    private long given;

    JoinedRecords(Join how, List<OpenInput> inputs, Types types) throws BspException {
        this.how = how;
        RecordType first = inputs.get(0).type();
        for (OpenInput input : inputs) {
            if (input.type().keyClass() != first.keyClass()) {
                throw BspException.user(
                        "inputs '%s' and '%s' cannot be joined: their keys are of %s and %s",
                        inputs.get(0).name(),
                        input.name(),
                        first.keyClass().getName(),
                        input.type().keyClass().getName());
            }
            heads.add(new JoinHead(input, KeyOrder.of(first.keyClass(), types)));
        }
        this.key = first.makeKey();
        this.at = new int[heads.size()];
        inputs.forEach(OpenInput::join);
    }

    /** How many combinations have been given. */
    long given() {
        return given;
    }

    /** Goes on behind so many combinations. */
    void restore(long behind) throws BspException, IOException {
        while (given < behind) {
            if (!next()) {
                throw new IOException("the join stood behind combination " + behind + " of " + given);
            }
        }
    }

    @Override
    public boolean next() throws BspException {
        if (!begun) {
            begun = true;
            for (JoinHead head : heads) {
                head.begin();
            }
        }
        current = (current && step()) || nextKey();
        given += current ? 1 : 0;
        return current;
    }

    /** The next combination of the current key; the last input's values change first. */
    private boolean step() throws BspException {
        for (int i = heads.size() - 1; i >= 0; i--) {
            if (at[i] >= 0 && at[i] + 1 < heads.get(i).count()) {
                show(i, at[i] + 1);
                for (int later = i + 1; later < heads.size(); later++) {
                    if (at[later] > 0) {
                        show(later, 0);
                    }
                }
                return true;
            }
        }
        return false;
    }

    private void show(int input, int number) throws BspException {
        at[input] = number;
        heads.get(input).show(number);
    }

    private boolean nextKey() throws BspException {
        while (takeLowest()) {
            int last = -1;
            boolean all = true;
            for (int i = 0; i < heads.size(); i++) {
                boolean has = heads.get(i).count() > 0;
                all &= has;
                last = has ? i : last;
            }
            if (how == Join.INNER && !all) {
                continue;
            }
            for (int i = 0; i < heads.size(); i++) {
                at[i] = -1;
                if (heads.get(i).count() > 0 && (how != Join.OVERRIDE || i == last)) {
                    show(i, 0);
                }
            }
            fillKey();
            return true;
        }
        return false;
    }

    /** Takes the values of the lowest key from all inputs; false if there is none any more. */
    private boolean takeLowest() throws BspException {
        JoinHead lowest = null;
        for (JoinHead head : heads) {
            if (head.isOpen() && (lowest == null || head.compareTo(lowest) < 0)) {
                lowest = head;
            }
        }
        if (lowest == null) {
            return false;
        }
        keyBytes.hold(lowest.key().array(), 0, lowest.key().size());
        for (JoinHead head : heads) {
            head.take(keyBytes);
        }
        return true;
    }

    private void fillKey() throws BspException {
        try {
            keyBytes.fill(key);
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "a key does not read as it was written: write and readFields of "
                            + key.getClass().getName() + " must use the same bytes",
                    e);
        }
    }

    @Override
    public Writable key() {
        checkCurrent();
        return key;
    }

    @Override
    public boolean has(Records<Writable, ?> input) {
        checkCurrent();
        return at[indexOf(input)] >= 0;
    }

    @SuppressWarnings("unchecked")
    @Override
    public <V extends Writable> V value(Records<Writable, V> input) {
        checkCurrent();
        int index = indexOf(input);
        return at[index] < 0 ? null : (V) heads.get(index).value();
    }

    private int indexOf(Records<Writable, ?> input) {
        for (int i = 0; i < heads.size(); i++) {
            if (heads.get(i).input() == input) {
                return i;
            }
        }
        throw new IllegalArgumentException("that input is not in this join");
    }

    private void checkCurrent() {
        if (!current) {
            throw new IllegalStateException(
                    "there is no current combination: call next() first, and only while it says true");
        }
    }
}
