package io.valiant.examples;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Next;
import io.valiant.bsp.Peer;
import io.valiant.bsp.SuperstepProgram;
import io.valiant.time.SystemClock;
import java.util.SplittableRandom;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;

/**
 * Random communication, as in Hama's bench of that name: in each superstep every peer sends {@value #MESSAGES} messages of {@value
 * #BYTES} bytes to peers drawn from a seed. With {@value #TIMED} task 0 counts how long supersteps took, in counter {@code
 * bench/micros}: the one thing that differs from run to run.
 *
 * <p>Output: {@code task<TAB>checksum} of what the task has received and from whom.
 */
public final class RandomBench extends SuperstepProgram<LongWritable, BytesWritable> {
    /** Setting: how many supersteps send, at least 1; 16 unless told. */
    public static final String SUPERSTEPS = "random.supersteps";

    /** Setting: messages that each peer sends in a superstep; 1000 unless told. */
    public static final String MESSAGES = "random.messages";

    /** Setting: bytes of each message, at least 8; 100 unless told. */
    public static final String BYTES = "random.bytes";

    /** Setting: where chance begins; 1 unless told. */
    public static final String SEED = "random.seed";

    /** Setting: whether time is measured; false unless told. */
    public static final String TIMED = "random.timed";

    /** When this peer began; of a run that began from a checkpoint, when that did. */
    private final long beganNs = SystemClock.INSTANCE.nanoTime();

    @Override
    public Next superstep(LongWritable checksum, Peer<BytesWritable> peer) throws BspException {
        for (BytesWritable message : peer.messages()) {
            byte[] bytes = message.getBytes();
            long sum = checksum.get() * 31 + peer.messages().sender();
            for (int i = 0; i < Long.BYTES; i++) {
                sum = sum * 31 + bytes[i];
            }
            checksum.set(sum);
            peer.counter("bench", "messages").increment();
            peer.counter("bench", "bytes").add(message.getLength());
        }
        if (peer.superstep() >= peer.settings().getLong(SUPERSTEPS, 16)) {
            tellTime(peer);
            return Next.HALT;
        }
        send(peer);
        return Next.CONTINUE;
    }

    private static void send(Peer<BytesWritable> peer) throws BspException {
        long seed = peer.settings().getLong(SEED, 1);
        SplittableRandom random =
                new SplittableRandom(seed * 1_000_003 + peer.superstep() * peer.count() + peer.index());
        byte[] bytes = new byte[Math.max(Long.BYTES, peer.settings().getInt(BYTES, 100))];
        for (long left = peer.settings().getLong(MESSAGES, 1000); left > 0; left--) {
            long content = random.nextLong();
            for (int i = 0; i < Long.BYTES; i++) {
                bytes[i] = (byte) (content >>> (Byte.SIZE * i));
            }
            peer.sendBytes(random.nextInt(peer.count()), bytes, 0, bytes.length);
        }
    }

    private void tellTime(Peer<BytesWritable> peer) {
        if (peer.index() == 0 && peer.settings().getBoolean(TIMED, false)) {
            peer.counter("bench", "micros").add((SystemClock.INSTANCE.nanoTime() - beganNs) / 1000);
        }
    }

    @Override
    public void finish(LongWritable checksum, Peer<BytesWritable> peer) throws BspException {
        peer.output().write(peer.index(), Long.toHexString(checksum.get()));
    }
}
