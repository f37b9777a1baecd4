package io.valiant.graph.general;

import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.Growth;
import io.valiant.graph.io.IdForm;
import io.valiant.graph.io.IdSet;
import io.valiant.graph.io.IdText;
import io.valiant.graph.io.TextIdSet;
import java.io.IOException;
import java.util.Arrays;

/**
 * A task's part of a graph. Every id that the task knows, its own and those that its edges name, has a place; each own id has
 * a slot, whether there is such a vertex or not. Places are only added, and slots once the graph is loaded, so numbers hold for the life of the job.
 */
final class VertexStore {
    static final int UNKNOWN = -1;
    private static final int FORMAT = 2;

    final int index;
    final int tasks;

    /** Bytes of ids, by place. */
    private TextIdSet ids = new TextIdSet();

    /** By place: the task that owns the id above, below its slot there, or {@link #UNKNOWN}. */
    private long[] home = new long[64];

    /** By slot. */
    private int[] place = new int[64];

    /** By slot: how many edges it has. */
    private int[] degree = new int[64];

    private long[] alive = new long[1];
    private int slots;
    private int vertices;
    private long edgeCount;
    private ByteRecords edges = new ByteRecords();

    /** Values of vertices, by slot. */
    private ByteRecords values = new ByteRecords();

    /** By slot: the tasks that have a mirror of the vertex, as bits, in so many longs. */
    private long[] mirrored = new long[0];

    private final int mirrorWords;

    /** By sending task: the mirrors of its vertices in this task. */
    private final Mirrors[] mirrors;

    /** Changed since the last {@link #version}. */
    private boolean changed = true;

    private long version;

    VertexStore(int index, int tasks) {
        this.index = index;
        this.tasks = tasks;
        this.mirrorWords = (tasks + 63) >>> 6;
        this.mirrors = new Mirrors[tasks];
        Arrays.setAll(mirrors, task -> new Mirrors());
    }

    /** The place of an id, which is new if it was not known. */
    int place(byte[] bytes, int from, int to) {
        int known = ids.size();
        int at = ids.add(bytes, from, to);
        if (at == known) {
            addPlace(at);
        }
        return at;
    }

    private void addPlace(int at) {
        if (at == home.length) {
            home = Arrays.copyOf(home, Growth.next(at));
        }
        changed = true;
        int owner = IdText.owner(ids.hash(at), tasks);
        home[at] = home(owner, owner == index ? addSlot(at) : UNKNOWN);
    }

    static int owner(long home) {
        return (int) (home >>> 32);
    }

    static int slot(long home) {
        return (int) home;
    }

    /** Where ids are at home: {@link #owner} and {@link #slot} tell of each. */
    void homes(int[] places, long[] homes, int many) {
        for (int i = 0; i < many; i++) {
            homes[i] = home[places[i]];
        }
    }

    private static long home(int owner, int slot) {
        return (long) owner << 32 | (slot & 0xffffffffL);
    }

    private int addSlot(int at) {
        if (slots == place.length) {
            place = Arrays.copyOf(place, Growth.next(slots));
            degree = Arrays.copyOf(degree, place.length);
        }
        if (slots >>> 6 == alive.length) {
            alive = Arrays.copyOf(alive, 2 * alive.length);
        }
        place[slots] = at;
        edges.grow(slots + 1);
        values.grow(slots + 1);
        return slots++;
    }

    /** Slots get other numbers, before any was told or has edges: slot s becomes {@code to[s]}. */
    void renumber(int[] to) {
        int[] places = new int[place.length];
        long[] there = new long[alive.length];
        for (int s = 0; s < slots; s++) {
            places[to[s]] = place[s];
            home[place[s]] = home(index, to[s]);
            there[to[s] >>> 6] |= exists(s) ? 1L << to[s] : 0;
        }
        place = places;
        alive = there;
        values.renumber(to);
        changed = true;
    }

    /** The place of an id, or {@link #UNKNOWN}. */
    int find(byte[] bytes, int from, int to) {
        return ids.find(bytes, from, to);
    }

    /** How many ids are known. */
    int places() {
        return ids.size();
    }

    int slots() {
        return slots;
    }

    int ownerOf(int ofPlace) {
        return owner(home[ofPlace]);
    }

    /** The slot of an id with its owner, or {@link #UNKNOWN}. */
    int slotOf(int ofPlace) {
        return slot(home[ofPlace]);
    }

    int placeOf(int ofSlot) {
        return place[ofSlot];
    }

    /** The owner has told the slot of an id. */
    void tell(int ofPlace, int itsSlot) {
        changed |= slotOf(ofPlace) != itsSlot;
        home[ofPlace] = home(ownerOf(ofPlace), itsSlot);
    }

    /** Writes the bytes of an id. */
    void writeId(int ofPlace, ByteOutput out) {
        int at = out.reset().skip(ids.textLength(ofPlace));
        ids.copyText(ofPlace, out.bytes(), at);
    }

    boolean exists(int atSlot) {
        return (alive[atSlot >>> 6] >>> atSlot & 1) != 0;
    }

    /** The bitmap of slots with a vertex. */
    long[] existing() {
        return alive;
    }

    /** Makes a vertex without edges. */
    void create(int atSlot) {
        alive[atSlot >>> 6] |= 1L << atSlot;
        vertices++;
        changed = true;
    }

    void remove(int atSlot) {
        alive[atSlot >>> 6] &= ~(1L << atSlot);
        vertices--;
        edgeCount -= degree[atSlot];
        degree[atSlot] = 0;
        forgetMirrors(atSlot);
        edges.put(atSlot, new byte[0], 0, 0);
        values.put(atSlot, new byte[0], 0, 0);
        changed = true;
    }

    /** How many edges lead from a vertex. */
    int degree(int ofSlot) {
        return degree[ofSlot];
    }

    int vertices() {
        return vertices;
    }

    long edgeCount() {
        return edgeCount;
    }

    /** How many edges lead from a vertex to itself. */
    long loops() {
        EdgeList list = new EdgeList();
        long loops = 0;
        for (int s = 0; s < slots; s++) {
            list.move(edges, s);
            for (int e = 0; e < list.count(); e++) {
                loops += list.target(e) == place[s] ? 1 : 0;
            }
        }
        return loops;
    }

    ByteRecords edges() {
        return edges;
    }

    /** Replaces the edges of a vertex; {@code moved}: whether they lead elsewhere than before, or in another order. */
    void putEdges(int atSlot, ByteOutput record, int count, boolean moved) {
        edgeCount += count - degree[atSlot];
        degree[atSlot] = count;
        if (moved) {
            forgetMirrors(atSlot);
        }
        edges.put(atSlot, record.bytes(), 0, record.size());
        changed = true;
    }

    /** Whether tasks have mirrors of a vertex that fit its edges. */
    boolean isMirrored(int atSlot) {
        for (int w = atSlot * mirrorWords, end = Math.min(mirrored.length, w + mirrorWords); w < end; w++) {
            if (mirrored[w] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a task has one. */
    boolean isMirrored(int atSlot, int task) {
        return (mirrored[atSlot * mirrorWords + (task >>> 6)] >>> task & 1) != 0;
    }

    /** A mirror is on its way to a task. */
    void setMirrored(int atSlot, int task) {
        if (mirrored.length < slots * mirrorWords) {
            mirrored = Arrays.copyOf(mirrored, Growth.atLeast(mirrored.length, (long) slots * mirrorWords));
        }
        mirrored[atSlot * mirrorWords + (task >>> 6)] |= 1L << task;
        changed = true;
    }

    private void forgetMirrors(int atSlot) {
        for (int w = atSlot * mirrorWords, end = Math.min(mirrored.length, w + mirrorWords); w < end; w++) {
            mirrored[w] = 0;
        }
    }

    /** The mirrors of another task's vertices, or this one's. */
    Mirrors mirrors(int ofTask) {
        return mirrors[ofTask];
    }

    Mirrors[] mirrors() {
        return mirrors;
    }

    /** Makes or replaces the mirror of another task's vertex, or this one's. */
    void mirror(int ofTask, int source, int[] targets, int count) {
        mirrors[ofTask].put(source, targets, count);
        changed = true;
    }

    ByteRecords values() {
        return values;
    }

    /** A number for what it has but for values: another one if anything has changed since the last call. */
    long version() {
        version += changed ? 1 : 0;
        changed = false;
        return version;
    }

    /** Writes all but the values. */
    void save(ArrayOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeInt(tasks);
        out.writeInt(index);
        out.writeInt(ids.size());
        ids.save(out);
        int[] slotByPlace = new int[ids.size()];
        Arrays.setAll(slotByPlace, this::slotOf);
        out.writeInts(slotByPlace, slotByPlace.length);
        out.writeInt(slots);
        out.writeInts(place, slots);
        out.writeLongs(alive, (slots + 63) >>> 6);
        edges.save(out);
        saveMirrors(out);
        out.end();
    }

    /** Reads what was {@link #save saved} as that version. */
    static VertexStore restore(ArrayInput in, int index, int tasks, long version) throws IOException {
        VertexStore store = new VertexStore(index, tasks);
        int format = in.readInt();
        in.check(format == FORMAT, "format %d, not %d", format, FORMAT);
        int forTasks = in.readInt();
        int forIndex = in.readInt();
        in.check(
                forTasks == tasks && forIndex == index,
                "task %d of %d, not %d of %d",
                forIndex,
                forTasks,
                index,
                tasks);
        int places = in.readCount("ids", IdSet.MOST);
        store.ids = (TextIdSet) IdSet.restore(IdForm.TEXT, in, places);
        int[] slotByPlace = in.readInts(new int[places]);
        store.home = new long[places];
        int own = 0;
        for (int p = 0; p < places; p++) {
            int owner = IdText.owner(store.ids.hash(p), tasks);
            store.home[p] = home(owner, slotByPlace[p]);
            own += owner == index ? 1 : 0;
        }
        store.slots = in.readCount("slots", own);
        store.place = in.readInts(new int[store.slots]);
        for (int s = 0; s < store.slots; s++) {
            int at = store.place[s];
            in.check(at >= 0 && at < places && slotByPlace[at] == s, "slot %d without its id", s);
        }
        store.restoreVertices(in);
        store.version = version;
        store.changed = false;
        return store;
    }

    private void restoreVertices(ArrayInput in) throws IOException {
        alive = in.readLongs(new long[(slots + 63) >>> 6]);
        int tail = slots & 63;
        in.check(tail == 0 || alive[alive.length - 1] >>> tail == 0, "more vertices than %d slots", slots);
        if (alive.length == 0) {
            alive = new long[1];
        }
        for (long bits : alive) {
            vertices += Long.bitCount(bits);
        }
        edges = ByteRecords.restore(in, slots);
        degree = new int[place.length];
        for (int s = 0; s < slots; s++) {
            degree[s] = EdgeList.check(edges, s, ids.size(), in);
            edgeCount += degree[s];
        }
        restoreMirrors(in);
        in.end();
    }

    private void saveMirrors(ArrayOutput out) throws IOException {
        out.writeLongs(Arrays.copyOf(mirrored, slots * mirrorWords), slots * mirrorWords);
        for (Mirrors of : mirrors) {
            of.save(out);
        }
    }

    private void restoreMirrors(ArrayInput in) throws IOException {
        mirrored = in.readLongs(new long[slots * mirrorWords]);
        for (int task = 0; task < tasks; task++) {
            mirrors[task] = Mirrors.restore(in, slots);
        }
    }

    /** Reads values that {@link ByteRecords#save} wrote. */
    void restoreValues(ArrayInput in) throws IOException {
        values = ByteRecords.restore(in, slots);
    }
}
