package io.valiant.examples.bench;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;

/** As the first part of {@link ExchangeBench}, with messages of a class that writes and reads itself. */
public final class WritableBench extends Bsp<LongPair> {
    @Override
    public void run(Peer<LongPair> peer) throws BspException {
        int samples = peer.settings().getInt(ExchangeBench.SAMPLES, 40);
        messages(peer, samples);
        Figure.MESSAGE.tell(peer, messages(peer, samples), ExchangeBench.MESSAGES);
        Figure.tellSamples(peer, samples);
    }

    private static long[] messages(Peer<LongPair> peer, int count) throws BspException {
        Clock clock = SystemClock.INSTANCE;
        long[] timesNs = new long[count];
        LongPair pair = new LongPair();
        int to = (peer.index() + 1) % peer.count();
        for (int round = 0; round < count; round++) {
            long fromNs = clock.nanoTime();
            for (int i = 0; i < ExchangeBench.MESSAGES; i++) {
                pair.set(i, round);
                peer.send(to, pair);
            }
            peer.sync();
            long sum = 0;
            for (LongPair message : peer.messages()) {
                sum += message.sum();
            }
            LongPair.check(sum, ExchangeBench.MESSAGES, round);
            timesNs[round] = clock.nanoTime() - fromNs;
        }
        return timesNs;
    }
}
