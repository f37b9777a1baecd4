package io.valiant.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that says: this JVM ended by an exit, with whatever code, and not by a signal. A shell cannot tell code 143 from
 * SIGTERM; the groom can, by this file. The hook runs for signals too, then in company of the JVM's thread that handles
 * the signal, and makes no mark.
 */
final class ExitMark {
    private final Path file;

    ExitMark(Path file) {
        this.file = file;
    }

    /** Has the mark made at the JVM's end. */
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::make, "exit-mark"));
    }

    private void make() {
        if (isSignalHandled()) {
            return;
        }
        try {
            Files.createFile(file);
        } catch (IOException e) {
            System.err.println("the mark " + file + " of this exit cannot be made: " + e.getMessage());
        }
    }

    private static boolean isSignalHandled() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.startsWith("SIG") && name.endsWith(" handler")) {
                return true;
            }
        }
        return false;
    }
}
