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

    /**
     * The next messages where M is LongWritable, many at once: as many as there are of one sender, at most {@code count}.
     *
     * @param to where they are put, from that index on
     * @return how many; 0 only if all are read or none is wanted
     */
    int nextLongs(long[] to, int from, int count);

    /** As {@link #nextLongs} where M is DoubleWritable. */
    int nextDoubles(double[] to, int from, int count);

    /** How many bytes the next message has, which is not read by that; M must be BytesWritable. */
    int nextLength();

    /**
     * The next message where M is BytesWritable, without an object.
     *
     * @param to where it is put, from that index on
     * @return how many bytes it has
     * @throws IndexOutOfBoundsException if it does not fit; it can still be read, see {@link #nextLength()}
     */
    int nextBytes(byte[] to, int from);

    /** The index of the peer that sent the message last read. */
    int sender();

    /** How many messages there were, read or not. */
    long count();
}
