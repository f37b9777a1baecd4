package io.valiant.groom.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Whether the local folder is there, can be written and has room. What somebody has removed is made anew, if possible.
 * Called by one thread at a time; may wait for the disk.
 */
public final class DiskCheck {
    private static final String PROBE = ".disk-check";
    private static final byte[] TEXT = "written to see whether it can be\n".getBytes(StandardCharsets.US_ASCII);
    private static final long MIB = 1024L * 1024;

    private final Path folder;
    private final CheckedFiles files;
    private final long minFreeBytes;

    /**
     * @param files in that folder
     * @param minFreeBytes with less room the node takes no tasks
     */
    public DiskCheck(Path folder, CheckedFiles files, long minFreeBytes) {
        this.folder = folder;
        this.files = files;
        this.minFreeBytes = minFreeBytes;
    }

    public Path folder() {
        return folder;
    }

    /** Tries the disk. Never fails: what is wrong is in the state. */
    public DiskState look() {
        if (!files.isWhole()) {
            return unusable("was removed, in whole or in part, and " + makeAnew());
        }
        try {
            write();
        } catch (IOException e) {
            return unusable("cannot be written: " + e);
        }
        files.removeLeft();
        try {
            FileStore store = Files.getFileStore(folder);
            long free = store.getUsableSpace();
            String problem = free >= minFreeBytes
                    ? null
                    : "bsp.local.dir " + folder + " has " + free / MIB + " MiB free, bsp.groom.disk.min.free is "
                            + minFreeBytes / MIB + " MiB";
            return new DiskState(store.getTotalSpace(), free, true, problem);
        } catch (IOException e) {
            return new DiskState(0, 0, true, "room in bsp.local.dir " + folder + " is not known: " + e);
        }
    }

    /** Children have lost their files all the same: this look is a bad one, however it ends. */
    private String makeAnew() {
        try {
            files.makeAnew();
            return "has been made anew";
        } catch (IOException e) {
            return "cannot be made anew: " + e;
        }
    }

    /** To the disk itself: what is only in the machine's memory proves nothing. */
    private void write() throws IOException {
        Path probe = folder.resolve(PROBE);
        try (FileChannel channel = FileChannel.open(
                probe, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap(TEXT);
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.delete(probe);
    }

    private DiskState unusable(String how) {
        return new DiskState(0, 0, false, "bsp.local.dir " + folder + " " + how);
    }
}
