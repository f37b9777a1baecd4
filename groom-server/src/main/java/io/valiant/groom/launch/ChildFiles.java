package io.valiant.groom.launch;

import io.valiant.io.LocalTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files of one child JVM, in a folder of its own that is closed to other users. */
record ChildFiles(Path folder) {
    private static final String CRASH = "hs_err.log";

    /** Makes the folders; what an earlier child of that name left is removed first. */
    static ChildFiles make(Path folder) throws IOException {
        LocalTree.delete(folder);
        Folders.makePrivate(folder);
        ChildFiles made = new ChildFiles(folder);
        Files.createDirectory(made.work());
        Files.createDirectory(made.spill());
        Files.createDirectory(made.temporary());
        return made;
    }

    /** Whether they are still there: somebody may have removed the disk from under a child. */
    boolean areThere() {
        return Files.isDirectory(work()) && Files.isDirectory(spill()) && Files.isDirectory(temporary());
    }

    Path work() {
        return folder.resolve("work");
    }

    Path spill() {
        return folder.resolve("spill");
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    /** Where the JVM writes why it crashed. */
    Path crash() {
        return folder.resolve(CRASH);
    }

    /** Made by the child's shutdown hook: its end was the JVM's, whatever its code looks like. */
    Path mark() {
        return folder.resolve("ended");
    }

    /** Keeps a crash report with the logs, if there is one, and they have not been deleted meanwhile. */
    void keepCrash(Path logs) throws IOException {
        if (Files.exists(crash()) && Files.isDirectory(logs)) {
            Files.move(crash(), logs.resolve(CRASH), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
