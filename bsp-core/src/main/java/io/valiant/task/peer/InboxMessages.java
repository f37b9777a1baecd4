package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Messages;
import io.valiant.exchange.Exchange;
import io.valiant.message.MessageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Writable;

/**
 * The messages of the superstep before, read from their bytes as they are asked for. A sender's bytes have to be used up
 * exactly with its last message: else reading and writing of the message class do not fit.
 *
 * @param <M> their class
 */
final class InboxMessages<M extends Writable> implements Messages<M> {
    private final Exchange exchange;
    private final MessageType<M> type;
    private final boolean longs;
    private final boolean doubles;
    private final M message;

    private MessageReader reader;
    private long count;
    private long unread;
    private long unreadOfSender;

    /** How many senders have been begun with in this superstep. */
    private int begun;

    private int sender = -1;

    InboxMessages(Exchange exchange, MessageType<M> type) throws BspException {
        this.exchange = exchange;
        this.type = type;
        this.longs = type.is(LongWritable.class);
        this.doubles = type.is(DoubleWritable.class);
        this.message = type.make();
    }

    /** A barrier has opened: what was not read is gone, what was sent is here. */
    void turn() {
        count = 0;
        for (int peer = 0; peer < exchange.count(); peer++) {
            count += exchange.received(peer);
        }
        unread = count;
        unreadOfSender = 0;
        begun = 0;
        sender = -1;
        reader = null;
    }

    @Override
    public boolean hasNext() {
        return unread > 0;
    }

    @Override
    public M next() {
        MessageReader in = begin();
        try {
            message.readFields(in);
        } catch (IOException e) {
            throw misread(e);
        }
        end(in);
        return message;
    }

    @Override
    public long nextLong() {
        if (!longs) {
            throw new IllegalStateException("messages are of " + type.type().getName() + ", not LongWritable");
        }
        MessageReader in = begin();
        long value;
        try {
            value = in.readLong();
        } catch (IOException e) {
            throw misread(e);
        }
        end(in);
        return value;
    }

    @Override
    public double nextDouble() {
        if (!doubles) {
            throw new IllegalStateException("messages are of " + type.type().getName() + ", not DoubleWritable");
        }
        MessageReader in = begin();
        double value;
        try {
            value = in.readDouble();
        } catch (IOException e) {
            throw misread(e);
        }
        end(in);
        return value;
    }

    private MessageReader begin() {
        if (unread == 0) {
            throw new NoSuchElementException(
                    "all " + count + " messages of superstep " + (exchange.superstep() - 1) + " have been read");
        }
        while (unreadOfSender == 0) {
            sender = exchange.senderAt(begun++);
            unreadOfSender = exchange.received(sender);
            reader = exchange.reader(sender);
        }
        unread--;
        unreadOfSender--;
        return reader;
    }

    private void end(MessageReader in) {
        if (unreadOfSender == 0 && in.remaining() != 0) {
            throw misread(null);
        }
    }

    private RuntimeException misread(IOException e) {
        if (e != null && e.getCause() instanceof BspException) {
            // not the message's fault: what was spilled cannot be read back
            return new UncheckedIOException(e);
        }
        return new IllegalStateException(
                "messages from peer " + sender + " do not read as they were written: write and readFields of "
                        + type.type().getName() + " must use the same bytes",
                e);
    }

    @Override
    public int sender() {
        return sender;
    }

    @Override
    public long count() {
        return count;
    }
}
