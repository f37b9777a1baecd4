package io.valiant.system;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import org.apache.hadoop.io.LongWritable;

/** Runs well for a superstep, then peer 1 throws. */
public final class Thrower extends Bsp<LongWritable> {
    @Override
    public void run(Peer<LongWritable> peer) throws BspException {
        System.out.println("peer " + peer.index() + " was here");
        peer.sync();
        if (peer.index() == 1) {
            throw new IllegalStateException("thrown on purpose");
        }
        peer.sync();
    }
}
