package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
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
 * One accumulator for each peer that was sent to in this superstep; each becomes one message at the barrier.
 *
 * @param <M> the class of messages
 */
final class CombiningOutbox<M extends Writable> {
    private final MessageType<M> type;
    private final Combiner<M> combiner;
    private final List<M> accumulators = new ArrayList<>();
    private final boolean[] used;
    private long merged;

    private CombiningOutbox(MessageType<M> type, Combiner<M> combiner, int peers) {
        this.type = type;
        this.combiner = combiner;
        this.used = new boolean[peers];
        for (int peer = 0; peer < peers; peer++) {
            accumulators.add(null);
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
            return new CombiningOutbox<>(type, combiner, peers);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "the combiner " + combinerClass + " cannot be made (it needs a constructor without arguments): "
                            + e,
                    e);
        }
    }

    void add(int peer, M message) throws BspException {
        if (used[peer]) {
            merged++;
            combiner.combine(accumulators.get(peer), message);
        } else {
            M accumulator = accumulators.get(peer);
            if (accumulator == null) {
                accumulator = type.make();
                accumulators.set(peer, accumulator);
            }
            copy(message, accumulator);
            used[peer] = true;
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

    /** The combined message to a peer, or null; it is gone after this. */
    M take(int peer) {
        if (!used[peer]) {
            return null;
        }
        used[peer] = false;
        return accumulators.get(peer);
    }
}
