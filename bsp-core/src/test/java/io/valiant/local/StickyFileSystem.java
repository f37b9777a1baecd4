package io.valiant.local;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files by the scheme {@code sticky}: none can be removed. */
public final class StickyFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
        return URI.create("sticky:///");
    }

    @Override
    public String getScheme() {
        return "sticky";
    }

    @Override
    protected void checkPath(Path path) {}

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        throw new IOException(path + " sticks");
    }
}
