package io.valiant.examples.bench;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import org.apache.hadoop.io.NullWritable;

/** An empty superstep, again and again: the parameter {@code l} of the BSP cost model. */
public final class BarrierBench extends Bsp<NullWritable> {
    /** Setting: how many supersteps are timed, at least 1; twice as many are made before, to warm up. */
    public static final String SAMPLES = "bench.samples";

    private static final int WARM_UPS = 2;

    @Override
    public void run(Peer<NullWritable> peer) throws BspException {
        int samples = peer.settings().getInt(SAMPLES, 20_000);
        for (int i = 0; i < WARM_UPS; i++) {
            supersteps(peer, samples);
        }
        Figure.EMPTY_SUPERSTEP.tell(peer, supersteps(peer, samples), 1);
        Figure.tellSamples(peer, samples);
    }

    private static long[] supersteps(Peer<NullWritable> peer, int count) throws BspException {
        Clock clock = SystemClock.INSTANCE;
        long[] timesNs = new long[count];
        long beforeNs = clock.nanoTime();
        for (int i = 0; i < count; i++) {
            peer.sync();
            long nowNs = clock.nanoTime();
            timesNs[i] = nowNs - beforeNs;
            beforeNs = nowNs;
        }
        return timesNs;
    }
}
