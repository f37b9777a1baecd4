package io.valiant.io;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A file whose writing is gone on with where it broke off. What is not forced yet is held in memory, and written again from
 * the byte on that the file turns out to have; so that no more than a few MiB have to be held, it is forced now and then. A
 * force that failed is never asked for again without the bytes: a disk may have dropped them and say nothing the second time.
 * Used by one thread.
 */
final class RetryingSink extends FileStore.Sink {
    private static final int FIRST_HELD_BYTES = 64 << 10;

    private final FileStore store;
    private final Retry retry;
    private final String uri;
    private final int mostHeld;

    /** Null: it broke off. */
    private FileStore.Sink sink;

    /** Why it broke off last. */
    private IOException reason;

    /** Bytes from the file's start that are safe. */
    private long forced;

    /** The bytes behind those, so many. */
    private byte[] held;

    private int heldCount;

    /** So many of those held the sink has taken. */
    private int passed;

    /** Whether its writer asked for a force after its last byte: what is closed otherwise is given up. */
    private boolean complete;

    /**
     * @param begun the file as it was opened
     * @param mostHeld bytes in memory
     */
    RetryingSink(FileStore store, Retry retry, String uri, FileStore.Resumed begun, int mostHeld) {
        this.store = store;
        this.retry = retry;
        this.uri = uri;
        this.mostHeld = mostHeld;
        this.held = new byte[Math.min(FIRST_HELD_BYTES, mostHeld)];
        this.sink = begun.sink();
        this.forced = begun.position();
    }

    /** Done again from its beginning when the store was away amid it. */
    private interface Step {
        void run() throws IOException, BspException;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        complete = false;
        int at = from;
        int left = count;
        while (left > 0) {
            if (heldCount == mostHeld) {
                forceHeld();
            }
            int step = Math.min(left, mostHeld - heldCount);
            hold(bytes, at, step);
            again(this::pass);
            at += step;
            left -= step;
        }
    }

    private void hold(byte[] bytes, int from, int count) {
        if (heldCount + count > held.length) {
            int room = Math.max(heldCount + count, 2 * held.length);
            held = Arrays.copyOf(held, Math.min(room, mostHeld));
        }
        System.arraycopy(bytes, from, held, heldCount, count);
        heldCount += count;
    }

    @Override
    public void force() throws IOException {
        forceHeld();
        complete = true;
    }

    private void forceHeld() throws IOException {
        again(() -> {
            pass();
            sink.force();
        });
        forced += heldCount;
        heldCount = 0;
        passed = 0;
    }

    /** Gives the sink what it has not taken yet. */
    private void pass() throws IOException, BspException {
        reopen();
        if (passed < heldCount) {
            sink.write(held, passed, heldCount - passed);
            passed = heldCount;
        }
    }

    private void reopen() throws IOException, BspException {
        if (sink != null) {
            return;
        }
        FileStore.Resumed resumed = store.resume(uri, forced);
        sink = resumed.sink();
        long there = resumed.position() - forced;
        if (there < 0 || there > heldCount) {
            throw new IOException("it has " + resumed.position() + " bytes, but " + forced + " are safe and "
                    + heldCount + " were written behind them");
        }
        passed = (int) there;
    }

    private void again(Step step) throws IOException {
        try {
            Boolean unused = retry.call(() -> {
                attempt(step);
                return true;
            });
        } catch (StorageException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getMessage(), e);
        } catch (BspException e) {
            // This file cannot be gone on with at all; what matters as much is why it would have to be.
            e.addSuppressed(reason);
            throw new IOException(e.getMessage(), e);
        }
    }

    private void attempt(Step step) throws BspException {
        try {
            step.run();
        } catch (IOException e) {
            reason = e;
            drop(e);
            throw new StorageException("cannot write " + uri + ": " + e.getMessage(), e);
        }
    }

    private void drop(IOException broken) {
        FileStore.Sink old = sink;
        sink = null;
        try {
            old.close();
        } catch (IOException e) {
            broken.addSuppressed(e);
        }
    }

    /** A file that is complete is closed as surely as it was written; another is given up, and nothing is tried again. */
    @Override
    public void close() throws IOException {
        if (complete) {
            again(() -> {
                reopen();
                sink.close();
            });
        } else if (sink != null) {
            sink.close();
        }
    }
}
