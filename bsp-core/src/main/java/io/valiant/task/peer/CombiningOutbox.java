package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.bsp.KeyedCombiner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Writable;

/**
 * What was sent to each peer in this superstep, combined: one accumulator for each, or for each and each key where the combiner is
 * {@link KeyedCombiner keyed}. Each becomes one message at the barrier, or before it where there are too many.
 *
 * @param <M> the class of messages
 */
final class CombiningOutbox<M extends Writable> {
    /** What an accumulator takes beside its bytes: the object, and its place in a list and a map. */
    private static final int OBJECT_BYTES = 64;

    private final MessageType<M> type;
    private final Combiner<M> combiner;

    /** The same; null if it has no keys. */
    private final KeyedCombiner<M> keyed;

    private final List<Accumulators<M>> accumulators = new ArrayList<>();
    private final long bytesOfPeer;

    /** For copies of messages. */
    private final DataOutputBuffer written = new DataOutputBuffer();

    private final DataInputBuffer read = new DataInputBuffer();
    private long merged;

    /** @param memory about so many bytes of accumulators in all; each peer may have one for a key at least */
    CombiningOutbox(MessageType<M> type, Combiner<M> combiner, int peers, long memory) {
        this.type = type;
        this.combiner = combiner;
        this.keyed = combiner instanceof KeyedCombiner<M> byKey ? byKey : null;
        this.bytesOfPeer = memory / peers;
        for (int peer = 0; peer < peers; peer++) {
            accumulators.add(new Accumulators<>(keyed != null));
        }
    }

    /** Loads the combiner by the program's loader. */
    static <M extends Writable> CombiningOutbox<M> of(
            ClassLoader loader, String combinerClass, MessageType<M> type, int peers, long memory) throws BspException {
        try {
            Class<?> found = Class.forName(combinerClass, true, loader);
            var constructor = found.getDeclaredConstructor();
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked")
            Combiner<M> combiner = (Combiner<M>) constructor.newInstance();
            return new CombiningOutbox<>(type, combiner, peers, memory);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "the combiner " + combinerClass + " cannot be made (it needs a constructor without arguments): "
                            + e,
                    e);
        }
    }

    /** Whether there was room for it; otherwise what was sent to that peer has to be taken out, and it be added again. */
    boolean add(int peer, M message) throws BspException {
        Accumulators<M> sent = accumulators.get(peer);
        long key = keyed == null ? 0 : keyed.key(message);
        M accumulator = sent.get(key);
        if (accumulator != null) {
            combiner.combine(accumulator, message);
            merged++;
            return true;
        }
        if (sent.count() > 0 && sent.bytes() >= bytesOfPeer) {
            return false;
        }
        M first = sent.unused();
        if (first == null) {
            first = type.make();
        }
        sent.add(key, first, OBJECT_BYTES + copy(message, first));
        return true;
    }

    /** Returns how many bytes it has. Only of these very classes is the value all there is: a program's own class may extend them. */
    private int copy(M from, M to) throws BspException {
        if (type.is(LongWritable.class)) {
            ((LongWritable) to).set(((LongWritable) from).get());
            return Long.BYTES;
        }
        if (type.is(DoubleWritable.class)) {
            ((DoubleWritable) to).set(((DoubleWritable) from).get());
            return Double.BYTES;
        }
        try {
            written.reset();
            from.write(written);
            read.reset(written.getData(), written.getLength());
            to.readFields(read);
            return written.getLength();
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER, type.type().getName() + " cannot be copied: " + e.getMessage(), e);
        }
    }

    /** A superstep is over, and all that was sent is taken out. */
    void endSuperstep() {
        accumulators.forEach(Accumulators::endSuperstep);
    }

    /** How many messages were combined into others since the last call. */
    long takeMerged() {
        long taken = merged;
        merged = 0;
        return taken;
    }

    /** What was sent to a peer: to be written, then {@link Accumulators#clear cleared}. */
    Accumulators<M> sent(int peer) {
        return accumulators.get(peer);
    }
}
