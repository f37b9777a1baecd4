package io.valiant.task;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * What a spare does while it waits for its attempt: it plays small jobs of ours, with master and groom played here, so that
 * the classes of what a job goes through are loaded and linked and its loops compiled. No class of a user is among them. An
 * attempt that comes meanwhile does not wait for its end, and ends it: its tasks leave at their next barrier. Nothing of it
 * is left but what the JVM has learned.
 */
final class Rehearsal implements Runnable {
    /** A job that is played takes less than a second; where it takes so long something is wrong. */
    private static final long LIMIT_NS = 30_000_000_000L;

    private final Path folder;
    private final Thread thread = new Thread(this, "rehearsal");

    private volatile boolean stopped;
    private volatile PlayedJob playing;

    /** @param temporary where a folder is made for the time it takes */
    Rehearsal(Path temporary) {
        this.folder = temporary.resolve("rehearsal-" + ProcessHandle.current().pid());
    }

    /** Begins, in a thread of its own. */
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** This JVM is needed. Waits for nothing. */
    void stop() {
        stopped = true;
        PlayedJob job = playing;
        if (job != null) {
            job.stop();
        }
    }

    /** Waits until nothing of it is left. */
    void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            try {
                playAll();
            } finally {
                remove(folder);
            }
            if (!stopped) {
                // What the links have shared goes with the buffers that it was mapped to.
                System.gc();
            }
        } catch (IOException | BspException | RuntimeException e) {
            // The attempt that comes will meet the same and tell whom it concerns; a spare has nobody to tell. And of a
            // rehearsal that was stopped anything may be said.
            if (!stopped) {
                System.err.println("spare: its rehearsal failed: " + e);
            }
        }
    }

    private void playAll() throws IOException, BspException {
        Files.createDirectory(folder);
        int number = 0;
        for (ProgramFactory factory : ServiceLoader.load(ProgramFactory.class, ProgramFactory.class.getClassLoader())) {
            for (RehearsedJob job : factory.rehearsals()) {
                if (stopped) {
                    return;
                }
                play(job, folder.resolve("" + number));
                number++;
            }
        }
        // How a groom is usually reached.
        SocketChannel.open(StandardProtocolFamily.UNIX).close();
    }

    private void play(RehearsedJob job, Path own) throws IOException, BspException {
        Files.createDirectory(own);
        PlayedJob played = new PlayedJob(job.in(own), own, LIMIT_NS);
        playing = played;
        // Who stopped it before has not seen this one.
        if (!stopped) {
            played.play();
        }
        playing = null;
        remove(own);
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
