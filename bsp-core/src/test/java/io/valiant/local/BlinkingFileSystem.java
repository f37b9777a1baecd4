package io.valiant.local;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files by the scheme {@code blinking}: one beside which there is a mark cannot be opened the second time. */
public final class BlinkingFileSystem extends RawLocalFileSystem {
    /** What the name of a file's mark has more than its own. */
    static final String MARK = ".blinks";

    @Override
    public URI getUri() {
        return URI.create("blinking:///");
    }

    @Override
    public String getScheme() {
        return "blinking";
    }

    @Override
    protected void checkPath(Path path) {}

    @Override
    public FileStatus getFileStatus(Path path) throws FileNotFoundException, IOException {
        FileStatus local = super.getFileStatus(path);
        return new FileStatus(local.getLen(), local.isDirectory(), 1, local.getBlockSize(), 0, path);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        java.nio.file.Path mark = java.nio.file.Path.of(path.toUri().getPath() + MARK);
        java.nio.file.Path opened = mark.resolveSibling(mark.getFileName() + ".opened");
        if (Files.deleteIfExists(opened)) {
            throw new IOException("the name node hung up");
        }
        if (Files.exists(mark)) {
            Files.move(mark, opened);
        }
        return super.open(path, bufferSize);
    }
}
