package io.valiant.checkpoint;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files by the scheme {@code away}; does not answer while it is. */
public final class AwayFileSystem extends RawLocalFileSystem {
    static final AtomicBoolean AWAY = new AtomicBoolean();

    @Override
    public URI getUri() {
        return URI.create("away:///");
    }

    @Override
    public String getScheme() {
        return "away";
    }

    @Override
    protected void checkPath(Path path) {}

    private static void answer() throws IOException {
        if (AWAY.get()) {
            throw new ConnectException("connection refused");
        }
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        answer();
        return super.getFileStatus(path);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        answer();
        return super.open(path, bufferSize);
    }
}
