package io.valiant.graph.general;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.Writable;

/**
 * The messages to one vertex where all mirrors were used, for messages of one length: {@link MirroredMail} tells where
 * they lie. Gathered when it begins, also for a program that reads none of them. A class of its own, with nothing else in its methods, so that they are compiled into a program's loop as a loop
 * over an array is.
 */
final class EvenMessages<M extends Writable> implements Iterator<M> {
    private final WritableType<M> type;
    private final M message;
    private final ByteInput in = new ByteInput();
    private int length;
    /** In messages, from the array's beginning. */
    private int[] places;

    private int next;
    private int end;

    EvenMessages(WritableType<M> type, M message) {
        this.type = type;
        this.message = message;
    }

    /** Begins with those of which the mirrors' numbers are from {@code first} to below {@code last} in the index. */
    EvenMessages<M> begin(MirroredMail mail, int first, int last) {
        int shift = mail.gather(first, last);
        in.reset(mail.gathered(), 0, 0);
        length = mail.length();
        places = mail.places();
        next = first - shift;
        end = last - shift;
        return this;
    }

    @Override
    public boolean hasNext() {
        return next < end;
    }

    @Override
    public M next() {
        if (next == end) {
            throw new NoSuchElementException(MessageCursor.ALL_READ);
        }
        try {
            message.readFields(in.move(places[next++] * length, length));
        } catch (IOException e) {
            throw type.misread(MessageCursor.WHICH, e);
        }
        return type.whole(in, message, MessageCursor.WHICH);
    }
}
