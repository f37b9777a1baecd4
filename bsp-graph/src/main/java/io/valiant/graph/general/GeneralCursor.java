package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.Edge;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.ValueAggregator;
import io.valiant.graph.Vertex;
import io.valiant.graph.step.Aggregates;
import java.util.function.Predicate;
import org.apache.hadoop.io.Writable;

/** The vertex that is computed now, as its program sees it. One for a run, moved from vertex to vertex. */
final class GeneralCursor<I extends Writable, V extends Writable, E extends Writable, M extends Writable>
        implements Vertex<I, V, E, M> {
    /** What the program may do now. */
    enum Stage {
        /** Look, and set values. */
        INITIALISE,
        /** Everything. */
        COMPUTE,
        /** Look. */
        WRITE
    }

    private final VertexStore store;
    private final Types<I, V, E, M> types;
    private final Outbox<M> outbox;
    private final Aggregates aggregates;
    private final Thread owner = Thread.currentThread();
    private final I id;
    private final V value;
    private final EdgeCursor<I, E> edges;
    private final ByteInput in = new ByteInput();
    private final ByteOutput idBytes = new ByteOutput();
    private final ByteOutput otherBytes = new ByteOutput();
    private final ByteOutput valueBytes = new ByteOutput();
    private Stage stage = Stage.INITIALISE;

    // of the whole run
    long superstep;
    int phase;
    long vertexCount;
    long edgeCount;
    private boolean haltedAll;

    // of the vertex
    private int slot;
    private boolean idRead;
    private boolean valueRead;
    private boolean halted;

    GeneralCursor(VertexStore store, Types<I, V, E, M> types, Outbox<M> outbox, Aggregates aggregates)
            throws BspException {
        this.store = store;
        this.types = types;
        this.outbox = outbox;
        this.aggregates = aggregates;
        this.id = types.id().make();
        this.value = types.value().make();
        this.edges = new EdgeCursor<>(store, types.id(), types.edge());
    }

    void stage(Stage next) {
        stage = next;
        edges.readOnly = next == Stage.WRITE;
    }

    void move(int toSlot) {
        slot = toSlot;
        idRead = false;
        valueRead = false;
        halted = false;
        edges.move(toSlot);
    }

    /** Takes over what was changed in objects; before the next move. */
    void finish() {
        if (valueRead && stage != Stage.WRITE) {
            types.value().write(value, valueBytes);
            store.values().put(slot, valueBytes.bytes(), 0, valueBytes.size());
        }
        edges.finish();
    }

    boolean hasHalted() {
        return halted;
    }

    boolean hasHaltedAll() {
        return haltedAll;
    }

    private void only(Stage allowed, String what) {
        if (stage != allowed) {
            throw new IllegalStateException(
                    what + " is for compute(), not for " + (stage == Stage.INITIALISE ? "initialise()" : "a writer"));
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(what + " in thread '"
                    + Thread.currentThread().getName() + "': a vertex belongs to the thread that computes it");
        }
    }

    private void change(String what) {
        if (stage == Stage.WRITE) {
            throw new IllegalStateException(what + " is for compute(), not for a writer");
        }
    }

    @Override
    public long superstep() {
        return superstep;
    }

    @Override
    public int phase() {
        return phase;
    }

    @Override
    public long vertexCount() {
        return vertexCount;
    }

    @Override
    public long edgeCount() {
        return edgeCount;
    }

    @Override
    public I id() {
        if (!idRead) {
            store.writeId(store.placeOf(slot), idBytes);
            types.id().read(in.reset(idBytes.bytes(), 0, idBytes.size()), id, "an id");
            idRead = true;
        }
        return id;
    }

    @Override
    public long number() {
        return (long) slot * store.tasks + store.index;
    }

    @Override
    public V value() {
        if (!valueRead) {
            types.value().read(store.values().open(slot, in), value, "a value");
            valueRead = true;
        }
        return value;
    }

    @Override
    public void setValue(V other) {
        change("setValue()");
        types.value().write(other, valueBytes);
        store.values().put(slot, valueBytes.bytes(), 0, valueBytes.size());
        valueRead = false;
    }

    @Override
    public int outDegree() {
        return edges.count();
    }

    @Override
    public Iterable<Edge<I, E>> edges() {
        return edges.begin();
    }

    @Override
    public E edgeValue(I target) {
        int place = find(target);
        return place < 0 ? null : edges.valueTo(place);
    }

    @Override
    public boolean setEdgeValue(I target, E other) {
        change("setEdgeValue()");
        int place = find(target);
        return place >= 0 && edges.setValueTo(place, other);
    }

    @Override
    public void addEdge(I target, E other) {
        change("addEdge()");
        types.id().write(target, idBytes);
        idRead = false;
        edges.add(store.place(idBytes.bytes(), 0, idBytes.size()), other);
    }

    @Override
    public int removeEdges(I target) {
        change("removeEdges()");
        int place = find(target);
        return place < 0 ? 0 : edges.removeAll(place);
    }

    /** The place of an id, or less than 0. The bytes of the id are then in {@link #otherBytes}. */
    private int find(I wanted) {
        types.id().write(wanted, otherBytes);
        return store.find(otherBytes.bytes(), 0, otherBytes.size());
    }

    @Override
    public void send(I target, M message) {
        only(Stage.COMPUTE, "send()");
        int place = find(target);
        if (place >= 0) {
            outbox.sendToPlace(place, message);
        } else {
            outbox.sendToId(otherBytes, message);
        }
    }

    @Override
    public void send(Edge<I, E> edge, M message) {
        only(Stage.COMPUTE, "send()");
        if (edge != edges) {
            throw new IllegalArgumentException("send() along an edge of another vertex");
        }
        outbox.sendToPlace(edges.place(), message);
    }

    @Override
    public void sendTo(long number, M message) {
        only(Stage.COMPUTE, "sendTo()");
        long toSlot = number / store.tasks;
        if (number < 0 || toSlot > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("sendTo() the vertex of number " + number + ", which there is not");
        }
        outbox.sendTo((int) (number % store.tasks), (int) toSlot, message);
    }

    @Override
    public void sendToNeighbours(M message) {
        only(Stage.COMPUTE, "sendToNeighbours()");
        outbox.sendToNeighbours(slot, edges, message);
    }

    @Override
    public void sendToNeighbours(M message, Predicate<Edge<I, E>> along) {
        only(Stage.COMPUTE, "sendToNeighbours()");
        outbox.beginMany();
        for (Edge<I, E> edge : edges.begin()) {
            if (along.test(edge)) {
                outbox.addTarget(edges.place());
            }
        }
        outbox.sendToMany(message);
    }

    @Override
    public void addVertex(I newId, V newValue) {
        only(Stage.COMPUTE, "addVertex()");
        outbox.ask(
                Wire.ADD_VERTEX,
                types.id().write(newId, otherBytes),
                null,
                types.value().write(newValue, valueBytes));
    }

    @Override
    public void removeVertex(I oldId) {
        only(Stage.COMPUTE, "removeVertex()");
        outbox.ask(Wire.REMOVE_VERTEX, types.id().write(oldId, otherBytes), null, null);
    }

    @Override
    public void addEdge(I source, I target, E newValue) {
        only(Stage.COMPUTE, "addEdge()");
        idRead = false;
        outbox.ask(
                Wire.ADD_EDGE,
                types.id().write(source, otherBytes),
                types.id().write(target, idBytes),
                types.edge().write(newValue, valueBytes));
    }

    @Override
    public void removeEdges(I source, I target) {
        only(Stage.COMPUTE, "removeEdges()");
        idRead = false;
        outbox.ask(
                Wire.REMOVE_EDGES,
                types.id().write(source, otherBytes),
                types.id().write(target, idBytes),
                null);
    }

    @Override
    public void aggregate(DoubleAggregator aggregator, double given) {
        only(Stage.COMPUTE, "aggregate()");
        aggregates.add(aggregator, given);
    }

    @Override
    public void aggregate(LongAggregator aggregator, long given) {
        only(Stage.COMPUTE, "aggregate()");
        aggregates.add(aggregator, given);
    }

    @Override
    public <A extends Writable> void aggregate(ValueAggregator<A> aggregator, A given) {
        only(Stage.COMPUTE, "aggregate()");
        aggregates.add(aggregator, given);
    }

    @Override
    public double aggregated(DoubleAggregator aggregator) {
        return aggregates.get(aggregator);
    }

    @Override
    public long aggregated(LongAggregator aggregator) {
        return aggregates.get(aggregator);
    }

    @Override
    public <A extends Writable> A aggregated(ValueAggregator<A> aggregator) {
        return aggregates.get(aggregator);
    }

    @Override
    public void voteToHalt() {
        only(Stage.COMPUTE, "voteToHalt()");
        halted = true;
    }

    @Override
    public void haltAll() {
        only(Stage.COMPUTE, "haltAll()");
        haltedAll = true;
    }
}
