package io.valiant.io;

import io.valiant.bsp.BspException;
import io.valiant.id.AttemptId;
import io.valiant.protocol.OutputPart;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * A task's output part in the job's temporary folder, see {@link OutputCommitter#temporary}. Counts and checks what it
 * writes. Used by one thread.
 */
public final class PartFile implements PartWriter, AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final int task;
    private final String name;
    private final String uri;
    private final FileStore.Sink sink;

    /** Where a file that is given up is removed, which is not tried again. */
    private final FileStores stores;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final CRC32C crc = new CRC32C();
    private int buffered;
    private long length;

    /** Nothing is written any more. */
    private boolean closed;

    /** The file is what it is to be, or has been given up. */
    private boolean settled;

    private PartFile(int task, String name, String uri, FileStore.Sink sink, FileStores stores) {
        this.task = task;
        this.name = name;
        this.uri = uri;
        this.sink = sink;
        this.stores = stores;
    }

    /**
     * Makes the file, or empties what an attempt that did not come to its end left there.
     *
     * @param output the job's output folder
     * @param segment of the part, see {@link OutputCommitter#partName(int, int)}
     */
    public static PartFile create(FileStores stores, String output, AttemptId attempt, long generation, int segment)
            throws BspException {
        String uri = OutputCommitter.temporary(output, attempt.job(), generation, attempt.task(), segment);
        String name = OutputCommitter.partName(attempt.task(), segment);
        return new PartFile(attempt.task(), name, uri, stores.of(output).create(uri), stores.once());
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws BspException {
        if (closed) {
            throw BspException.user("output after the end: %s is closed", uri);
        }
        if (count > buffer.length - buffered) {
            drain();
            if (count >= buffer.length) {
                sinkBytes(bytes, from, count);
                return;
            }
        }
        System.arraycopy(bytes, from, buffer, buffered, count);
        buffered += count;
    }

    @Override
    public long segmentBytes() {
        return length + buffered;
    }

    private void drain() throws BspException {
        int count = buffered;
        buffered = 0;
        sinkBytes(buffer, 0, count);
    }

    private void sinkBytes(byte[] bytes, int from, int count) throws BspException {
        try {
            sink.write(bytes, from, count);
        } catch (IOException e) {
            throw failed(e);
        }
        crc.update(bytes, from, count);
        length += count;
    }

    /** Writes the rest and closes the file; returns when it survives a crash. */
    public OutputPart finish() throws BspException {
        drain();
        closed = true;
        try (sink) {
            sink.force();
        } catch (IOException e) {
            throw failed(e);
        }
        settled = true;
        return new OutputPart(task, uri, name, length, (int) crc.getValue());
    }

    private StorageException failed(IOException e) {
        return new StorageException("cannot write " + uri + ": " + e.getMessage(), e);
    }

    /**
     * Writes no more: what was written does not count. It is there until it is {@link #close closed}. Nothing happens after
     * {@link #finish}.
     */
    public void giveUp() throws BspException {
        if (settled) {
            return;
        }
        try {
            closeSink();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Gives the file up and removes it. Nothing happens after {@link #finish}. */
    @Override
    public void close() throws BspException {
        if (settled) {
            return;
        }
        try {
            giveUp();
        } catch (BspException e) {
            settled = true;
            remove(e);
            throw e;
        }
        settled = true;
        stores.of(uri).delete(uri);
    }

    private void closeSink() throws IOException {
        if (!closed) {
            closed = true;
            sink.close();
        }
    }

    private void remove(BspException failure) {
        try {
            stores.of(uri).delete(uri);
        } catch (BspException e) {
            failure.addSuppressed(e);
        }
    }
}
