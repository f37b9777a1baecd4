package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.graph.VertexProgram;
import io.valiant.task.peer.MessageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.io.Writable;

/**
 * One of the four classes of Writables of a program: makes, reads and writes them, and says what is wrong if it cannot.
 *
 * @param <W> the class
 */
final class WritableType<W extends Writable> {
    private final MessageType<W> type;
    private final String what;

    private WritableType(MessageType<W> type, String what) {
        this.type = type;
        this.what = what;
    }

    /** The class that a program gives for a type parameter of {@link VertexProgram}, or the one named. */
    @SuppressWarnings("unchecked")
    static <W extends Writable> WritableType<W> of(Class<?> program, int parameter, String named, String what)
            throws BspException {
        return new WritableType<>(
                (MessageType<W>) MessageType.of(program, VertexProgram.class, parameter, named, what), what);
    }

    Class<W> type() {
        return type.type();
    }

    W make() throws BspException {
        return type.make();
    }

    /** Throws unless it is of this class. */
    W checked(Writable value) {
        if (value == null || !type.is(value.getClass())) {
            throw new IllegalArgumentException("a " + what + " of "
                    + (value == null ? "null" : value.getClass().getName()) + " in a program whose " + what
                    + "s are of " + type.type().getName());
        }
        return type.type().cast(value);
    }

    /** Writes a value of this class, from the beginning of a buffer. */
    ByteOutput write(Writable value, ByteOutput out) {
        checked(value);
        try {
            value.write(out.reset());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a " + what + " of " + type.type().getName() + " cannot be written: " + e, e);
        }
        return out;
    }

    /** Fills a value from all that a reader has. */
    W read(ByteInput in, W into, String which) {
        try {
            into.readFields(in);
        } catch (IOException e) {
            throw misread(which, e);
        }
        return whole(in, into, which);
    }

    /** What was read, if that was all that a reader had. */
    W whole(ByteInput in, W read, String which) {
        if (in.remaining() > 0) {
            throw misread(which, null);
        }
        return read;
    }

    /** What is wrong with bytes that cannot be read. */
    IllegalStateException misread(String which, IOException e) {
        return new IllegalStateException(
                which + " does not read as it was written: write and readFields of "
                        + type.type().getName() + " must use the same bytes",
                e);
    }
}
