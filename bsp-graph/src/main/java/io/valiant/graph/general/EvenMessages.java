package io.valiant.graph.general;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.Writable;

/**
 * The messages to one vertex where all mirrors were used, for messages of one length: {@link MirroredMail} lays them one behind the other.
 * A class of its own, with nothing else in its methods, so that they are compiled into a program's loop as a loop
 * over an array is: the reader's position is all that moves.
 */
final class EvenMessages<M extends Writable> implements Iterator<M> {
    private final WritableType<M> type;
    private final M message;
    private final ByteInput in = new ByteInput();
    private MirroredMail mail;
    private int length;

    /** Places in the index of the mirrors of which messages are not in the reader yet. */
    private int next;

    private int last;

    EvenMessages(WritableType<M> type, M message) {
        this.type = type;
        this.message = message;
    }

    /** Begins with those of the mirrors at places {@code first} to below {@code end} in the index. */
    EvenMessages<M> begin(MirroredMail from, int first, int end) {
        mail = from;
        length = from.length();
        next = first;
        last = end;
        in.move(0, 0);
        return this;
    }

    @Override
    public boolean hasNext() {
        return in.remaining() > 0 || refill();
    }

    private boolean refill() {
        if (next == last) {
            return false;
        }
        next = mail.open(next, last, in);
        return true;
    }

    @Override
    public M next() {
        if (!hasNext()) {
            throw new NoSuchElementException(MessageCursor.ALL_READ);
        }
        int behind = in.position() + length;
        try {
            message.readFields(in);
        } catch (IOException e) {
            throw type.misread(MessageCursor.WHICH, e);
        }
        if (in.position() != behind) {
            throw type.misread(MessageCursor.WHICH, null);
        }
        return message;
    }
}
