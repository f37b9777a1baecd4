package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Writable;

/**
 * Where a program's messages go: straight into the destination's open frame, or into the destination's accumulator where the
 * job has a combiner. Whether the program may send at all, and to that peer, is checked before.
 *
 * @param <M> their class
 */
final class Outbox<M extends Writable> {
    private final Exchange exchange;
    private final MessageType<M> type;
    private final boolean longs;
    private final boolean doubles;
    private final boolean bytes;

    /** Null where the job has no combiner. */
    private final CombiningOutbox<M> combined;

    /** For primitive sends with a combiner; made when first needed, as Hadoop's Writables load a good deal of Hadoop. */
    private M scratch;

    /** Why of what was combined for a peer some messages are written and some are not; null where that is not so. */
    private BspException failure;

    Outbox(Exchange exchange, MessageType<M> type, CombiningOutbox<M> combined) {
        this.exchange = exchange;
        this.type = type;
        this.longs = type.is(LongWritable.class);
        this.doubles = type.is(DoubleWritable.class);
        this.bytes = type.is(BytesWritable.class);
        this.combined = combined;
    }

    void send(int peer, M message) throws BspException {
        if (message == null || !type.is(message.getClass())) {
            throw BspException.user(
                    "a message of %s was sent in a job whose messages are of %s",
                    message == null ? "null" : message.getClass().getName(),
                    type.type().getName());
        }
        if (combined != null) {
            combine(peer, message);
        } else {
            write(peer, message);
        }
    }

    private void write(int peer, M message) throws BspException {
        MessageWriter out = exchange.writer(peer);
        out.beginMessage();
        boolean whole = false;
        try {
            message.write(out);
            whole = true;
        } catch (IOException e) {
            throw unwritten(peer, e);
        } finally {
            if (!whole) {
                out.abandonMessage();
            }
        }
        out.endMessage();
    }

    /** What the exchange itself met comes as the cause; all else is the message's own fault. */
    private static BspException unwritten(int peer, IOException e) {
        if (e.getCause() instanceof BspException told) {
            return told;
        }
        return new BspException(
                BspException.Kind.USER, "a message to peer " + peer + " could not be written: " + e.getMessage(), e);
    }

    void sendLong(int peer, long value) throws BspException {
        checkType(longs, "LongWritable");
        if (combined != null) {
            combine(peer, value);
            return;
        }
        try {
            exchange.writer(peer).longMessage(value);
        } catch (IOException e) {
            throw unwritten(peer, e);
        }
    }

    void sendLongs(int peer, long[] values, int from, int count) throws BspException {
        checkType(longs, "LongWritable");
        Objects.checkFromIndexSize(from, count, values.length);
        if (combined == null) {
            try {
                exchange.writer(peer).longMessages(values, from, count);
            } catch (IOException e) {
                throw unwritten(peer, e);
            }
            return;
        }
        for (int i = from; i < from + count; i++) {
            combine(peer, values[i]);
        }
    }

    private void combine(int peer, M message) throws BspException {
        checkWhole();
        if (!combined.add(peer, message)) {
            writeCombined(peer);
            combined.add(peer, message);
        }
    }

    private void combine(int peer, long value) throws BspException {
        ((LongWritable) scratch()).set(value);
        combine(peer, scratch());
    }

    void sendDouble(int peer, double value) throws BspException {
        checkType(doubles, "DoubleWritable");
        if (combined != null) {
            combine(peer, value);
            return;
        }
        try {
            exchange.writer(peer).longMessage(Double.doubleToLongBits(value));
        } catch (IOException e) {
            throw unwritten(peer, e);
        }
    }

    void sendDoubles(int peer, double[] values, int from, int count) throws BspException {
        checkType(doubles, "DoubleWritable");
        Objects.checkFromIndexSize(from, count, values.length);
        if (combined == null) {
            try {
                exchange.writer(peer).doubleMessages(values, from, count);
            } catch (IOException e) {
                throw unwritten(peer, e);
            }
            return;
        }
        for (int i = from; i < from + count; i++) {
            combine(peer, values[i]);
        }
    }

    private void combine(int peer, double value) throws BspException {
        ((DoubleWritable) scratch()).set(value);
        combine(peer, scratch());
    }

    private M scratch() throws BspException {
        if (scratch == null) {
            scratch = type.make();
        }
        return scratch;
    }

    @SuppressWarnings("unchecked")
    void sendBytes(int peer, byte[] values, int from, int count) throws BspException {
        checkType(bytes, "BytesWritable");
        Objects.checkFromIndexSize(from, count, values.length);
        if (combined != null) {
            BytesWritable message = new BytesWritable();
            message.set(values, from, count);
            combine(peer, (M) message);
            return;
        }
        try {
            exchange.writer(peer).bytesMessage(values, from, count);
        } catch (IOException e) {
            throw unwritten(peer, e);
        }
    }

    private void checkType(boolean fits, String wanted) throws BspException {
        if (!fits) {
            throw BspException.user(
                    "a primitive send for %s in a job whose messages are of %s",
                    wanted, type.type().getName());
        }
    }

    /** The superstep ends: what was combined is written. */
    void end() throws BspException {
        if (combined == null) {
            return;
        }
        checkWhole();
        for (int peer = 0; peer < exchange.count(); peer++) {
            writeCombined(peer);
        }
        combined.endSuperstep();
        exchange.combined(combined.takeMerged());
    }

    private void writeCombined(int peer) throws BspException {
        Accumulators<M> sent = combined.sent(peer);
        try {
            for (int i = 0; i < sent.count(); i++) {
                write(peer, sent.message(i));
            }
        } catch (BspException e) {
            failure = e;
            throw e;
        } catch (RuntimeException e) {
            failure = new BspException(BspException.Kind.USER, e.toString(), e);
            throw e;
        }
        sent.clear();
    }

    /** What was combined stands for messages that were taken: it cannot be left out, nor sent twice. */
    private void checkWhole() throws BspException {
        if (failure != null) {
            throw new BspException(
                    failure.kind(),
                    "messages that were combined could not be written: " + failure.getMessage(),
                    failure);
        }
    }
}
