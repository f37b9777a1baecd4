package io.valiant.chaos.program;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Next;
import io.valiant.bsp.Peer;
import io.valiant.bsp.SuperstepProgram;
import io.valiant.examples.Ledger;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.io.LongWritable;

/**
 * A {@code ledger} that goes wrong: in one task, in one superstep, in its first attempts. Without a fault its result is
 * the ledger's.
 */
public final class FaultyLedger extends SuperstepProgram<LongWritable, LongWritable> {
    /** Setting: name of a {@link Fault}. */
    public static final String FAULT = "fault";

    /** Setting: the task that goes wrong; 1 unless told. */
    public static final String TASK = "fault.task";

    /** Setting: the superstep in which it does; 3 unless told. */
    public static final String SUPERSTEP = "fault.superstep";

    /** Setting: in how many attempts, from the first on; 1 unless told. */
    public static final String ATTEMPTS = "fault.attempts";

    /** Setting: how long it takes, for faults that last; 1000 unless told. */
    public static final String MILLISECONDS = "fault.ms";

    /** Part of the text that {@link Fault#THROW} throws. */
    public static final String TEXT = "thrown on purpose";

    /** What goes wrong. */
    public enum Fault {
        /** Ends the JVM with code 0, as if all were done. */
        EXIT_ZERO,
        /** Ends the JVM with code 1. */
        EXIT_ONE,
        THROW,
        OVERFLOW,
        MEMORY,
        /** Computes for that long. */
        SPIN,
        /** Takes so long to begin, after telling its process. */
        SLOW_START
    }

    private final Ledger ledger = new Ledger();

    @Override
    public LongWritable initialState(Peer<LongWritable> peer) throws BspException {
        if (is(peer, Fault.SLOW_START)) {
            tell(peer);
            LockSupport.parkNanos(milliseconds(peer) * 1_000_000);
        }
        return ledger.initialState(peer);
    }

    @Override
    public Next superstep(LongWritable state, Peer<LongWritable> peer) throws BspException {
        Next next = ledger.superstep(state, peer);
        if (peer.superstep() == peer.settings().getLong(SUPERSTEP, 3)) {
            for (Fault fault : Fault.values()) {
                if (is(peer, fault)) {
                    happen(fault, peer);
                }
            }
        }
        return next;
    }

    @Override
    public void finish(LongWritable state, Peer<LongWritable> peer) throws BspException {
        ledger.finish(state, peer);
    }

    private static boolean is(Peer<LongWritable> peer, Fault fault) {
        String id = peer.attempt();
        long attempt = Long.parseLong(id.substring(id.lastIndexOf("_a") + 2));
        return fault.name().equals(peer.settings().get(FAULT))
                && peer.index() == peer.settings().getLong(TASK, 1)
                && attempt <= peer.settings().getLong(ATTEMPTS, 1);
    }

    private static void happen(Fault fault, Peer<LongWritable> peer) {
        switch (fault) {
            case EXIT_ZERO -> System.exit(0);
            case EXIT_ONE -> System.exit(1);
            case THROW -> throw new IllegalStateException(TEXT + " in superstep " + peer.superstep());
            case OVERFLOW -> System.out.println(deeper(peer.superstep()));
            case MEMORY -> System.out.println(swallow().size());
            case SPIN -> spin(milliseconds(peer));
            case SLOW_START -> {
                // it has happened before the first superstep
            }
        }
    }

    private static long milliseconds(Peer<LongWritable> peer) {
        return peer.settings().getLong(MILLISECONDS, 1000);
    }

    /** Deeper than any stack, if not for ever. */
    private static long deeper(long depth) {
        return depth < 0 ? depth : deeper(depth + 1) + 1;
    }

    private static List<long[]> swallow() {
        List<long[]> all = new ArrayList<>();
        while (!Thread.currentThread().isInterrupted()) {
            all.add(new long[1 << 16]);
        }
        return all;
    }

    private static void spin(long ms) {
        long untilNs = SystemClock.INSTANCE.nanoTime() + ms * 1_000_000;
        while (SystemClock.INSTANCE.nanoTime() < untilNs
                && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    /** A line as the ledger's, with superstep -1, to a file beside the ledger's. */
    private static void tell(Peer<LongWritable> peer) throws BspException {
        Path file = Path.of(peer.settings().get(Ledger.FILE) + ".start");
        String line = peer.attempt() + " " + peer.generation() + " -1 "
                + ProcessHandle.current().pid() + "\n";
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "cannot append to " + file + ": " + e.getMessage(), e);
        }
    }
}
