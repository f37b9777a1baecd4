package io.valiant.groom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code groom.pid} and {@code groom.ready} in the pid folder, for the scripts; nothing where there is no such folder. */
final class PidFiles {
    private static final String PID = "groom.pid";
    private static final String READY = "groom.ready";

    private final Optional<Path> folder;

    PidFiles(Optional<Path> folder) {
        this.folder = folder;
    }

    void writePid() throws IOException {
        write(PID, Long.toString(ProcessHandle.current().pid()));
    }

    /** The groom answers; the line goes to whoever started it. */
    void writeReady(String line) throws IOException {
        write(READY, line);
    }

    /** Whole or not at all: a script may read at any moment. */
    private void write(String name, String line) throws IOException {
        if (folder.isEmpty()) {
            return;
        }
        Files.createDirectories(folder.get());
        Path fresh = folder.get().resolve(name + ".tmp");
        Files.writeString(fresh, line + "\n");
        Files.move(
                fresh, folder.get().resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes both if they are this process's: another groom may have written them since. */
    void remove() throws IOException {
        if (folder.isEmpty()) {
            return;
        }
        Path pid = folder.get().resolve(PID);
        String own = Long.toString(ProcessHandle.current().pid());
        if (Files.exists(pid) && Files.readString(pid).strip().equals(own)) {
            Files.deleteIfExists(folder.get().resolve(READY));
            Files.deleteIfExists(pid);
        }
    }
}
