package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.bsp.KeyedCombiner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    /** Accumulators of all peers. */
    private static final int MOST = 1 << 20;

    private static final int MOST_OF_A_PEER_AT_LEAST = 1 << 10;

    private final MessageType<M> type;
    private final Combiner<M> combiner;

    /** The same; null if it has no keys. */
    private final KeyedCombiner<M> keyed;

    private final List<Accumulators<M>> accumulators = new ArrayList<>();
    private final int most;
    private long merged;

    /** @param most so many accumulators of a peer at most, at least 1 */
    CombiningOutbox(MessageType<M> type, Combiner<M> combiner, int peers, int most) {
        this.type = type;
        this.combiner = combiner;
        this.keyed = combiner instanceof KeyedCombiner<M> byKey ? byKey : null;
        this.most = most;
        for (int peer = 0; peer < peers; peer++) {
            accumulators.add(new Accumulators<>());
        }
    }

    /** Loads the combiner by the program's loader. */
    static <M extends Writable> CombiningOutbox<M> of(
            ClassLoader loader, String combinerClass, MessageType<M> type, int peers) throws BspException {
        try {
            Class<?> found = Class.forName(combinerClass, true, loader);
            var constructor = found.getDeclaredConstructor();
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked")
            Combiner<M> combiner = (Combiner<M>) constructor.newInstance();
            return new CombiningOutbox<>(type, combiner, peers, Math.max(MOST / peers, MOST_OF_A_PEER_AT_LEAST));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "the combiner " + combinerClass + " cannot be made (it needs a constructor without arguments): "
                            + e,
                    e);
        }
    }

    /** Whether what was sent to a peer has to be taken out before more is added. */
    boolean isFull(int peer) {
        return keyed != null && accumulators.get(peer).count() >= most;
    }

    void add(int peer, M message) throws BspException {
        Accumulators<M> sent = accumulators.get(peer);
        long key = keyed == null ? 0 : keyed.key(message);
        M accumulator = keyed == null ? sent.only() : sent.get(key);
        if (accumulator != null) {
            merged++;
            combiner.combine(accumulator, message);
            return;
        }
        M first = sent.unused();
        if (first == null) {
            first = type.make();
        }
        copy(message, first);
        if (keyed == null) {
            sent.add(first);
        } else {
            sent.add(key, first);
        }
    }

    /** Only of these very classes is the value all there is: a program's own class may extend them. */
    private void copy(M from, M to) throws BspException {
        if (type.is(LongWritable.class)) {
            ((LongWritable) to).set(((LongWritable) from).get());
        } else if (type.is(DoubleWritable.class)) {
            ((DoubleWritable) to).set(((DoubleWritable) from).get());
        } else {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                from.write(new DataOutputStream(bytes));
                to.readFields(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            } catch (IOException e) {
                throw new BspException(
                        BspException.Kind.USER, type.type().getName() + " cannot be copied: " + e.getMessage(), e);
            }
        }
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
