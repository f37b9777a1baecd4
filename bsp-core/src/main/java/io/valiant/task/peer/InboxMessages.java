package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Messages;
import io.valiant.exchange.Exchange;
import io.valiant.message.MessageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.hadoop.io.BytesWritable;
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
    private static final int NOT_AHEAD = -1;

    private final Exchange exchange;
    private final MessageType<M> type;
    private final boolean longs;
    private final boolean doubles;
    private final boolean bytes;
    private final M message;

    private MessageReader reader;
    private long count;
    private long unread;
    private long unreadOfSender;

    /** How many senders have been begun with in this superstep. */
    private int begun;

    /** Who sent the message read last, and the next one. */
    private int sender = -1;

    private int nextSender;

    /** The length of the next message, where that is read and the message is not; else below 0. */
    private int ahead = NOT_AHEAD;

    InboxMessages(Exchange exchange, MessageType<M> type) throws BspException {
        this.exchange = exchange;
        this.type = type;
        this.longs = type.is(LongWritable.class);
        this.doubles = type.is(DoubleWritable.class);
        this.bytes = type.is(BytesWritable.class);
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
        ahead = NOT_AHEAD;
        reader = null;
    }

    @Override
    public boolean hasNext() {
        return unread > 0;
    }

    @Override
    public M next() {
        MessageReader in = begin();
        int length = ahead;
        take(1);
        try {
            if (length == NOT_AHEAD) {
                message.readFields(in);
            } else {
                BytesWritable content = (BytesWritable) (Writable) message;
                content.setSize(length);
                in.readFully(content.getBytes(), 0, length);
            }
        } catch (IOException e) {
            throw misread(e);
        }
        checkEnd(in);
        return message;
    }

    @Override
    public long nextLong() {
        checkType(longs, "LongWritable");
        return nextEightBytes();
    }

    @Override
    public double nextDouble() {
        checkType(doubles, "DoubleWritable");
        return Double.longBitsToDouble(nextEightBytes());
    }

    private long nextEightBytes() {
        MessageReader in = begin();
        take(1);
        long value;
        try {
            value = in.readLong();
        } catch (IOException e) {
            throw misread(e);
        }
        checkEnd(in);
        return value;
    }

    @Override
    public int nextLongs(long[] to, int from, int most) {
        checkType(longs, "LongWritable");
        int many = takeMany(from, most, to.length);
        if (many > 0) {
            try {
                reader.readLongsBE(to, from, many);
            } catch (IOException e) {
                throw misread(e);
            }
            checkEnd(reader);
        }
        return many;
    }

    @Override
    public int nextDoubles(double[] to, int from, int most) {
        checkType(doubles, "DoubleWritable");
        int many = takeMany(from, most, to.length);
        if (many > 0) {
            try {
                reader.readDoublesBE(to, from, many);
            } catch (IOException e) {
                throw misread(e);
            }
            checkEnd(reader);
        }
        return many;
    }

    private int takeMany(int from, int most, int length) {
        Objects.checkFromIndexSize(from, most, length);
        if (most == 0 || unread == 0) {
            return 0;
        }
        begin();
        int many = (int) Math.min(most, unreadOfSender);
        take(many);
        return many;
    }

    @Override
    public int nextLength() {
        checkType(bytes, "BytesWritable");
        return length(begin());
    }

    @Override
    public int nextBytes(byte[] to, int from) {
        checkType(bytes, "BytesWritable");
        MessageReader in = begin();
        int length = ahead == NOT_AHEAD ? in.bytesMessage(to, from) : NOT_AHEAD;
        if (length >= 0) {
            take(1);
        } else {
            length = nextLongBytes(in, to, from);
        }
        checkEnd(in);
        return length;
    }

    private int nextLongBytes(MessageReader in, byte[] to, int from) {
        int length = length(in);
        Objects.checkFromIndexSize(from, length, to.length);
        take(1);
        try {
            in.readFully(to, from, length);
        } catch (IOException e) {
            throw misread(e);
        }
        return length;
    }

    /** The length of the next message, which takes its place: it is read once. */
    private int length(MessageReader in) {
        if (ahead == NOT_AHEAD) {
            int length = NOT_AHEAD;
            try {
                length = in.readInt();
            } catch (IOException e) {
                take(1);
                throw misread(e);
            }
            if (length < 0 || length > in.remaining()) {
                take(1);
                throw misread(null);
            }
            ahead = length;
        }
        return ahead;
    }

    private void checkType(boolean fits, String wanted) {
        if (!fits) {
            throw new IllegalStateException("messages are of " + type.type().getName() + ", not " + wanted);
        }
    }

    /** Where the next message is read from. */
    private MessageReader begin() {
        if (unread == 0) {
            throw new NoSuchElementException(
                    "all " + count + " messages of superstep " + (exchange.superstep() - 1) + " have been read");
        }
        while (unreadOfSender == 0) {
            nextSender = exchange.senderAt(begun++);
            unreadOfSender = exchange.received(nextSender);
            reader = exchange.reader(nextSender);
        }
        return reader;
    }

    /** So many messages are being read: what cannot be read is gone as well. */
    private void take(int messages) {
        sender = nextSender;
        ahead = NOT_AHEAD;
        unread -= messages;
        unreadOfSender -= messages;
    }

    private void checkEnd(MessageReader in) {
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
