package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.message.SpillFailure;
import io.valiant.message.SpillFile;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records as bytes in the order of their keys; records with the same key stay in the order in which they were added. Up to
 * a share of the memory is held; above it sorted runs go to the local disk and are merged while they are read. First all is
 * added, then {@link #sort} called, then read.
 *
 * <pre>
 * record   length of the key (int), length of the value (int), key, value
 * </pre>
 */
final class SortedRecords implements AutoCloseable {
    static final int HEADER_BYTES = 2 * Integer.BYTES;

    private static final int FIRST_BYTES = 64 * 1024;
    private static final int LARGEST_LOG = 1 << 30;

    /** Of a record in the index. */
    private static final int INDEX_BYTES = 2 * Integer.BYTES;

    private final KeyOrder order;
    private final long share;
    private final SpillFile spill;
    private final List<SortedRun> runs = new ArrayList<>();
    private byte[] log = new byte[FIRST_BYTES];
    private int used;
    private int[] index = new int[FIRST_BYTES / HEADER_BYTES / 4];
    private int held;
    private long count;

    /**
     * Empty.
     *
     * @param share bytes that may be held in memory, about
     * @param spill for the rest; closed with this
     */
    SortedRecords(KeyOrder order, long share, SpillFile spill) {
        this.order = order;
        this.share = Math.min(Math.max(share, FIRST_BYTES), LARGEST_LOG);
        this.spill = spill;
    }

    /** How many. */
    long count() {
        return count;
    }

    /** Adds a record from a stream that holds key and value next. */
    void add(int keyLength, int valueLength, DataInput from) throws IOException, SpillFailure {
        if (keyLength < 0 || valueLength < 0 || (long) keyLength + valueLength > LARGEST_LOG - HEADER_BYTES) {
            throw new IOException("a record has a key of " + keyLength + " and a value of " + valueLength + " bytes");
        }
        int needed = HEADER_BYTES + keyLength + valueLength;
        if (held > 0 && (long) used + needed + (long) held * INDEX_BYTES > share) {
            spillRun();
        }
        room(needed);
        putInt(log, used, keyLength);
        putInt(log, used + Integer.BYTES, valueLength);
        from.readFully(log, used + HEADER_BYTES, keyLength + valueLength);
        if (held == index.length) {
            index = Arrays.copyOf(index, 2 * held);
        }
        index[held++] = used;
        used += needed;
        count++;
    }

    private void room(int needed) {
        if (log.length - used < needed) {
            long wanted = Math.max(2L * log.length, (long) used + needed);
            log = Arrays.copyOf(log, (int) Math.max(Math.min(wanted, LARGEST_LOG), (long) used + needed));
        }
    }

    private void spillRun() throws SpillFailure {
        sortHeld();
        ByteBuffer out = ByteBuffer.allocate(FIRST_BYTES);
        long from = -1;
        long to = 0;
        for (int i = 0; i < held; i++) {
            int at = index[i];
            int length = recordLength(log, at);
            for (int done = 0; done < length; ) {
                int step = Math.min(length - done, out.remaining());
                out.put(log, at + done, step);
                done += step;
                if (!out.hasRemaining() || (i == held - 1 && done == length)) {
                    out.flip();
                    int bytes = out.remaining();
                    long where = spill.append(out);
                    from = from < 0 ? where : from;
                    to = where + bytes;
                    out.clear();
                }
            }
        }
        runs.add(new SortedRun(from, to));
        used = 0;
        held = 0;
    }

    /** Ends adding. */
    void sort() throws SpillFailure {
        if (runs.isEmpty()) {
            sortHeld();
            return;
        }
        if (held > 0) {
            spillRun();
        }
        log = new byte[0];
        index = new int[0];
    }

    /** A merge sort of the index, which keeps the order of equal keys. */
    private void sortHeld() {
        int[] from = index;
        int[] to = new int[index.length];
        for (long width = 1; width < held; width *= 2) {
            for (long left = 0; left < held; left += 2 * width) {
                int middle = (int) Math.min(left + width, held);
                merge(from, to, (int) left, middle, (int) Math.min(left + 2 * width, held));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        index = from;
    }

    private void merge(int[] from, int[] to, int left, int middle, int end) {
        int a = left;
        int b = middle;
        for (int i = left; i < end; i++) {
            if (b >= end || (a < middle && compare(log, from[a], log, from[b]) <= 0)) {
                to[i] = from[a++];
            } else {
                to[i] = from[b++];
            }
        }
    }

    private int compare(byte[] a, int aAt, byte[] b, int bAt) {
        return order.compare(a, aAt + HEADER_BYTES, getInt(a, aAt), b, bAt + HEADER_BYTES, getInt(b, bAt));
    }

    /** Reads all from the first on. */
    Cursor read() throws SpillFailure {
        return runs.isEmpty() ? new HeldCursor() : new MergingCursor();
    }

    /** Writes all, in order. */
    void save(DataOutput out) throws IOException, SpillFailure {
        out.writeLong(count);
        Cursor cursor = read();
        while (cursor.next()) {
            out.write(cursor.bytes(), cursor.start(), recordLength(cursor.bytes(), cursor.start()));
        }
    }

    /** Adds what {@link #save} wrote. */
    void restore(DataInputStream in) throws IOException, BspException {
        for (long left = in.readLong(); left > 0; left--) {
            add(in.readInt(), in.readInt(), in);
        }
        sort();
    }

    static int recordLength(byte[] bytes, int at) {
        return HEADER_BYTES + getInt(bytes, at) + getInt(bytes, at + Integer.BYTES);
    }

    static int getInt(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }

    private static void putInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    @Override
    public void close() throws SpillFailure {
        spill.close();
    }

    /** One reading. The current record is {@code bytes()} from {@code start()} on. */
    interface Cursor {
        boolean next() throws SpillFailure;

        byte[] bytes();

        int start();
    }

    private final class HeldCursor implements Cursor {
        private int at = -1;

        @Override
        public boolean next() {
            at = Math.min(at + 1, held);
            return at < held;
        }

        @Override
        public byte[] bytes() {
            return log;
        }

        @Override
        public int start() {
            return index[at];
        }
    }

    /** The lowest of the runs' heads; of equal keys that of the earliest run. */
    private final class MergingCursor implements Cursor {
        private final List<SortedRun.Head> heads = new ArrayList<>();
        private SortedRun.Head current;

        private MergingCursor() throws SpillFailure {
            for (SortedRun run : runs) {
                SortedRun.Head head = run.read(spill);
                if (head.next()) {
                    heads.add(head);
                }
            }
            for (int i = heads.size() / 2 - 1; i >= 0; i--) {
                sink(i);
            }
        }

        @Override
        public boolean next() throws SpillFailure {
            if (current != null) {
                if (!current.next()) {
                    SortedRun.Head last = heads.remove(heads.size() - 1);
                    if (last != current) {
                        heads.set(0, last);
                    }
                }
                if (!heads.isEmpty()) {
                    sink(0);
                }
            }
            current = heads.isEmpty() ? null : heads.get(0);
            return current != null;
        }

        /** Puts the head of that place where it belongs among those below it. */
        private void sink(int place) {
            SortedRun.Head moved = heads.get(place);
            int hole = place;
            while (2 * hole + 1 < heads.size()) {
                int child = 2 * hole + 1;
                if (child + 1 < heads.size() && isBefore(heads.get(child + 1), heads.get(child))) {
                    child++;
                }
                if (!isBefore(heads.get(child), moved)) {
                    break;
                }
                heads.set(hole, heads.get(child));
                hole = child;
            }
            heads.set(hole, moved);
        }

        private boolean isBefore(SortedRun.Head a, SortedRun.Head b) {
            int compared = compare(a.bytes(), a.start(), b.bytes(), b.start());
            return compared < 0 || (compared == 0 && a.isOfEarlierRunThan(b));
        }

        @Override
        public byte[] bytes() {
            return current.bytes();
        }

        @Override
        public int start() {
            return current.start();
        }
    }
}
