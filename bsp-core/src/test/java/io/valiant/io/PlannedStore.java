package io.valiant.io;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** A store of one file in memory whose calls fail by plan; at each failure all bytes that were not forced get lost. */
final class PlannedStore implements FileStore {
    /** How much of a call is done when it fails. */
    enum Fault {
        NOTHING_DONE,
        HALF_DONE,
        ALL_DONE
    }

    /** What is left of a file that is written on. */
    enum Kind {
        /** What was forced; nobody says that the rest was lost: the file has other bytes in their place. */
        SILENT,
        /** What was forced and half of the rest. */
        HALF_KEPT,
        /** Nothing is written on, but a file of which nothing was forced is made anew. */
        NOT_RESUMED
    }

    private final Kind kind;
    private final SortedMap<Integer, Fault> plan;
    private byte[] bytes = new byte[0];
    private int forced;
    private int calls;
    private boolean closed;

    /** @param plan the calls that fail, from 0 */
    PlannedStore(Kind kind, SortedMap<Integer, Fault> plan) {
        this.kind = kind;
        this.plan = plan;
    }

    /** A call of the file's or of the store's that may fail. */
    private interface Call {
        void done(boolean whole);
    }

    private void call(Call call) throws IOException {
        Fault fault = plan.get(calls++);
        if (fault != Fault.NOTHING_DONE) {
            call.done(fault != Fault.HALF_DONE);
        }
        if (fault != null) {
            lose();
            throw new IOException("planned at call " + (calls - 1));
        }
    }

    private void lose() {
        if (kind == Kind.HALF_KEPT) {
            bytes = Arrays.copyOf(bytes, forced + (bytes.length - forced) / 2);
        } else {
            Arrays.fill(bytes, forced, bytes.length, (byte) '?');
        }
    }

    /** The file's bytes. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** Whether all of it is forced, and closed. */
    boolean isDone() {
        return closed && forced == bytes.length;
    }

    /** So many calls were made. */
    int calls() {
        return calls;
    }

    @Override
    public Sink create(String uri) throws BspException {
        return open("make", 0);
    }

    @Override
    public Resumed resume(String uri, long from) throws BspException {
        if (kind == Kind.NOT_RESUMED && from > 0) {
            throw new BspException(BspException.Kind.FATAL, "not written on");
        }
        int kept = kind == Kind.HALF_KEPT && from > 0 ? bytes.length : (int) from;
        return new Resumed(open("write on", kept), kept);
    }

    private Sink open(String what, int length) throws BspException {
        try {
            call(whole -> {
                bytes = Arrays.copyOf(bytes, length);
                forced = Math.min(forced, length);
                closed = false;
            });
            return new PlannedSink();
        } catch (IOException e) {
            throw new StorageException("cannot " + what + ": " + e.getMessage(), e);
        }
    }

    private final class PlannedSink extends Sink {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int count) throws IOException {
            call(whole -> {
                int taken = whole ? count : count / 2;
                int length = bytes.length;
                bytes = Arrays.copyOf(bytes, length + taken);
                System.arraycopy(from, at, bytes, length, taken);
            });
        }

        @Override
        public void force() throws IOException {
            call(whole -> forced = whole ? bytes.length : forced);
        }

        @Override
        public void close() throws IOException {
            call(whole -> closed = whole);
        }
    }

    @Override
    public Entry find(String uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> list(String folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> peek(String folder, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream open(String uri, long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createPrivateFolder(String folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rename(String from, String to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteIfEmpty(String folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void force(String folder) {
        throw new UnsupportedOperationException();
    }
}
