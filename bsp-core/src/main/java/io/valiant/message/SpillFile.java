package io.valiant.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes of one superstep on the local disk: appended by one owner, read by the program's thread in a later superstep, or by
 * the one who appended them. The file has no name once it is open, so that nothing is left behind however the process ends.
 */
public final class SpillFile implements AutoCloseable {
    private final Path folder;
    private FileChannel channel;
    private long size;

    /** A file in that folder, made when first needed. */
    public SpillFile(Path folder) {
        this.folder = folder;
    }

    /** Appends the bytes from position to limit; where they are. */
    public long append(ByteBuffer bytes) throws SpillFailure {
        long at = size;
        try {
            if (channel == null) {
                channel = open();
            }
            while (bytes.hasRemaining()) {
                size += channel.write(bytes, size);
            }
        } catch (IOException e) {
            throw new SpillFailure(
                    "messages cannot be spilled to " + folder + " after " + at + " bytes: " + e.getMessage()
                            + "; make room there or raise the task's memory or bsp.message.memory.fraction",
                    e);
        }
        return at;
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "spill-", ".messages");
        try {
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(file);
        }
    }

    /** Fills the buffer from position to limit. */
    public void read(long at, ByteBuffer into) throws SpillFailure {
        long from = at;
        FileChannel open = channel;
        try {
            if (open == null) {
                throw new IOException("they were given up with the links");
            }
            while (into.hasRemaining()) {
                int count = open.read(into, from);
                if (count < 0) {
                    throw new IOException("it ends at " + from);
                }
                from += count;
            }
        } catch (IOException e) {
            throw new SpillFailure("spilled messages cannot be read back from " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Forgets all bytes and gives their room back. */
    public void clear() throws SpillFailure {
        if (size > 0) {
            close();
        }
    }

    @Override
    public void close() throws SpillFailure {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new SpillFailure("the spill file in " + folder + " cannot be closed: " + e.getMessage(), e);
            }
            channel = null;
            size = 0;
        }
    }
}
