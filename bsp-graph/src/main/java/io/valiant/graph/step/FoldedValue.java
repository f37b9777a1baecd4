package io.valiant.graph.step;

import io.valiant.bsp.BspException;
import io.valiant.graph.ValueAggregator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.io.Writable;

/** What an aggregator of Writables was given here, and had over all tasks in the superstep before. */
final class FoldedValue<A extends Writable> {
    private final ValueAggregator<A> key;
    private A given;
    private A before;

    FoldedValue(ValueAggregator<A> key) {
        this.key = key;
        this.given = key.empty().get();
        this.before = key.empty().get();
    }

    void give(A value) {
        key.fold().accept(given, value);
    }

    A before() {
        return before;
    }

    void set(A value) {
        before = copy(toBytes(value));
    }

    void clear() {
        before = key.empty().get();
    }

    /** What was given; from now on nothing was. */
    byte[] takeGiven() {
        byte[] bytes = toBytes(given);
        given = key.empty().get();
        return bytes;
    }

    byte[] bytes() {
        return toBytes(before);
    }

    void fold(byte[] told) throws BspException {
        try {
            key.fold().accept(before, fromBytes(told));
        } catch (IOException e) {
            throw misread(e);
        }
    }

    void read(byte[] told) throws BspException {
        try {
            before = fromBytes(told);
        } catch (IOException e) {
            throw misread(e);
        }
    }

    void restore(byte[] saved) throws IOException {
        before = fromBytes(saved);
    }

    private BspException misread(IOException e) {
        return new BspException(BspException.Kind.USER, misreadText(), e);
    }

    private String misreadText() {
        return "aggregator '" + key.name() + "' does not read as it was written: write and readFields of "
                + before.getClass().getName() + " must use the same bytes";
    }

    private static byte[] toBytes(Writable value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            value.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(value.getClass().getName() + " cannot be written: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    private A copy(byte[] bytes) {
        try {
            return fromBytes(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(misreadText(), e);
        }
    }

    private A fromBytes(byte[] bytes) throws IOException {
        A value = key.empty().get();
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        value.readFields(new DataInputStream(in));
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes are left");
        }
        return value;
    }
}
