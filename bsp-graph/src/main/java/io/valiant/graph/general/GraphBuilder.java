package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.exchange.Exchange;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.ReaderSetup;
import io.valiant.graph.VertexReader;
import io.valiant.graph.io.BinaryShare;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.step.Collective;
import io.valiant.io.LineReader;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import io.valiant.protocol.InputSplit;
import io.valiant.task.TaskContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.hadoop.io.Writable;

/**
 * Loads a task's part of a graph in three barriers: lines are read and brought to the owners; owners ask each other for the
 * slots of the ids that their edges name; edges to vertices that are not there are refused, or dropped.
 */
final class GraphBuilder<I extends Writable, V extends Writable, E extends Writable> {
    /** Of slots, each ordered by itself: as many as there are ranges for 128 times what is sorted in memory. */
    static final int BLOCKS = 256;

    private final TaskContext context;
    private final Exchange exchange;
    private final Types<I, V, E, ?> types;
    private final GraphFormat format;
    private final VertexStore store;
    private final Collective collective;
    /** Edges by source: place of the target, then the value. */
    private final SlotLog edges = new SlotLog();

    /** Places of vertices whose value was told. */
    private final BitSet valued = new BitSet();

    private final ByteOutput id = new ByteOutput();
    private final ByteOutput other = new ByteOutput();
    private final ByteOutput value = new ByteOutput();

    GraphBuilder(TaskContext context, Types<I, V, E, ?> types, GraphFormat format) {
        this.context = context;
        this.exchange = context.exchange();
        this.types = types;
        this.format = format;
        this.store = new VertexStore(exchange.index(), exchange.count());
        this.collective = new Collective(exchange);
    }

    /** Every task of the job calls it at the same time. {@code bothDirections}: whether each edge leads back too. */
    VertexStore build(VertexReader<I, V, E> reader, boolean bothDirections) throws BspException, IOException {
        reader.setup(new ReaderSetup(
                context.settings(),
                types.id().type(),
                types.value().type(),
                types.edge().type()));
        read(reader, new LoadSink<>(exchange, types, bothDirections));
        collective.share();
        for (int task = 0; task < exchange.count(); task++) {
            MessageReader in = exchange.reader(task);
            while (in.remaining() > 0) {
                take(in);
            }
        }
        orderByDegree();
        types.value().write(types.value().make(), value);
        for (int slot = 0; slot < store.slots(); slot++) {
            if (store.exists(slot) && !valued.get(store.placeOf(slot))) {
                store.values().put(slot, value.bytes(), 0, value.size());
            }
        }
        edges.sort(0, store.slots());
        resolve();
        place();
        return store;
    }

    private void read(VertexReader<I, V, E> reader, LoadSink<I, V, E> sink) throws BspException {
        SourceLine line = new SourceLine();
        try (BinaryShare share =
                BinaryShare.of(context.assignment().spec().inputs(), format, exchange.index(), exchange.count())) {
            if (share != null) {
                new BinaryReader<>(share, types, format.weighted()).read(sink);
            }
        }
        for (JobInput input : context.assignment().spec().inputs()) {
            if (input.name().equals(GraphSettings.BINARY)) {
                continue;
            }
            for (InputSplit split : context.splits(input.name())) {
                try (LineReader lines = context.openLines(split)) {
                    line.move(input.name(), lines);
                    while (lines.next()) {
                        if (Thread.currentThread().isInterrupted()) {
                            throw new BspException(
                                    BspException.Kind.FENCED, "interrupted while reading " + lines.file());
                        }
                        reader.read(line, sink);
                    }
                }
            }
        }
    }

    private void take(MessageReader in) throws IOException, BspException {
        byte kind = in.readByte();
        Wire.readBytes(in, id);
        int place = store.place(id.bytes(), 0, id.size());
        int slot = store.slotOf(place);
        if (kind == Wire.ADD_EDGE) {
            Wire.readBytes(in, other);
            int target = store.place(other.bytes(), 0, other.size());
            Wire.readBytes(in, value);
            other.reset().writeIntLe(target);
            other.write(value.bytes(), 0, value.size());
            edges.add(slot, other.bytes(), 0, other.size());
            return;
        }
        if (!store.exists(slot)) {
            store.create(slot);
        }
        if (kind == Wire.VERTEX_WITH_VALUE) {
            Wire.readBytes(in, value);
            if (valued.get(place)) {
                throw BspException.user("vertex '%s' is given a value twice", text(place));
            }
            valued.set(place);
            store.values().put(slot, value.bytes(), 0, value.size());
        } else if (kind != Wire.VERTEX) {
            throw new IOException("a record of unknown kind " + kind);
        }
    }

    /**
     * What vertices of many edges send is read most: it lies together where their slots do. Not all of them in one place: there
     * messages are most, too, and ranges of slots that go through files must have about as many.
     */
    private void orderByDegree() {
        int[] numbers = edges.numbersByPieces(store.slots(), Math.max(1, store.slots() / BLOCKS));
        store.renumber(numbers);
        edges.renumber(numbers);
    }

    /** Asks for the slots of foreign ids; a vertex that its owner does not have stays unknown. */
    private void resolve() throws BspException, IOException {
        List<int[]> asked = new ArrayList<>();
        int[] count = new int[exchange.count()];
        for (int p = 0; p < store.places(); p++) {
            count[store.ownerOf(p)]++;
        }
        for (int task = 0; task < exchange.count(); task++) {
            asked.add(new int[task == store.index ? 0 : count[task]]);
            count[task] = 0;
        }
        for (int p = 0; p < store.places(); p++) {
            int task = store.ownerOf(p);
            if (task != store.index) {
                asked.get(task)[count[task]++] = p;
                store.writeId(p, id);
                MessageWriter out = exchange.writer(task);
                out.beginMessage();
                Wire.writeBytes(out, id);
                out.endMessage();
            }
        }
        long vertices = collective.sum(store.vertices())[0];
        if (vertices == 0) {
            throw BspException.user("a graph without vertices: the input names none");
        }
        for (int task = 0; task < exchange.count(); task++) {
            MessageReader in = exchange.reader(task);
            MessageWriter out = exchange.writer(task);
            while (in.remaining() > 0) {
                Wire.readBytes(in, id);
                int p = store.find(id.bytes(), 0, id.size());
                out.writeIntLE(p >= 0 && store.exists(store.slotOf(p)) ? store.slotOf(p) : VertexStore.UNKNOWN);
                out.endMessage();
            }
        }
        collective.share();
        for (int task = 0; task < exchange.count(); task++) {
            MessageReader in = exchange.reader(task);
            for (int p : asked.get(task)) {
                store.tell(p, in.readIntLE());
            }
        }
    }

    /** Makes the records of edges. */
    private void place() throws BspException {
        EdgeList list = new EdgeList();
        ByteInput in = new ByteInput();
        for (int slot = 0; slot < store.slots(); slot++) {
            int end = edges.end(slot);
            if (edges.begin(slot) == end) {
                continue;
            }
            if (!store.exists(slot)) {
                refuse(store.placeOf(slot), store.placeOf(slot), edges.begin(slot));
                continue;
            }
            list.clear();
            for (int i = edges.begin(slot); i < end; i++) {
                int piece = edges.at(i);
                int target = Ints.get(edges.array(piece), edges.offset(piece));
                int known = store.slotOf(target);
                if (known == VertexStore.UNKNOWN || (store.ownerOf(target) == store.index && !store.exists(known))) {
                    refuse(target, store.placeOf(slot), i);
                    continue;
                }
                in.reset(edges.array(piece), edges.offset(piece), edges.length(piece));
                list.add(target, in.bytes(), edges.offset(piece) + Integer.BYTES, in.remaining() - Integer.BYTES);
            }
            list.write(value);
            store.putEdges(slot, value, list.count(), true);
        }
    }

    /** Throws unless edges with unknown ends are to be dropped. */
    private void refuse(int missing, int source, int edge) throws BspException {
        if (format.lenient()) {
            return;
        }
        int piece = edges.at(edge);
        String target = text(Ints.get(edges.array(piece), edges.offset(piece)));
        throw BspException.user(
                "the edge from '%s' to '%s' names vertex '%s', which no line of vertices does; add it there, or drop such"
                        + " edges with --lenient (%s)",
                text(source), target, text(missing), GraphSettings.LENIENT);
    }

    private String text(int place) throws BspException {
        store.writeId(place, id);
        return types.id()
                .read(
                        new ByteInput().reset(id.bytes(), 0, id.size()),
                        types.id().make(),
                        "an id")
                .toString();
    }
}
