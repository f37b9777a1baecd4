package io.valiant.chaos.program;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Input;
import io.valiant.bsp.Peer;
import org.apache.hadoop.io.LongWritable;

/** Reads numbers, a record a line; record 7,777 of task 3 is more than it can bear. */
public final class PoisonReader extends Bsp<LongWritable> {
    /** The task that meets the record. */
    public static final int TASK = 3;

    /** The record, counted from 1. */
    public static final int RECORD = 7_777;

    @Override
    public void run(Peer<LongWritable> peer) throws BspException {
        Input input = peer.input();
        long sum = 0;
        for (int record = 1; input.next(); record++) {
            if (peer.index() == TASK && record == RECORD) {
                throw new NumberFormatException("record " + input.text() + " is poison");
            }
            sum += Long.parseLong(input.text());
        }
        peer.output().write(peer.index(), sum);
    }
}
