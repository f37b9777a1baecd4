package io.valiant.system;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import org.apache.hadoop.io.LongWritable;

/** Says in every superstep which one it is, until somebody ends it. */
public final class Talker extends Bsp<LongWritable> {
    @Override
    public void run(Peer<LongWritable> peer) throws BspException {
        System.err.println("<b>peer</b> " + peer.index() + " complains");
        while (true) {
            System.out.println("<b>peer</b> " + peer.index() + " is in superstep " + peer.superstep());
            peer.sync();
        }
    }
}
