package io.valiant.groom.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the local folder can be written and has room. Called by one thread at a time; may wait for the disk. */
public final class DiskCheck {
    private static final String PROBE = ".disk-check";
    private static final byte[] TEXT = "written to see whether it can be\n".getBytes(StandardCharsets.US_ASCII);
    private static final long MIB = 1024L * 1024;

    private final Path folder;
    private final long minFreeBytes;

    /** @param minFreeBytes with less room the node takes no tasks */
    public DiskCheck(Path folder, long minFreeBytes) {
        this.folder = folder;
        this.minFreeBytes = minFreeBytes;
    }

    public Path folder() {
        return folder;
    }

    /** Tries the disk. Never fails: what is wrong is in the state. */
    public DiskState look() {
        Path probe = folder.resolve(PROBE);
        try {
            Files.write(probe, TEXT);
            Files.delete(probe);
        } catch (IOException e) {
            return new DiskState(0, 0, false, "bsp.local.dir " + folder + " cannot be written: " + e);
        }
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
}
