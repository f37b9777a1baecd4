package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Records;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/** An input that a program has asked for. It may be a join's: then only that moves it. */
abstract class OpenInput implements Records<Writable, Writable> {
    private final String name;
    private final RecordType type;
    private boolean joined;

    OpenInput(String name, RecordType type) {
        this.name = name;
        this.type = type;
    }

    final String name() {
        return name;
    }

    final RecordType type() {
        return type;
    }

    /** From now on a join moves it. */
    final void join() {
        joined = true;
    }

    final boolean isJoined() {
        return joined;
    }

    @Override
    public final boolean next() throws BspException {
        if (joined) {
            throw BspException.user("input '%s' is part of a join, which reads it: ask the join for the next", name);
        }
        return advance();
    }

    @Override
    public final void reopen() throws BspException {
        if (joined) {
            throw BspException.user("input '%s' is part of a join, which reads it: it cannot be reopened", name);
        }
        rewind();
    }

    /** Moves to the next record, for whoever may. */
    abstract boolean advance() throws BspException;

    /** To the beginning. */
    abstract void rewind();

    /** Where it stands. */
    abstract void save(DataOutput out) throws IOException;

    /** Goes on where it stood. */
    abstract void restore(DataInput in) throws IOException, BspException;

    /** Tells with a failure at which record it came; nothing if there is no current one. */
    abstract void tellRecord(Throwable failure);

    abstract void close();
}
