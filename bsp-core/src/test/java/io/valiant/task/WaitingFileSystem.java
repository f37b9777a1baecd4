package io.valiant.task;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files by the scheme {@code waiting}: none is removed before it is released. */
public final class WaitingFileSystem extends RawLocalFileSystem {
    /** One for all: Hadoop makes file systems itself. */
    static final CountDownLatch RELEASED = new CountDownLatch(1);

    @Override
    public URI getUri() {
        return URI.create("waiting:///");
    }

    @Override
    public String getScheme() {
        return "waiting";
    }

    @Override
    protected void checkPath(Path path) {}

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        try {
            RELEASED.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + path + " was to be removed");
        }
        return super.delete(path, recursive);
    }
}
