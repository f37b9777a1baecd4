package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.CheckpointOutput;
import io.valiant.checkpoint.Unread;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/** A program's state in a checkpoint: the name of its class, then what it writes of itself. */
final class SavedState {
    private static final String SECTION = "state";

    private SavedState() {}

    static void write(Writable state, CheckpointOutput into) throws IOException {
        DataOutput out = into.section(SECTION);
        out.writeUTF(state.getClass().getName());
        state.write(out);
    }

    /** The class of the state. */
    static String className(CheckpointInput from) throws BspException {
        try (DataInputStream in = from.section(SECTION)) {
            return in.readUTF();
        } catch (IOException e) {
            throw unread("a state", e);
        }
    }

    /** Fills a state, which has to use up all that was written. */
    static void read(CheckpointInput from, Writable state) throws BspException {
        String type = state.getClass().getName();
        try (DataInputStream in = from.section(SECTION)) {
            String written = in.readUTF();
            if (!written.equals(type)) {
                throw BspException.user("a state of %s was saved; it cannot be restored into one of %s", written, type);
            }
            state.readFields(in);
            if (!isAtEnd(in)) {
                throw BspException.user(
                        "a saved state does not read as it was written: write and readFields of %s must use the same bytes",
                        type);
            }
        } catch (IOException e) {
            throw unread(type, e);
        }
    }

    private static boolean isAtEnd(DataInput in) throws IOException {
        try {
            in.readByte();
            return false;
        } catch (EOFException e) {
            return true;
        }
    }

    /** What the checkpoint itself met comes as the cause; all else is the state's own fault. */
    private static BspException unread(String what, IOException e) {
        BspException met = Unread.met(e);
        return met != null
                ? met
                : new BspException(
                        BspException.Kind.USER, what + " cannot be read from a checkpoint: " + e.getMessage(), e);
    }
}
