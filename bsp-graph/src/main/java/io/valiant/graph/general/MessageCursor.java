package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.Writable;

/** The messages to one vertex: one object filled again and again; folded into one where there is a combiner. */
final class MessageCursor<M extends Writable> implements Iterable<M>, Iterator<M> {
    static final String WHICH = "a message";
    static final String ALL_READ = "all messages of this vertex have been read";

    private final WritableType<M> type;
    private final Combiner<M> combiner;
    private final M message;
    private final M folded;
    private final M part;
    private final ByteInput in = new ByteInput();
    private SlotLog log;

    /** Null where messages are read from a log. */
    private MirroredMail mirrored;

    /** Reads messages by mirrors that lie together and are not combined; and whether it does. */
    private final EvenMessages<M> evenMessages;

    private boolean even;
    private int begin;
    private int end;
    private int next;

    MessageCursor(WritableType<M> type, Combiner<M> combiner) throws BspException {
        this.type = type;
        this.combiner = combiner;
        this.message = type.make();
        this.folded = type.make();
        this.part = type.make();
        this.evenMessages = new EvenMessages<>(type, message);
    }

    void begin(SlotLog from, int first, int last) {
        log = from;
        mirrored = null;
        even = false;
        begin = first;
        end = last;
        next = first;
    }

    /** What was sent by mirrors to a slot. */
    void begin(MirroredMail from, int slot) {
        mirrored = from;
        begin = from.index().begin(slot);
        end = from.index().end(slot);
        even = combiner == null && begin < end && from.lieTogether(end - begin);
        begin = even ? begin : sent(begin);
        next = begin;
    }

    /** The first at or behind a place in the index by whose mirror something was sent. */
    private int sent(int place) {
        int at = place;
        while (at < end && !mirrored.isSentAt(at)) {
            at++;
        }
        return at;
    }

    /** No messages. */
    void none() {
        begin(null, 0, 0);
    }

    @Override
    public Iterator<M> iterator() {
        next = begin;
        return even ? evenMessages.begin(mirrored, begin, end) : this;
    }

    @Override
    public boolean hasNext() {
        return next < end;
    }

    @Override
    public M next() {
        if (next == end) {
            throw new NoSuchElementException(ALL_READ);
        }
        return combiner == null ? read(message) : foldAll();
    }

    private M foldAll() {
        M all = fold(folded);
        while (next < end) {
            combiner.combine(all, fold(part));
        }
        return all;
    }

    /** Folds what the next sending task has sent. */
    private M fold(M into) {
        if (mirrored != null) {
            int endOfTask = mirrored.index().endOfTask(mirrored.number(next));
            read(into);
            while (next < end && mirrored.number(next) < endOfTask) {
                combiner.combine(into, read(message));
            }
            return into;
        }
        int stop = log.endOfSender(log.at(next));
        read(into);
        while (next < end && log.at(next) < stop) {
            combiner.combine(into, read(message));
        }
        return into;
    }

    /** Calls the class's method itself: a compiler sees one class here, where all classes of a program share a type's methods. */
    private M read(M into) {
        try {
            into.readFields(open());
        } catch (IOException e) {
            throw type.misread(WHICH, e);
        }
        return type.whole(in, into, WHICH);
    }

    private ByteInput open() {
        if (mirrored != null) {
            int number = mirrored.number(next);
            next = sent(next + 1);
            return mirrored.openNumber(number, in);
        }
        int piece = log.at(next++);
        return in.reset(log.array(piece), log.offset(piece), log.length(piece));
    }
}
