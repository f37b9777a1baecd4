package io.valiant.graph.general;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.Writable;

/**
 * The messages to one vertex where all mirrors were used, for short messages of one length: {@link MirroredMail} lays them one behind the
 * other. A class of its own, with nothing else in its methods, so that they are compiled into a program's loop as a loop
 * over an array is: the reader's position is all that moves, and no call is left that would have the rest looked at again.
 */
final class EvenMessages<M extends Writable> implements Iterator<M> {
    private final WritableType<M> type;
    private final M message;
    private final ByteInput in = new ByteInput();
    private int length;

    EvenMessages(WritableType<M> type, M message) {
        this.type = type;
        this.message = message;
    }

    /** Begins with those of the mirrors at places {@code first} to below {@code last} in the index; at least one. */
    EvenMessages<M> begin(MirroredMail mail, int first, int last) {
        length = mail.length();
        mail.open(first, last, in);
        return this;
    }

    @Override
    public boolean hasNext() {
        return in.remaining() > 0;
    }

    @Override
    public M next() {
        int begin = in.position();
        try {
            message.readFields(in);
        } catch (IOException e) {
            return readAlone(begin);
        }
        return in.position() == begin + length ? message : readAlone(begin);
    }

    /**
     * What was not read as long as it is, is read once more from a reader that ends with it. Only here is looked for whether there was one: not
     * before each message.
     */
    private M readAlone(int begin) {
        int behind = in.position() + in.remaining();
        if (begin == behind) {
            throw new NoSuchElementException(MessageCursor.ALL_READ);
        }
        try {
            return type.read(in.move(begin, length), message, MessageCursor.WHICH);
        } finally {
            in.move(begin + length, behind - begin - length);
        }
    }
}
