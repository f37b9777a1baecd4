package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.graph.VertexChanges;
import io.valiant.graph.VertexResolver;
import java.io.EOFException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.Writable;

/**
 * Applies what was asked of the graph, slot by slot: edges are removed, the resolver decides on the vertex, edges are added.
 * Also asks the resolver about vertices that only got messages.
 */
final class Changes<I extends Writable, V extends Writable> implements VertexChanges<I, V>, Iterable<V> {
    private final VertexStore store;
    private final Mail mail;
    private final WritableType<I> ids;
    private final WritableType<V> values;
    private final VertexResolver<I, V> resolver;
    private final long[][] active;
    private final EdgeList edges = new EdgeList();
    private final ByteInput in = new ByteInput();
    private final ByteOutput out = new ByteOutput();
    private final I id;
    private final V present;
    private final V asked;

    // the vertex that is decided on now
    private SlotLog log;
    private int slot;
    private int begin;
    private int end;
    private boolean removalWanted;
    private int additions;
    private boolean edgesAdded;
    private boolean messages;

    /** Of the piece that {@link #nextPiece} has found. */
    private int pieceLength;

    /** {@code active}: the bitmap of vertices that have not voted to halt, in its one element. */
    Changes(
            VertexStore store,
            Mail mail,
            WritableType<I> ids,
            WritableType<V> values,
            VertexResolver<I, V> resolver,
            long[][] active)
            throws BspException {
        this.store = store;
        this.mail = mail;
        this.ids = ids;
        this.values = values;
        this.resolver = resolver;
        this.active = active;
        this.id = ids.make();
        this.present = values.make();
        this.asked = values.make();
    }

    /** Applies all changes of a superstep. */
    void apply(SlotLog changes) throws BspException {
        log = changes;
        long[] got = mail.got();
        long[] existing = store.existing();
        // edges that are added may lead to ids with new slots, of which nothing was asked
        int slots = store.slots();
        for (int w = 0; w < (slots + 63) >>> 6; w++) {
            long orphans = got[w] & ~existing[w];
            if (log.isEmpty() && orphans == 0) {
                continue;
            }
            int to = Math.min(slots, (w + 1) << 6);
            for (int s = w << 6; s < to; s++) {
                boolean isChanged = log.begin(s) < log.end(s);
                if (isChanged || (orphans >>> s & 1) != 0) {
                    apply(s);
                }
            }
        }
    }

    private void apply(int at) throws BspException {
        slot = at;
        begin = log.begin(at);
        end = log.end(at);
        messages = (mail.got()[at >>> 6] >>> at & 1) != 0;
        look();
        removeEdges();
        if (removalWanted || additions > 0 || !exists()) {
            resolver.resolve(this);
        }
        if (exists()) {
            addEdges();
        } else if (messages) {
            mail.drop(at);
        }
    }

    private void look() {
        removalWanted = false;
        additions = 0;
        edgesAdded = false;
        for (int i = begin; i < end; i++) {
            byte kind = kind(i);
            removalWanted |= kind == Wire.REMOVE_VERTEX;
            additions += kind == Wire.ADD_VERTEX ? 1 : 0;
            edgesAdded |= kind == Wire.ADD_EDGE;
        }
    }

    private byte kind(int place) {
        int piece = log.at(place);
        return log.array(piece)[log.offset(piece)];
    }

    /** Lets the reader begin behind the kind. */
    private void open(int place) {
        int piece = log.at(place);
        in.reset(log.array(piece), log.offset(piece) + 1, log.length(piece) - 1);
    }

    /** The next piece: where it begins; its length is put into {@link #pieceLength}. */
    private int nextPiece() {
        try {
            pieceLength = in.readIntLe();
        } catch (EOFException e) {
            throw new IllegalStateException(e);
        }
        int from = in.position();
        in.skipBytes(pieceLength);
        return from;
    }

    private void removeEdges() {
        if (!exists()) {
            return;
        }
        edges.move(store.edges(), slot);
        for (int i = begin; i < end; i++) {
            if (kind(i) == Wire.REMOVE_EDGES) {
                open(i);
                int from = nextPiece();
                int place = store.find(in.bytes(), from, from + pieceLength);
                if (place >= 0) {
                    edges.removeAll(place);
                }
            }
        }
        putEdges();
    }

    private void addEdges() {
        if (!edgesAdded) {
            return;
        }
        edges.move(store.edges(), slot);
        for (int i = begin; i < end; i++) {
            if (kind(i) == Wire.ADD_EDGE) {
                open(i);
                int from = nextPiece();
                int place = store.place(in.bytes(), from, from + pieceLength);
                int value = nextPiece();
                edges.add(place, in.bytes(), value, pieceLength);
            }
        }
        putEdges();
    }

    private void putEdges() {
        if (edges.isChanged()) {
            edges.write(out);
            store.putEdges(slot, out, edges.count(), edges.hasMoved());
        }
    }

    @Override
    public I id() {
        store.writeId(store.placeOf(slot), out);
        return ids.read(in.reset(out.bytes(), 0, out.size()), id, "an id");
    }

    @Override
    public boolean exists() {
        return store.exists(slot);
    }

    @Override
    public V value() {
        return exists() ? values.read(store.values().open(slot, in), present, "a value") : null;
    }

    @Override
    public boolean isRemovalWanted() {
        return removalWanted;
    }

    @Override
    public int additionCount() {
        return additions;
    }

    @Override
    public Iterable<V> additions() {
        return this;
    }

    @Override
    public boolean hasAddedEdges() {
        return edgesAdded;
    }

    @Override
    public boolean hasMessages() {
        return messages;
    }

    @Override
    public void remove() {
        if (exists()) {
            store.remove(slot);
            active[0][slot >>> 6] &= ~(1L << slot);
        }
    }

    @Override
    public void set(V value) {
        values.write(value, out);
        if (!exists()) {
            store.create(slot);
            if (slot >>> 6 >= active[0].length) {
                active[0] = Arrays.copyOf(active[0], Math.max(2 * active[0].length, (slot >>> 6) + 1));
            }
            active[0][slot >>> 6] |= 1L << slot;
        }
        store.values().put(slot, out.bytes(), 0, out.size());
    }

    @Override
    public void create() {
        try {
            set(values.make());
        } catch (BspException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public Iterator<V> iterator() {
        return new Iterator<>() {
            private int next = following(begin);

            private int following(int from) {
                int i = from;
                while (i < end && kind(i) != Wire.ADD_VERTEX) {
                    i++;
                }
                return i;
            }

            @Override
            public boolean hasNext() {
                return next < end;
            }

            @Override
            public V next() {
                if (next == end) {
                    throw new NoSuchElementException();
                }
                open(next);
                int from = nextPiece();
                next = following(next + 1);
                return values.read(in.reset(in.bytes(), from, pieceLength), asked, "a value");
            }
        };
    }
}
