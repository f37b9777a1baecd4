package io.valiant.examples.bench;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/** A message of 16 bytes that writes itself. */
public final class LongPair implements Writable {
    private long first;
    private long second;

    void set(long one, long other) {
        first = one;
        second = other;
    }

    long sum() {
        return first + second;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(second);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        first = in.readLong();
        second = in.readLong();
    }

    /** Throws unless that is the sum of so many messages (0, round), (1, round) and so on. */
    static void check(long sum, long messages, long round) {
        if (sum != messages * (messages - 1) / 2 + messages * round) {
            throw new IllegalStateException("wrong messages were received");
        }
    }
}
