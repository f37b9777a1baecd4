package io.valiant.groom.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Making folders. */
public final class Folders {
    private Folders() {}

    /** Makes a folder, and those above it, that only this user can enter; one that exists is closed to others. */
    public static Path makePrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder;
    }
}
