package io.valiant.examples.bench;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import java.util.SplittableRandom;
import org.apache.hadoop.io.BytesWritable;

/**
 * Each task sends {@value ExchangeBench#MESSAGES} messages of 16 bytes a superstep, each to another task drawn by chance from a
 * seed, so that some receive a little more than others. Counters {@code sent} and {@code received}, over all tasks, must agree.
 */
public final class ScatterBench extends Bsp<BytesWritable> {
    /** The counter of messages sent. */
    public static final String SENT = "sent";

    /** The counter of messages received. */
    public static final String RECEIVED = "received";

    private static final int MESSAGE_BYTES = 2 * Long.BYTES;

    @Override
    public void run(Peer<BytesWritable> peer) throws BspException {
        int samples = peer.settings().getInt(ExchangeBench.SAMPLES, 40);
        SplittableRandom random = new SplittableRandom(peer.index());
        messages(peer, random, samples);
        Figure.MESSAGE.tell(peer, messages(peer, random, samples), ExchangeBench.MESSAGES);
        Figure.tellSamples(peer, samples);
    }

    private static long[] messages(Peer<BytesWritable> peer, SplittableRandom random, int count) throws BspException {
        Clock clock = SystemClock.INSTANCE;
        long[] timesNs = new long[count];
        byte[] bytes = new byte[MESSAGE_BYTES];
        for (int round = 0; round < count; round++) {
            long fromNs = clock.nanoTime();
            for (int i = 0; i < ExchangeBench.MESSAGES; i++) {
                int others = random.nextInt(peer.count() - 1);
                peer.sendBytes((peer.index() + 1 + others) % peer.count(), bytes, 0, MESSAGE_BYTES);
            }
            peer.sync();
            long received = 0;
            for (BytesWritable message : peer.messages()) {
                received += message.getLength() / MESSAGE_BYTES;
            }
            timesNs[round] = clock.nanoTime() - fromNs;
            peer.counter(Figure.GROUP, SENT).add(ExchangeBench.MESSAGES);
            peer.counter(Figure.GROUP, RECEIVED).add(received);
        }
        return timesNs;
    }
}
