package io.valiant.groom.launch;

import io.valiant.id.AttemptId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.Exit;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Finds out how children ended. What the disk has to say to it is waited for, but not for long: a disk may hang, and the end is
 * to be told all the same. Safe in any thread.
 */
final class ChildEnds {
    private static final int TAIL_BYTES = 4096;
    private static final int OUT_OF_MEMORY_CODE = 3;

    private final LogStore logs;
    private final Executor disk;
    private final long diskMs;
    private final OutOfMemoryWatch watch = OutOfMemoryWatch.ofThisProcess();
    private final AtomicLong accounted = new AtomicLong(watch.kills());

    /**
     * @param disk asks the disk
     * @param diskMs how long its answer is waited for
     */
    ChildEnds(LogStore logs, Executor disk, long diskMs) {
        this.logs = logs;
        this.disk = disk;
        this.diskMs = diskMs;
    }

    /** How a child ended. */
    record End(Exit exit, boolean outOfMemory) {
        static final End UNKNOWN = new End(new Exit(null, null), false);
    }

    /**
     * How the child ended whose launcher is gone. A launcher that was killed itself has left the group behind: the group goes
     * with it, and only its end is known.
     *
     * @param attempt that it served; null for a spare that served none
     * @param code of the launcher: the child's, as a shell tells it
     */
    End of(AttemptId attempt, ProcessName name, ChildFiles files, int code) throws IOException, InterruptedException {
        if (code <= SignalNames.SHELL_OFFSET) {
            Exit exit = new Exit(code, null);
            return new End(exit, isOutOfMemory(attempt, exit));
        }
        if (ProcessGroups.killMembers(name)) {
            ProcessHandle.of(name.pid()).ifPresent(handle -> handle.onExit().join());
            return End.UNKNOWN;
        }
        boolean bySignal = !ask(() -> Files.exists(files.mark()), false);
        Exit exit = bySignal ? new Exit(null, SignalNames.of(code - SignalNames.SHELL_OFFSET)) : new Exit(code, null);
        return new End(exit, isOutOfMemory(attempt, exit));
    }

    /** What the disk says; the other, if it says nothing in time. */
    private <T> T ask(Supplier<T> question, T otherwise) {
        return CompletableFuture.supplyAsync(question, disk)
                .completeOnTimeout(otherwise, diskMs, TimeUnit.MILLISECONDS)
                .join();
    }

    private boolean isOutOfMemory(AttemptId attempt, Exit exit) {
        if ("SIGKILL".equals(exit.signal())) {
            return isAccounted();
        }
        return exit.code() != null
                && exit.code() == OUT_OF_MEMORY_CODE
                && attempt != null
                && tail(attempt, LogStream.STDOUT).contains("Terminating due to java.lang.OutOfMemoryError");
    }

    /** Whether there is a kill for memory that no child has been found for yet; it is this one's then. */
    private boolean isAccounted() {
        long kills = watch.kills();
        long before = accounted.get();
        return kills > before && accounted.compareAndSet(before, before + 1);
    }

    /** Why a launcher ended before it had started anything, in one line. */
    String whyNotStarted(AttemptId attempt) {
        String said = tail(attempt, LogStream.STDERR).strip().replaceAll("\\s+", " ");
        return said.isEmpty() ? "its launcher ended at once" : said;
    }

    private String tail(AttemptId attempt, LogStream stream) {
        return ask(() -> read(attempt, stream), "");
    }

    private String read(AttemptId attempt, LogStream stream) {
        try {
            long size = logs.read(attempt, stream, 0, 0).size();
            LogChunk chunk = logs.read(attempt, stream, Math.max(0, size - TAIL_BYTES), TAIL_BYTES);
            return StandardCharsets.UTF_8.decode(chunk.bytes()).toString();
        } catch (IOException | CallException e) {
            return "";
        }
    }
}
