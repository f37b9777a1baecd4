package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.Writable;

/** The messages to one vertex: one object filled again and again; folded into one where there is a combiner. */
final class MessageCursor<M extends Writable> implements Iterable<M>, Iterator<M> {
    private final WritableType<M> type;
    private final Combiner<M> combiner;
    private final M message;
    private final M folded;
    private final ByteInput in = new ByteInput();
    private SlotLog log;
    private int begin;
    private int end;
    private int next;

    MessageCursor(WritableType<M> type, Combiner<M> combiner) throws BspException {
        this.type = type;
        this.combiner = combiner;
        this.message = type.make();
        this.folded = type.make();
    }

    void begin(SlotLog from, int first, int last) {
        log = from;
        begin = first;
        end = last;
        next = first;
    }

    /** No messages. */
    void none() {
        begin(null, 0, 0);
    }

    @Override
    public Iterator<M> iterator() {
        next = begin;
        return this;
    }

    @Override
    public boolean hasNext() {
        return next < end;
    }

    @Override
    public M next() {
        if (next == end) {
            throw new NoSuchElementException("all messages of this vertex have been read");
        }
        if (combiner == null || end - begin == 1) {
            return read(message);
        }
        M all = read(folded);
        while (next < end) {
            combiner.combine(all, read(message));
        }
        return all;
    }

    private M read(M into) {
        int piece = log.at(next++);
        in.reset(log.array(piece), log.offset(piece), log.length(piece));
        return type.read(in, into, "a message");
    }
}
