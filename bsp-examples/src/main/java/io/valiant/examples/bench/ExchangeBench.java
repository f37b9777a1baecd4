package io.valiant.examples.bench;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Messages;
import io.valiant.bsp.Peer;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import java.nio.ByteBuffer;
import org.apache.hadoop.io.BytesWritable;

/**
 * Messages around a ring: each task sends to the next, all at once. First {@value #MESSAGES} of 16 bytes a superstep, each by a
 * call of its own: the parameter {@code g} of the BSP cost model. Then as many bytes as half a million of these in one message.
 * A time is that of a superstep, from the first byte written to the last one read.
 */
public final class ExchangeBench extends Bsp<BytesWritable> {
    /** Setting: how many supersteps of each kind are timed, at least 1; as many are made before, to warm up. */
    public static final String SAMPLES = "bench.samples";

    static final int MESSAGES = 200_000;

    private static final int MESSAGE_BYTES = 2 * Long.BYTES;
    private static final int BULK_BYTES = 8 << 20;

    @Override
    public void run(Peer<BytesWritable> peer) throws BspException {
        int samples = peer.settings().getInt(SAMPLES, 40);
        messages(peer, samples);
        Figure.MESSAGE.tell(peer, messages(peer, samples), MESSAGES);
        bulk(peer, samples);
        Figure.BULK.tell(peer, bulk(peer, samples), BULK_BYTES / MESSAGE_BYTES);
        Figure.tellSamples(peer, samples);
    }

    private static int next(Peer<?> peer) {
        return (peer.index() + 1) % peer.count();
    }

    private static long[] messages(Peer<BytesWritable> peer, int count) throws BspException {
        Clock clock = SystemClock.INSTANCE;
        long[] timesNs = new long[count];
        byte[] bytes = new byte[MESSAGE_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int to = next(peer);
        for (int round = 0; round < count; round++) {
            long fromNs = clock.nanoTime();
            for (int i = 0; i < MESSAGES; i++) {
                buffer.putLong(0, i).putLong(Long.BYTES, round);
                peer.sendBytes(to, bytes, 0, MESSAGE_BYTES);
            }
            peer.sync();
            long sum = 0;
            Messages<BytesWritable> messages = peer.messages();
            while (messages.hasNext()) {
                messages.nextBytes(bytes, 0);
                sum += buffer.getLong(0) + buffer.getLong(Long.BYTES);
            }
            LongPair.check(sum, MESSAGES, round);
            timesNs[round] = clock.nanoTime() - fromNs;
        }
        return timesNs;
    }

    private static long[] bulk(Peer<BytesWritable> peer, int count) throws BspException {
        Clock clock = SystemClock.INSTANCE;
        long[] timesNs = new long[count];
        byte[] bytes = new byte[BULK_BYTES];
        byte[] received = new byte[BULK_BYTES];
        int to = next(peer);
        for (int round = 0; round < count; round++) {
            bytes[0] = (byte) round;
            bytes[BULK_BYTES - 1] = (byte) -round;
            long fromNs = clock.nanoTime();
            peer.sendBytes(to, bytes, 0, BULK_BYTES);
            peer.sync();
            peer.messages().nextBytes(received, 0);
            timesNs[round] = clock.nanoTime() - fromNs;
            if (received[0] != (byte) round || received[BULK_BYTES - 1] != (byte) -round) {
                throw new IllegalStateException("wrong bytes were received");
            }
        }
        return timesNs;
    }
}
