package io.valiant.master.work;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A store by the scheme {@code hanging} that does not answer before it is told to. */
public final class HangingFileSystem extends RawLocalFileSystem {
    /** Until it is counted down no call returns; set by each test. */
    static volatile CountDownLatch answers = new CountDownLatch(0);

    private URI uri;

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        super.initialize(name, configuration);
        uri = name;
    }

    @Override
    public URI getUri() {
        // asked for by the constructor above, before there is one
        return uri == null ? URI.create("hanging:///") : uri;
    }

    @Override
    public String getScheme() {
        return "hanging";
    }

    @Override
    protected void checkPath(Path path) {}

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("hung until it was interrupted");
        }
        throw new FileNotFoundException(path.toString());
    }
}
