package io.valiant.chaos.machine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A tmpfs of a few MiB mounted over a folder: a disk that can be filled and made read-only. */
public final class SmallDisk implements AutoCloseable {
    private static final long LIMIT_S = 30;
    private static final int MIB = 1 << 20;

    private static final long REFILL_MS = 20;

    private final Path at;
    private boolean readOnly;

    /** Fills it again and again until it is freed. */
    private Thread filler;

    private volatile boolean freed = true;

    private SmallDisk(Path at) {
        this.at = at;
    }

    /** Mounts one; the folder is made if it is not there, what it holds is not seen meanwhile. */
    public static SmallDisk mount(Path at, int mebibytes) throws IOException {
        Files.createDirectories(at);
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m,mode=700", "tmpfs", at.toString());
        return new SmallDisk(at);
    }

    /** Writes until there is no room for a byte, and goes on so if room is made, to {@link #free}. */
    public void fill() throws IOException {
        fillUp();
        freed = false;
        filler = new Thread(this::refill, "filler of " + at);
        filler.setDaemon(true);
        filler.start();
    }

    private void refill() {
        try {
            while (!freed) {
                Waits.pause(REFILL_MS);
                fillUp();
            }
        } catch (IOException e) {
            // the scenario finds a disk that is not full by what it does
            System.err.println(at + " is not filled any more: " + e);
        }
    }

    private void fillUp() throws IOException {
        byte[] block = new byte[MIB];
        for (int length = MIB; length > 0; length /= 2) {
            try (OutputStream out =
                    Files.newOutputStream(filling(length), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(block, 0, length);
                }
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("No space left")) {
                    throw e;
                }
            }
        }
    }

    /** Takes away what {@link #fill} wrote. */
    public void free() throws IOException {
        freed = true;
        try {
            filler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + at + " is filled");
        }
        for (int length = MIB; length > 0; length /= 2) {
            Files.deleteIfExists(filling(length));
        }
    }

    private Path filling(int length) {
        return at.resolve("filling-" + length);
    }

    /**
     * From now on nothing can be written to it by its path, not by root either. A second mount of the same files over the
     * first: the first itself cannot be made read-only while a process has a file of it open for writing.
     */
    public void readOnly() throws IOException {
        run("mount", "--bind", at.toString(), at.toString());
        run("mount", "-o", "remount,bind,ro", at.toString());
        readOnly = true;
    }

    /** It can be written again. */
    public void writable() throws IOException {
        run("umount", "-l", at.toString());
        readOnly = false;
    }

    /** Unmounts it, also where a process still uses it. */
    @Override
    public void close() throws IOException {
        freed = true;
        if (readOnly) {
            writable();
        }
        run("umount", "-l", at.toString());
    }

    private static void run(String... words) throws IOException {
        Outcome outcome = Command.run(List.of(words), LIMIT_S);
        if (outcome.code() != 0) {
            throw new IOException(String.join(" ", words) + ": " + outcome.told());
        }
    }
}
