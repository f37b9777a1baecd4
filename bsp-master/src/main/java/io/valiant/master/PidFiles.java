package io.valiant.master;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code master.pid} and {@code master.ready} in the folder of property {@code bsp.pid.dir}, for the scripts; nothing without it. */
final class PidFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PidFiles.class);
    private static final String PID = "master.pid";
    private static final String READY = "master.ready";

    private final Path folder;

    /** @param folder or null */
    PidFiles(String folder) {
        this.folder = folder == null ? null : Path.of(folder);
    }

    void writePid() throws BspException {
        write(PID, Long.toString(ProcessHandle.current().pid()));
    }

    /** The master serves; the line goes to whoever started it. */
    void writeReady(String line) throws BspException {
        write(READY, line);
    }

    /** Whole or not at all: a script may read at any moment. */
    private void write(String name, String line) throws BspException {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path fresh = folder.resolve(name + ".tmp");
            Files.writeString(fresh, line + "\n");
            Files.move(
                    fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER, "the pid folder " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Removes both if they are this process's: another master may have written them since, or before. */
    void remove() {
        if (folder == null) {
            return;
        }
        try {
            Path pid = folder.resolve(PID);
            String own = Long.toString(ProcessHandle.current().pid());
            if (Files.exists(pid) && Files.readString(pid).strip().equals(own)) {
                Files.deleteIfExists(folder.resolve(READY));
                Files.deleteIfExists(pid);
            }
        } catch (IOException e) {
            LOG.warn("[master] the pid folder {} cannot be cleared: {}", folder, e.getMessage(), e);
        }
    }
}
