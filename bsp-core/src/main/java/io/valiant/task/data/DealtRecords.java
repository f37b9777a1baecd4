package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.message.SpillFailure;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/** The records that came to this task by their keys, in the order of these. */
final class DealtRecords extends OpenInput {
    private final SortedRecords store;
    private final Pair pair;
    private final Bytes bytes = new Bytes();
    private SortedRecords.Cursor cursor;
    private long read;
    private boolean atRecord;

    DealtRecords(String name, RecordType type, SortedRecords store) {
        super(name, type);
        this.store = store;
        this.pair = new Pair(type);
    }

    @Override
    boolean advance() throws BspException {
        atRecord = step();
        if (atRecord) {
            int start = cursor.start();
            int keyLength = SortedRecords.getInt(cursor.bytes(), start);
            int valueLength = SortedRecords.getInt(cursor.bytes(), start + Integer.BYTES);
            int key = start + SortedRecords.HEADER_BYTES;
            fill(pair.key(), key, keyLength);
            fill(pair.value(), key + keyLength, valueLength);
        }
        return atRecord;
    }

    private boolean step() throws SpillFailure {
        if (cursor == null) {
            cursor = store.read();
            read = 0;
        }
        if (read < store.count() && cursor.next()) {
            read++;
            return true;
        }
        return false;
    }

    private void fill(Writable into, int from, int length) throws BspException {
        try {
            bytes.fill(into, cursor.bytes(), from, length);
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "record " + read + " of input '" + name()
                            + "' does not read as it was written: write and readFields of "
                            + into.getClass().getName() + " must use the same bytes (" + e.getMessage() + ")",
                    e);
        }
    }

    @Override
    void rewind() {
        cursor = null;
        read = 0;
        atRecord = false;
    }

    @Override
    void save(DataOutput out) throws IOException {
        out.writeLong(read);
        out.writeBoolean(atRecord);
    }

    @Override
    void restore(DataInput in) throws IOException, BspException {
        long behind = in.readLong();
        boolean current = in.readBoolean();
        if (behind < 0 || behind > store.count()) {
            throw new IOException("the input stood behind record " + behind + " of " + store.count());
        }
        while (read < behind - 1 && step()) {
            atRecord = false;
        }
        if (behind > 0) {
            boolean unused = advance();
        }
        atRecord = current;
    }

    @Override
    public Writable key() {
        checkCurrent();
        return pair.key();
    }

    @Override
    public Writable value() {
        checkCurrent();
        return pair.value();
    }

    @Override
    public String text() {
        return key() + "\t" + value();
    }

    @Override
    public String position() {
        checkCurrent();
        return "input '" + name() + "' by key:" + read;
    }

    private void checkCurrent() {
        if (!atRecord) {
            throw new IllegalStateException(
                    "there is no current record: call next() first, and only while it says true");
        }
    }

    /** Which file it was in is not known any more. */
    @Override
    void tellRecord(Throwable failure) {}

    @Override
    void close() {
        cursor = null;
    }
}
