package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.io.LocalTree;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * What a spare does while it waits for its attempt: it plays small jobs of ours, with master and groom played here, so that
 * the classes of what a job goes through are loaded and linked and its loops compiled. No class of a user is among them. An
 * attempt that comes meanwhile does not wait for its end, and ends it: its tasks leave at their next barrier. Nothing of it
 * is left but what the JVM has learned.
 */
final class Rehearsal implements Runnable {
    /** A job that is played takes less than a second; where it takes so long something is wrong. */
    private static final long LIMIT_NS = 30_000_000_000L;

    private final Path temporary;
    private final Thread thread = new Thread(this, "rehearsal");

    private volatile boolean stopped;
    private volatile PlayedJob playing;

    /** @param temporary where a folder of its own is made for the time it takes */
    Rehearsal(Path temporary) {
        this.temporary = temporary;
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
            // a name that nobody has, nor can know before: with options of a job's JVM the place may be one of many
            // users
            Path folder = Files.createTempDirectory(temporary, "rehearsal-");
            try {
                playAll(folder);
            } finally {
                LocalTree.delete(folder);
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

    private void playAll(Path folder) throws IOException, BspException {
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
        LocalTree.delete(own);
    }
}
