package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.graph.Edge;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.Writable;

/** The edges of the vertex that is computed now, moved from edge to edge and from vertex to vertex. */
final class EdgeCursor<I extends Writable, E extends Writable>
        implements Edge<I, E>, Iterable<Edge<I, E>>, Iterator<Edge<I, E>> {
    private final VertexStore store;
    private final WritableType<I> ids;
    private final WritableType<E> values;
    private final EdgeList list = new EdgeList();
    private final I target;
    private final E value;
    private final ByteInput in = new ByteInput();
    private final ByteOutput out = new ByteOutput();
    /** Nothing may be changed any more. */
    boolean readOnly;

    private int slot;
    private boolean moved;
    private int current;
    private int moves;

    /** Edges of which the target, or the value, is read; -1 if none is. */
    private int targetRead;

    private int valueRead;

    EdgeCursor(VertexStore store, WritableType<I> ids, WritableType<E> values) throws BspException {
        this.store = store;
        this.ids = ids;
        this.values = values;
        this.target = ids.make();
        this.value = values.make();
    }

    void move(int toSlot) {
        slot = toSlot;
        moved = false;
    }

    /** Many vertices are computed without anybody looking at their edges. */
    EdgeList list() {
        if (!moved) {
            list.move(store.edges(), slot);
            moved = true;
            current = -1;
            forget();
        }
        return list;
    }

    private void forget() {
        targetRead = -1;
        valueRead = -1;
    }

    /** Takes over what was changed. */
    void finish() {
        if (moved && list.isChanged()) {
            keep();
        }
    }

    private void keep() {
        list.write(out);
        store.putEdges(slot, out, list.count(), list.hasMoved());
        moved = false;
    }

    /** Whether their targets are no more what the store has. */
    boolean hasMoved() {
        return moved && list.hasMoved();
    }

    int count() {
        return moved ? list.count() : store.degree(slot);
    }

    EdgeCursor<I, E> begin() {
        list();
        current = -1;
        moves = list.moves();
        forget();
        return this;
    }

    E valueTo(int place) {
        int edge = list().find(place);
        valueRead = -1;
        return edge < 0 ? null : values.read(list.value(edge, in), value, "an edge's value");
    }

    boolean setValueTo(int place, E other) {
        int edge = list().find(place);
        return edge >= 0 && set(edge, other);
    }

    private boolean set(int edge, E other) {
        values.write(other, out);
        list.set(edge, out.bytes(), 0, out.size());
        valueRead = -1;
        return true;
    }

    void add(int place, E other) {
        values.write(other, out);
        list().add(place, out.bytes(), 0, out.size());
    }

    int removeAll(int place) {
        return list().removeAll(place);
    }

    /** The place of the present edge's target. */
    int place() {
        if (!moved || current < 0 || current >= list.count() || moves != list.moves()) {
            throw new IllegalStateException("there is no present edge: call next() first");
        }
        return list.target(current);
    }

    @Override
    public Iterator<Edge<I, E>> iterator() {
        return begin();
    }

    @Override
    public boolean hasNext() {
        check();
        return current + 1 < list.count();
    }

    private void check() {
        if (moves != list.moves()) {
            throw new IllegalStateException("edges were added or removed while they were gone through");
        }
    }

    @Override
    public Edge<I, E> next() {
        check();
        if (current + 1 >= list.count()) {
            throw new NoSuchElementException("all edges of this vertex have been gone through");
        }
        current++;
        return this;
    }

    @Override
    public I target() {
        int place = place();
        if (targetRead != current) {
            store.writeId(place, out);
            ids.read(in.reset(out.bytes(), 0, out.size()), target, "an id");
            targetRead = current;
        }
        return target;
    }

    @Override
    public long targetNumber() {
        int place = place();
        int atSlot = store.slotOf(place);
        if (atSlot == VertexStore.UNKNOWN) {
            throw new IllegalStateException(
                    "the number of '" + target() + "' is not known here: nothing was sent there yet");
        }
        return (long) atSlot * store.tasks + store.ownerOf(place);
    }

    @Override
    public E value() {
        place();
        if (valueRead != current) {
            values.read(list.value(current, in), value, "an edge's value");
            valueRead = current;
        }
        return value;
    }

    @Override
    public void setValue(E other) {
        place();
        if (readOnly) {
            throw new IllegalStateException("setValue() of an edge is for compute(), not for a writer");
        }
        set(current, other);
    }
}
