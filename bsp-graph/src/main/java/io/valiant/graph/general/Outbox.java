package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.exchange.Exchange;
import io.valiant.graph.io.Growth;
import io.valiant.message.MessageWriter;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.hadoop.io.Writable;

/**
 * What a task's vertices send and ask for in a superstep. Messages are written at once, those by mirrors when some of them make
 * a run; where there is a combiner, one for each vertex that was sent to, at the end, in the order in which they were first sent to.
 */
final class Outbox<M extends Writable> {
    /** What mirrors take for each edge: its target, and by target its mirror. */
    private static final int EDGE_BYTES = 2 * Integer.BYTES;

    /** And for each mirror: where its targets begin and how many there are, in arrays that grow to twice as much, and its number. */
    private static final int MIRROR_BYTES = 5 * Integer.BYTES;

    /** With fewer edges for a vertex there is less to send where messages are combined. */
    private static final int LEAST_DEGREE = 2;

    private static final int MOST_MIRRORED = 1 << 30;
    private static final int LOOKED_UP = 256;

    private final Exchange exchange;
    private final VertexStore store;
    private final WritableType<M> type;
    private final Combiner<M> combiner;
    private final ByteOutput message = new ByteOutput();
    private final ByteOutput id = new ByteOutput();
    private final ByteOutput record = new ByteOutput();
    private final ByteOutput head = new ByteOutput();

    /** Slots of one message's targets, by task. */
    private final int[][] targets;

    private final int[] targetCount;

    /** Some edges' targets and where they are. */
    private final int[] places = new int[LOOKED_UP];

    private final long[] homes = new long[LOOKED_UP];

    /** By task: what goes there by mirrors and is not yet written; null where nothing ever went so. */
    private final MirrorRun[] runs;

    private int[] unknown = new int[8];
    private int unknownCount;

    // combined messages: by number of the vertex, or -1 - place where the slot is unknown
    private final Long2IntOpenHashMap accumulator = new Long2IntOpenHashMap();
    private final ByteRecords combined = new ByteRecords();
    private long[] keys = new long[16];
    private final M folded;
    private final ByteInput in = new ByteInput();

    /** Whether vertices may get mirrors in this superstep. */
    private boolean mayMirror;

    /** Something was sent by mirrors in this superstep: what follows cannot be combined with it, and must not overtake it. */
    private boolean byMirrors;

    /** In this superstep, and until it begins in the one before, something was sent that is better combined than mirrored. */
    private boolean toFew;

    /** The slot of the vertex that was the last to send to all its neighbours in this superstep, or -1. */
    private int last;

    private long sent;
    private long asked;

    Outbox(Exchange exchange, VertexStore store, WritableType<M> type, Combiner<M> combiner) throws BspException {
        this.exchange = exchange;
        this.store = store;
        this.type = type;
        this.combiner = combiner;
        this.targets = new int[store.tasks][8];
        this.targetCount = new int[store.tasks];
        this.runs = new MirrorRun[store.tasks];
        this.folded = type.make();
        accumulator.defaultReturnValue(-1);
    }

    /** Begins a superstep. */
    void begin() {
        sent = 0;
        asked = 0;
        byMirrors = false;
        last = -1;
        mayMirror = store.edgeCount() <= MOST_MIRRORED
                && mirrorBytes() <= exchange.memoryShare()
                && (combiner == null || (!toFew && store.edgeCount() >= (long) LEAST_DEGREE * store.vertices()));
        toFew = false;
    }

    /** What mirrors of all vertices may take; about as much as those of others that are here. */
    private long mirrorBytes() {
        long edges = store.edgeCount();
        long mirrors = Math.min(edges, (long) store.vertices() * store.tasks);
        return edges * EDGE_BYTES + mirrors * MIRROR_BYTES;
    }

    /** Whether messages of the superstep were such that the next uses no mirrors, if they are combined. */
    boolean hasSentToFew() {
        return toFew;
    }

    /** As {@link #hasSentToFew} said of the superstep before the one that begins next. */
    void sentToFew(boolean hasSent) {
        toFew = hasSent;
    }

    /** Messages of this superstep. */
    long sent() {
        return sent;
    }

    /** Changes of the graph that were asked for in this superstep. */
    long asked() {
        return asked;
    }

    void sendToPlace(int place, M value) {
        toFew = true;
        int slot = store.slotOf(place);
        if (slot != VertexStore.UNKNOWN) {
            sendTo(store.ownerOf(place), slot, value);
        } else if (combines()) {
            combine(-1L - place, value);
        } else {
            type.write(value, message);
            writeByPlace(place);
        }
    }

    private boolean combines() {
        return combiner != null && !byMirrors;
    }

    void sendTo(int task, int slot, M value) {
        toFew = true;
        if (combines()) {
            combine((long) slot * store.tasks + task, value);
        } else {
            type.write(value, message);
            write(task, slot);
        }
    }

    /** To an id that has no place here. */
    void sendToId(ByteOutput to, M value) {
        toFew = true;
        if (combines()) {
            sendToPlace(store.place(to.bytes(), 0, to.size()), value);
        } else {
            type.write(value, message);
            writeById(to);
        }
    }

    // ---- to several

    /**
     * To all targets of a vertex's edges. By its mirrors only once in a superstep: so what the receiver makes of it, for which
     * nothing comes on the way, is no more than the mirrors' edges.
     */
    void sendToNeighbours(int from, EdgeCursor<?, ?> edges, M value) {
        boolean again = from == last;
        last = from;
        toFew |= again;
        boolean mirrors = mayMirror && !again && accumulator.isEmpty() && !edges.hasMoved();
        if (mirrors && store.isMirrored(from)) {
            sendByMirror(from, value);
        } else {
            sendToTargets(from, edges.list(), value, mirrors);
        }
    }

    private void sendToTargets(int from, EdgeList edges, M value, boolean mirrors) {
        beginMany();
        addTargets(edges);
        if (mirrors && unknownCount == 0) {
            sendAndMirror(from, value);
        } else {
            writeOrCombine(value);
        }
    }

    private void sendAndMirror(int from, M value) {
        type.write(value, message);
        for (int task = 0; task < targets.length; task++) {
            if (targetCount[task] > 0) {
                byMirrors = true;
                writeAndMirror(task, from);
                store.setMirrored(from, task);
            }
        }
    }

    private void sendByMirror(int from, M value) {
        byMirrors = true;
        type.write(value, message);
        for (int task = 0; task < targets.length; task++) {
            if (store.isMirrored(from, task)) {
                addToRun(task, from);
                sent++;
            }
        }
    }

    private void addToRun(int task, int from) {
        if (runs[task] == null) {
            runs[task] = new MirrorRun();
        }
        if (!runs[task].add(from, message.bytes(), message.size())) {
            addToNextRun(task, from);
        }
    }

    /** Or by itself, where it is too long for one. */
    private void addToNextRun(int task, int from) {
        endRun(task);
        if (!runs[task].add(from, message.bytes(), message.size())) {
            record(Wire.SEND_BY_MIRROR).writeIntLe(from);
            record.writePiece(message);
            write(task);
        }
    }

    /** Whatever else goes to a task must not overtake what it gets by mirrors. */
    private void endRun(int task) {
        if (runs[task] != null && !runs[task].isEmpty()) {
            try {
                runs[task].write(exchange.writer(task), head);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void beginMany() {
        Arrays.fill(targetCount, 0);
        unknownCount = 0;
    }

    /**
     * Looked up in a loop that does nothing else: in one that distributes as well a processor cannot tell whether what it reads next
     * was just written, and waits for each miss of its cache.
     */
    private void addTargets(EdgeList edges) {
        for (int from = 0, some; from < edges.count(); from += some) {
            some = Math.min(LOOKED_UP, edges.count() - from);
            edges.targets(from, places, some);
            store.homes(places, homes, some);
            for (int i = 0; i < some; i++) {
                addTarget(places[i], VertexStore.owner(homes[i]), VertexStore.slot(homes[i]));
            }
        }
    }

    void addTarget(int place) {
        addTarget(place, store.ownerOf(place), store.slotOf(place));
    }

    private void addTarget(int place, int task, int slot) {
        if (slot == VertexStore.UNKNOWN) {
            if (unknownCount == unknown.length) {
                unknown = Arrays.copyOf(unknown, Growth.next(unknownCount));
            }
            unknown[unknownCount++] = place;
            return;
        }
        int at = targetCount[task]++;
        if (at == targets[task].length) {
            targets[task] = Arrays.copyOf(targets[task], Growth.next(at));
        }
        targets[task][at] = slot;
    }

    /** To the targets that were added, which are not all of a vertex's. */
    void sendToMany(M value) {
        toFew = true;
        writeOrCombine(value);
    }

    private void writeOrCombine(M value) {
        if (combines()) {
            combineMany(value);
            return;
        }
        type.write(value, message);
        for (int task = 0; task < targets.length; task++) {
            if (targetCount[task] == 1) {
                write(task, targets[task][0]);
            } else if (targetCount[task] > 1) {
                writeToMany(task);
            }
        }
        for (int i = 0; i < unknownCount; i++) {
            writeByPlace(unknown[i]);
        }
    }

    private void combineMany(M value) {
        type.checked(value);
        for (int task = 0; task < targets.length; task++) {
            for (int i = 0; i < targetCount[task]; i++) {
                combine((long) targets[task][i] * store.tasks + task, value);
            }
        }
        for (int i = 0; i < unknownCount; i++) {
            combine(-1L - unknown[i], value);
        }
    }

    // ---- combining

    private void combine(long key, M value) {
        int at = accumulator.get(key);
        if (at < 0) {
            at = accumulator.size();
            type.write(value, message);
            accumulator.put(key, at);
            if (at == keys.length) {
                keys = Arrays.copyOf(keys, Growth.next(at));
            }
            keys[at] = key;
            combined.grow(at + 1);
        } else {
            type.read(combined.open(at, in), folded, "a combined message");
            combiner.combine(folded, type.checked(value));
            type.write(folded, message);
        }
        combined.put(at, message.bytes(), 0, message.size());
    }

    /** All vertices have been computed: writes what was combined, and ends what goes by mirrors. */
    void end() {
        for (int i = 0; i < accumulator.size(); i++) {
            combined.open(i, in);
            message.reset().write(in.bytes(), in.position(), in.remaining());
            if (keys[i] < 0) {
                writeByPlace((int) (-1 - keys[i]));
            } else {
                write((int) (keys[i] % store.tasks), (int) (keys[i] / store.tasks));
            }
        }
        if (combiner != null) {
            accumulator.clear();
            combined.clear();
        }
        for (int task = 0; task < runs.length; task++) {
            endRun(task);
        }
    }

    // ---- records

    private ByteOutput record(byte kind) {
        record.reset().write(kind);
        return record;
    }

    /** Writes the record that was made, in one piece. */
    private void write(int task) {
        endRun(task);
        MessageWriter out = exchange.writer(task);
        try {
            out.beginMessage();
            out.write(record.bytes(), 0, record.size());
            out.endMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(int task, int slot) {
        record(Wire.SEND).writeIntLe(slot);
        record.writePiece(message);
        write(task);
        sent++;
    }

    private void writeToMany(int task) {
        record(Wire.SEND_TO_MANY);
        writeTargets(task);
    }

    private void writeAndMirror(int task, int from) {
        record(Wire.SEND_AND_MIRROR).writeIntLe(from);
        writeTargets(task);
    }

    /** Behind the head of a record: the targets, as an array, and the message. */
    private void writeTargets(int task) {
        record.writeLength(targetCount[task]);
        endRun(task);
        MessageWriter out = exchange.writer(task);
        try {
            out.beginMessage();
            out.write(record.bytes(), 0, record.size());
            out.writeInts(targets[task], 0, targetCount[task]);
            record.reset().writePiece(message);
            out.write(record.bytes(), 0, record.size());
            out.endMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sent++;
    }

    private void writeByPlace(int place) {
        store.writeId(place, id);
        writeById(id);
    }

    private void writeById(ByteOutput to) {
        record(Wire.SEND_BY_ID).writePiece(to).writePiece(message);
        write(owner(to));
        sent++;
    }

    private int owner(ByteOutput ofId) {
        return Ids.owner(ofId, store.tasks);
    }

    /** Asks the owner of an id for a change: the kind, then one or two ids and perhaps a value. */
    void ask(byte kind, ByteOutput ofId, ByteOutput other, ByteOutput value) {
        record(kind).writePiece(ofId);
        if (other != null) {
            record.writePiece(other);
        }
        if (value != null) {
            record.writePiece(value);
        }
        write(owner(ofId));
        asked++;
    }
}
