package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.message.SpillFailure;
import io.valiant.message.SpillFile;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Records as bytes in the order of their keys; records with the same key stay in the order in which they were added. Up to
 * a share of the memory is held; above it sorted runs go to the local disk and are merged while they are read. Where there
 * are more runs than can be read at once within the share, some are merged into longer ones before. So a reading takes at
 * most half the share (there may be two at a time: a program's, and that of a checkpoint) and its largest record, whatever
 * there is of records, small or large. First all is added, then {@link #sort} called, then read.
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

    /** Of the share, for reading ahead in one run: with less than some KiB a disk reads in pieces, with more it gains nothing. */
    private static final int AHEAD_PART = 64;

    private static final int LEAST_AHEAD = 4 * 1024;
    private static final int MOST_AHEAD = 64 * 1024;

    private final KeyOrder order;
    private final long share;
    private final int aheadBytes;
    private final Supplier<SpillFile> files;

    /** In the order in which their records were added. */
    private List<SortedRun> runs = new ArrayList<>();

    /** Where the runs are; null while there is none. */
    private SpillFile file;

    private byte[] log = new byte[FIRST_BYTES];
    private int used;
    private int[] index = new int[FIRST_BYTES / HEADER_BYTES / 4];
    private int held;
    private long count;

    /**
     * Empty.
     *
     * @param share bytes that may be held in memory, about; at least 64 KiB are
     * @param files gives new ones for the rest
     */
    SortedRecords(KeyOrder order, long share, Supplier<SpillFile> files) {
        this.order = order;
        this.share = Math.min(Math.max(share, FIRST_BYTES), LARGEST_LOG);
        this.aheadBytes = (int) Math.min(Math.max(this.share / AHEAD_PART, LEAST_AHEAD), MOST_AHEAD);
        this.files = files;
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

    /** Not above the share, unless it is for one record alone. */
    private void room(int needed) {
        if (log.length - used < needed) {
            log = Arrays.copyOf(log, (int) Math.max(Math.min(2L * log.length, share), (long) used + needed));
        }
    }

    private void spillRun() throws SpillFailure {
        sortHeld();
        if (file == null) {
            file = files.get();
        }
        RunWriter run = new RunWriter(file);
        for (int i = 0; i < held; i++) {
            run.add(log, index[i]);
        }
        runs.add(run.end());
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
        while (runs.size() > 2 && readingBytes(runs) > mergeBytes()) {
            mergeOnce();
        }
    }

    /** For one reading. */
    private long mergeBytes() {
        return share / 2;
    }

    private long readingBytes(List<SortedRun> of) {
        long bytes = 0;
        for (SortedRun run : of) {
            bytes += run.readingBytes(aheadBytes);
        }
        return bytes;
    }

    /**
     * Makes fewer and longer runs: of as many in a row as can be read at once, at least two, one. Equal keys keep their order,
     * since only neighbours come together.
     */
    private void mergeOnce() throws SpillFailure {
        List<SortedRun> longer = new ArrayList<>();
        SpillFile into = files.get();
        try {
            for (int first = 0; first < runs.size(); ) {
                int end = first + 1;
                long bytes = runs.get(first).readingBytes(aheadBytes);
                while (end < runs.size()
                        && (end == first + 1 || bytes + runs.get(end).readingBytes(aheadBytes) <= mergeBytes())) {
                    bytes += runs.get(end++).readingBytes(aheadBytes);
                }
                RunWriter run = new RunWriter(into);
                Cursor cursor = new MergedRuns(order, runs.subList(first, end), file, aheadBytes);
                while (cursor.next()) {
                    run.add(cursor.bytes(), cursor.start());
                }
                longer.add(run.end());
                first = end;
            }
        } catch (SpillFailure | RuntimeException e) {
            closeAfter(e, into);
            throw e;
        }
        SpillFile before = file;
        file = into;
        runs = longer;
        before.close();
    }

    private static void closeAfter(Exception failure, SpillFile file) {
        try {
            file.close();
        } catch (SpillFailure e) {
            failure.addSuppressed(e);
        }
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
            if (b >= end || (a < middle && compare(order, log, from[a], log, from[b]) <= 0)) {
                to[i] = from[a++];
            } else {
                to[i] = from[b++];
            }
        }
    }

    /** Compares the keys of two records. */
    static int compare(KeyOrder order, byte[] a, int aAt, byte[] b, int bAt) {
        return order.compare(a, aAt + HEADER_BYTES, getInt(a, aAt), b, bAt + HEADER_BYTES, getInt(b, bAt));
    }

    /** Reads all from the first on. */
    Cursor read() throws SpillFailure {
        return runs.isEmpty() ? new HeldCursor() : new MergedRuns(order, runs, file, aheadBytes);
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

    /** Of lengths and key. */
    static int headLength(byte[] bytes, int at) {
        return HEADER_BYTES + getInt(bytes, at);
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
        if (file != null) {
            file.close();
        }
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
}
