package io.valiant.io;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A store whose calls are tried again for a while when it is away, and whose files are opened again where reading or writing
 * broke off. Safe in any thread.
 */
final class RetryingStore implements FileStore {
    /** Of a file that is written; it is forced as often as so much is held. */
    private static final int MOST_HELD_BYTES = 4 << 20;

    private final FileStore store;
    private final Retry retry;

    RetryingStore(FileStore store, Retry retry) {
        this.store = store;
        this.retry = retry;
    }

    /** A call without an answer. */
    private interface Action {
        void run() throws BspException;
    }

    private void run(Action action) throws BspException {
        Boolean unused = retry.call(() -> {
            action.run();
            return true;
        });
    }

    @Override
    public Entry find(String uri) throws BspException {
        return retry.call(() -> store.find(uri));
    }

    @Override
    public List<Entry> list(String folder) throws BspException {
        return retry.call(() -> store.list(folder));
    }

    @Override
    public List<Entry> peek(String folder, int most) throws BspException {
        return retry.call(() -> store.peek(folder, most));
    }

    @Override
    public InputStream open(String uri, long offset) throws BspException {
        return new Stream(uri, offset);
    }

    @Override
    public Sink create(String uri) throws BspException {
        return goingOn(uri, new Resumed(retry.call(() -> store.create(uri)), 0));
    }

    @Override
    public Resumed resume(String uri, long forced) throws BspException {
        Resumed resumed = retry.call(() -> store.resume(uri, forced));
        return new Resumed(goingOn(uri, resumed), resumed.position());
    }

    private Sink goingOn(String uri, Resumed begun) {
        return new RetryingSink(store, retry, uri, begun, MOST_HELD_BYTES);
    }

    @Override
    public void createPrivateFolder(String folder) throws BspException {
        run(() -> store.createPrivateFolder(folder));
    }

    @Override
    public void rename(String from, String to) throws BspException {
        run(new Rename(from, to));
    }

    @Override
    public void delete(String uri) throws BspException {
        run(() -> store.delete(uri));
    }

    @Override
    public void deleteIfEmpty(String folder) throws BspException {
        run(() -> store.deleteIfEmpty(folder));
    }

    @Override
    public void force(String folder) throws BspException {
        run(() -> store.force(folder));
    }

    /** A rename that was carried out though its answer was lost must not fail when it is done again. */
    private final class Rename implements Action {
        private final String from;
        private final String to;
        private boolean again;

        private Rename(String from, String to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void run() throws BspException {
            boolean done = again && store.find(from) == null && store.find(to) != null;
            again = true;
            if (!done) {
                store.rename(from, to);
            }
        }
    }

    /** Reads on from where it was in a new stream when the old one breaks. Used by one thread. */
    private final class Stream extends InputStream {
        private final String uri;
        private long position;
        private InputStream in;

        private Stream(String uri, long offset) throws BspException {
            this.uri = uri;
            this.position = offset;
            this.in = retry.call(() -> store.open(uri, offset));
        }

        /** One read; every try but the first opens the file anew. */
        private interface Read {
            int from(InputStream stream) throws IOException;
        }

        private int read(Read read) throws IOException {
            try {
                return retry.call(() -> tryOnce(read));
            } catch (BspException e) {
                throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getMessage(), e);
            }
        }

        private int tryOnce(Read read) throws BspException {
            if (in == null) {
                in = store.open(uri, position);
            }
            try {
                return read.from(in);
            } catch (IOException e) {
                drop(e);
                throw new StorageException("cannot read " + uri + " at byte " + position + ": " + e.getMessage(), e);
            }
        }

        private void drop(IOException broken) {
            try {
                in.close();
            } catch (IOException e) {
                broken.addSuppressed(e);
            }
            in = null;
        }

        @Override
        public int read() throws IOException {
            int value = read(InputStream::read);
            position += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int step = read(stream -> stream.read(into, from, count));
            position += Math.max(0, step);
            return step;
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
