package io.valiant.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.Syncable;

/** Files by the scheme {@code breaking}: streams as those of HDFS are when the name node goes away amid a call. */
public final class BreakingFileSystem extends RawLocalFileSystem {
    /** What was to be removed. */
    static final List<String> DELETED = new CopyOnWriteArrayList<>();

    /** So many streams are being read, and folders listed. */
    static final AtomicInteger OPEN = new AtomicInteger();

    @Override
    public URI getUri() {
        return URI.create("breaking:///");
    }

    @Override
    public String getScheme() {
        return "breaking";
    }

    @Override
    protected void checkPath(Path path) {}

    @Override
    public FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
        return new FSDataOutputStream(new Writing(), null);
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        DELETED.add(path.toUri().toString());
        return true;
    }

    @Override
    public FileStatus getFileStatus(Path path) {
        return new FileStatus(0, false, 1, 1, 0, path);
    }

    @Override
    public RemoteIterator<FileStatus> listStatusIterator(Path folder) {
        return new Listing(folder);
    }

    /** Of a folder without end. */
    private static final class Listing implements RemoteIterator<FileStatus>, Closeable {
        private final Path folder;
        private int taken;

        private Listing(Path folder) {
            this.folder = folder;
            OPEN.incrementAndGet();
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public FileStatus next() {
            taken++;
            return new FileStatus(0, false, 1, 1, 0, new Path(folder, "part-" + taken));
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) {
        return new FSDataInputStream(new Reading());
    }

    /** Says the same exception, the very object, in each call once it is broken. */
    private static final class Writing extends OutputStream implements Syncable {
        private final IOException broken = new EOFException("the name node hung up");

        @Override
        public void write(int value) {}

        @Override
        public void hflush() throws IOException {
            throw broken;
        }

        @Override
        public void hsync() throws IOException {
            throw broken;
        }

        @Override
        public void close() throws IOException {
            throw broken;
        }
    }

    /** Its file ends at that byte: who wants to read behind it is told so at once. */
    private static final class Reading extends FSInputStream {
        private static final long END = 5;

        private Reading() {
            OPEN.incrementAndGet();
        }

        @Override
        public int read() throws IOException {
            throw new EOFException("the name node hung up");
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            return read();
        }

        @Override
        public void seek(long position) throws IOException {
            if (position > END) {
                throw new EOFException("cannot seek to " + position);
            }
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }

        @Override
        public long getPos() {
            return 0;
        }

        @Override
        public boolean seekToNewSource(long position) {
            return false;
        }
    }
}
