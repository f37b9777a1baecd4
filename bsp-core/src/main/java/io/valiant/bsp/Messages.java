package io.valiant.bsp;

import java.util.Iterator;
import org.apache.hadoop.io.Writable;

/**
 * The messages sent to this peer in the superstep before, by sender's index, then in order of sending. Iterates once.
 *
 * @param <M> their class; {@link #next()} hands out the same object again and again
 */
public interface Messages<M extends Writable> extends Iterable<M>, Iterator<M> {
    /** This object: messages are read once. */
    @Override
    default Iterator<M> iterator() {
        return this;
    }

    /** The next message where M is LongWritable, without an object. */
    long nextLong();

    /** The next message where M is DoubleWritable, without an object. */
    double nextDouble();

    /** The index of the peer that sent the message last read. */
    int sender();

    /** How many messages there were, read or not. */
    long count();
}
