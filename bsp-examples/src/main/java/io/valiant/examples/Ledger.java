package io.valiant.examples;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Next;
import io.valiant.bsp.Peer;
import io.valiant.bsp.SuperstepProgram;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.io.LongWritable;

/**
 * A program that shows whether anything was lost: each task folds the hashes it was sent into its own and sends it to three
 * peers, see {@link LedgerFold}. One line {@code attempt generation superstep pid} is appended to a file for each task and
 * superstep, so that one can see who ran when. Output: {@code task<TAB>hash} for each task.
 */
public final class Ledger extends SuperstepProgram<LongWritable, LongWritable> {
    /** Setting: how many supersteps, at least 1; 10 unless told. */
    public static final String SUPERSTEPS = "ledger.supersteps";

    /** Setting: how long each superstep lasts at least, in milliseconds; 0 unless told. */
    public static final String STEP_MS = "ledger.step.ms";

    /** Setting: where the hashes begin; 0 unless told. */
    public static final String SEED = "ledger.seed";

    /** Setting: the local file that lines are appended to; none unless told. */
    public static final String FILE = "ledger.file";

    @Override
    public LongWritable initialState(Peer<LongWritable> peer) {
        return new LongWritable(LedgerFold.start(peer.settings().getLong(SEED, 0), peer.index()));
    }

    @Override
    public Next superstep(LongWritable state, Peer<LongWritable> peer) throws BspException {
        long beganNs = SystemClock.INSTANCE.nanoTime();
        long own = state.get();
        for (LongWritable received : peer.messages()) {
            own = LedgerFold.fold(own, received.get());
        }
        own = LedgerFold.turn(own, peer.superstep());
        state.set(own);
        append(peer);
        waitUntil(beganNs + peer.settings().getLong(STEP_MS, 0) * 1_000_000);
        if (peer.superstep() + 1 >= peer.settings().getLong(SUPERSTEPS, 10)) {
            return Next.HALT;
        }
        for (int k = 0; k < LedgerFold.TARGETS; k++) {
            peer.sendLong(LedgerFold.target(peer.index(), k, peer.count()), own);
        }
        return Next.CONTINUE;
    }

    /** One write to a file opened for appending: lines of several processes do not mix. */
    private static void append(Peer<LongWritable> peer) throws BspException {
        String file = peer.settings().get(FILE);
        if (file == null) {
            return;
        }
        String line = peer.attempt() + " " + peer.generation() + " " + peer.superstep() + " "
                + ProcessHandle.current().pid() + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(bytes);
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "cannot append to " + file + ": " + e.getMessage(), e);
        }
    }

    private static void waitUntil(long deadlineNs) {
        long leftNs = deadlineNs - SystemClock.INSTANCE.nanoTime();
        while (leftNs > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(leftNs);
            leftNs = deadlineNs - SystemClock.INSTANCE.nanoTime();
        }
    }

    @Override
    public void finish(LongWritable state, Peer<LongWritable> peer) throws BspException {
        peer.output().write(peer.index(), LedgerFold.text(state.get()));
    }

    /**
     * The job's hash of its output lines, in any order.
     *
     * @throws IllegalArgumentException if they are not one line {@code task<TAB>hash} for each task
     */
    public static String hash(List<String> lines) {
        long[] hashes = new long[lines.size()];
        boolean[] seen = new boolean[lines.size()];
        for (String line : lines) {
            String[] words = line.split("\t", -1);
            int task = words.length == 2 ? Integer.parseInt(words[0]) : -1;
            if (task < 0 || task >= hashes.length || seen[task]) {
                throw new IllegalArgumentException(
                        "'" + line + "' is not one of " + hashes.length + " lines of a ledger");
            }
            seen[task] = true;
            hashes[task] = Long.parseUnsignedLong(words[1], 16);
        }
        return LedgerFold.text(LedgerFold.ofJob(hashes));
    }
}
