package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.io.Growth;
import io.valiant.message.SpillFile;
import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The messages of a superstep by slot. Where they are more than the memory's share, they are dealt by ranges of slots to files
 * as they come, and each range is read back when its turn comes: slots are read in ascending order.
 */
final class Mail implements AutoCloseable {
    private static final int MOST_RANGES = 1024;
    private static final int BUFFER_BYTES = 1 << 15;

    /** With fewer than one in so many of all targets of mirrors it is quicker to sort what came. */
    private static final int GATHERED_FROM = 4;

    private final Exchange exchange;
    private final VertexStore store;
    private final SlotLog log = new SlotLog();

    /** Slots with messages. */
    private long[] got = new long[1];

    // where messages lie in files, by range
    private int rangeSlots;
    private SpillFile[] files = new SpillFile[0];
    private ByteBuffer[] buffers = new ByteBuffer[0];
    private long[] bytes = new long[0];

    /** The range that lies in the log now. */
    private int loaded;

    private int slots;
    private byte[] scratch = new byte[1024];

    /** Counts spilled messages; and which was the last for each range. */
    private long turn;

    private long[] spilledIn = new long[0];

    /** What was sent by mirrors, while all that comes is; and whether it is. */
    private final MirroredMail mirrored = new MirroredMail();

    private boolean gathers;

    /** What the messages of this superstep take in a log at most, but for those by mirrors. */
    private long logBytes;

    /** Slots that were known when it began. */
    private int knownSlots;

    /** Null since mirrors have changed. */
    private MirrorIndex index;

    private int[] targets = new int[16];

    Mail(Exchange exchange, VertexStore store) {
        this.exchange = exchange;
        this.store = store;
    }

    /** Begins a superstep in which {@code expected} bytes have come in all. */
    void begin(long expected, int slotsKnown) throws BspException {
        close();
        log.clear();
        Arrays.fill(got, 0);
        loaded = 0;
        gathers = false;
        mirrored.clear();
        rangeSlots = Integer.MAX_VALUE;
        knownSlots = slotsKnown;
        // beside its bytes a message takes some 24 in a log, where it had 6 on the way
        logBytes = expected * 3;
        if (logBytes <= most()) {
            gathers = true;
        } else {
            useFiles(logBytes + mirrorBytes(edgesOfMirrors()));
        }
    }

    private long most() {
        return Math.min(exchange.memoryShare(), 1L << 30);
    }

    /** What so many targets of mirrors take in a log: each is sent to once at most that does not come with its message. */
    private static long mirrorBytes(long edges) {
        return 3L * Integer.BYTES * edges;
    }

    private long edgesOfMirrors() {
        long edges = 0;
        for (Mirrors mirrors : store.mirrors()) {
            edges += mirrors.edges();
        }
        return edges;
    }

    /** Messages go to files, so many that of what takes that many bytes in all two ranges would fit into memory. */
    private void useFiles(long all) {
        int ranges = (int) Math.min(MOST_RANGES, Math.max(2, 2 * all / Math.max(1, most())));
        rangeSlots = Math.max(1, (knownSlots + ranges - 1) / ranges);
        files = new SpillFile[ranges];
        buffers = new ByteBuffer[ranges];
        bytes = new long[ranges];
        spilledIn = new long[ranges];
        turn = 0;
    }

    /** Slots beyond the ones known at first go with the last. */
    private int range(int slot) {
        return files.length == 0 ? 0 : Math.min(slot / rangeSlots, files.length - 1);
    }

    /** Makes or replaces a mirror. */
    void mirror(int task, int source, int[] toSlots, int count) {
        index = null;
        store.mirror(task, source, toSlots, count);
    }

    /** Takes messages of one length, each for all targets of the mirror of a source. */
    void addByMirrors(int task, int[] sources, int messages, int length, DataInput in)
            throws IOException, BspException {
        Mirrors mirrors = store.mirrors(task);
        long edges = 0;
        for (int i = 0; i < messages; i++) {
            int count = mirrors.count(sources[i]);
            if (count == 0) {
                throw new IOException(
                        "a message by the mirror of slot " + sources[i] + " of task " + task + ", which has none");
            }
            edges += count;
        }
        if (gathers) {
            if (mirrored.fits(task, sources, messages, length)) {
                mirrored.add(task, sources, messages, edges, length, in);
                return;
            }
            sortAll(edgesOfMirrors());
        }
        for (int i = 0; i < messages; i++) {
            add(task, targets(mirrors, sources[i]), mirrors.count(sources[i]), length, in);
        }
    }

    private int[] targets(Mirrors mirrors, int source) {
        int count = mirrors.count(source);
        if (count > targets.length) {
            targets = new int[Growth.atLeast(targets.length, count)];
        }
        System.arraycopy(mirrors.targets(source), mirrors.begin(source), targets, 0, count);
        return targets;
    }

    /**
     * Not all is by mirrors, or in their order, or too little: it is sorted like everything else.
     *
     * @param edges targets of mirrors to which something may be sent by them
     */
    private void sortAll(long edges) throws IOException, BspException {
        gathers = false;
        long all = logBytes + mirrorBytes(edges);
        if (all > most()) {
            useFiles(all);
        }
        ByteInput in = new ByteInput();
        for (int i = 0; i < mirrored.sent(); i++) {
            Mirrors mirrors = store.mirrors(mirrored.task(i));
            int source = mirrored.source(i);
            int length = mirrored.open(i, in).remaining();
            add(mirrored.task(i), targets(mirrors, source), mirrors.count(source), length, in);
        }
        mirrored.clear();
    }

    /** Takes a message from a task, not below the one before, of which the next bytes of a reader are. */
    void add(int task, int[] toSlots, int count, int length, DataInput in) throws IOException, BspException {
        if (gathers) {
            sortAll(edgesOfMirrors());
        }
        for (int i = 0; i < count; i++) {
            mark(toSlots[i]);
        }
        if (files.length == 0) {
            log.from(task);
            int piece = log.reserve(length);
            in.readFully(log.array(piece), log.offset(piece), length);
            for (int i = 0; i < count; i++) {
                log.give(piece, toSlots[i]);
            }
            return;
        }
        if (length > scratch.length) {
            scratch = new byte[Growth.atLeast(scratch.length, length)];
        }
        in.readFully(scratch, 0, length);
        turn++;
        for (int i = 0; i < count; i++) {
            int range = range(toSlots[i]);
            if (spilledIn[range] != turn) {
                spilledIn[range] = turn;
                spill(range, task, toSlots, i, count, length);
            }
        }
    }

    private void mark(int slot) {
        if (slot >>> 6 >= got.length) {
            got = Arrays.copyOf(got, Math.max(2 * got.length, (slot >>> 6) + 1));
        }
        got[slot >>> 6] |= 1L << slot;
    }

    /** Writes the message once for all its slots in a range, of which the first is the {@code from}-th. */
    private void spill(int range, int task, int[] toSlots, int from, int count, int length) throws BspException {
        if (buffers[range] == null) {
            buffers[range] = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            files[range] = exchange.spillFile();
        }
        int inRange = 0;
        for (int i = from; i < count; i++) {
            inRange += range(toSlots[i]) == range ? 1 : 0;
        }
        putInt(range, task);
        putInt(range, length);
        putInt(range, inRange);
        for (int i = from; i < count; i++) {
            if (range(toSlots[i]) == range) {
                putInt(range, toSlots[i]);
            }
        }
        for (int done = 0; done < length; ) {
            if (!buffers[range].hasRemaining()) {
                flush(range);
            }
            int some = Math.min(buffers[range].remaining(), length - done);
            buffers[range].put(scratch, done, some);
            done += some;
        }
    }

    private void putInt(int range, int value) throws BspException {
        if (buffers[range].remaining() < Integer.BYTES) {
            flush(range);
        }
        buffers[range].putInt(value);
    }

    private void flush(int range) throws BspException {
        ByteBuffer buffer = buffers[range].flip();
        bytes[range] += buffer.remaining();
        files[range].append(buffer);
        buffer.clear();
    }

    /** All has come. */
    void end(int allSlots) throws IOException, BspException {
        slots = allSlots;
        gather();
        int words = (slots + 63) >>> 6;
        if (got.length < words) {
            got = Arrays.copyOf(got, words);
        }
        if (gathers) {
            mark();
            return;
        }
        if (files.length == 0) {
            log.sort(0, slots);
            return;
        }
        for (int range = 0; range < files.length; range++) {
            if (buffers[range] != null) {
                flush(range);
                buffers[range] = null;
            }
        }
        loaded = -1;
    }

    /** Decides whether messages are gathered, and prepares it. */
    private void gather() throws IOException, BspException {
        if (!gathers) {
            return;
        }
        long edges = edgesOfMirrors();
        if (mirrored.sent() == 0 || mirrored.edges() < edges / GATHERED_FROM || edges > MirrorIndex.MOST_EDGES) {
            sortAll(mirrored.edges());
            return;
        }
        if (index == null) {
            index = new MirrorIndex(store.mirrors(), slots);
        }
        mirrored.number(index);
    }

    /** Marks the slots that find something. */
    private void mark() {
        if (mirrored.sent() == index.size()) {
            System.arraycopy(index.reached(), 0, got, 0, index.reached().length);
            return;
        }
        for (int i = 0; i < mirrored.sent(); i++) {
            Mirrors mirrors = store.mirrors(mirrored.task(i));
            int source = mirrored.source(i);
            int[] all = mirrors.targets(source);
            for (int t = mirrors.begin(source), end = t + mirrors.count(source); t < end; t++) {
                got[all[t] >>> 6] |= 1L << all[t];
            }
        }
    }

    /** The bitmap of slots with messages; at least a word for each 64 slots. */
    long[] got() {
        return got;
    }

    /** A vertex that is not there gets nothing. */
    void drop(int slot) {
        got[slot >>> 6] &= ~(1L << slot);
    }

    /** Lets a cursor begin with the messages of a slot, not below the one before. */
    void open(int slot, MessageCursor<?> messages) throws BspException {
        if (gathers) {
            messages.begin(mirrored, slot);
            return;
        }
        int first = 0;
        if (files.length > 0) {
            int range = range(slot);
            first = range * rangeSlots;
            if (range != loaded) {
                load(range);
            }
        }
        messages.begin(log, log.begin(slot - first), log.end(slot - first));
    }

    private void load(int range) throws BspException {
        log.clear();
        long at = 0;
        ByteBuffer head = ByteBuffer.allocate(3 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer window = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        window.limit(0);
        while (at < bytes[range] || window.hasRemaining()) {
            at = fill(range, at, window, head.clear());
            log.from(head.getInt(0));
            int piece = log.reserve(head.getInt(Integer.BYTES));
            int count = head.getInt(2 * Integer.BYTES);
            ByteBuffer targets = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            at = fill(range, at, window, targets);
            for (int i = 0; i < count; i++) {
                log.give(piece, targets.getInt(i * Integer.BYTES));
            }
            at = fill(range, at, window, ByteBuffer.wrap(log.array(piece), log.offset(piece), log.length(piece)));
        }
        files[range].close();
        int first = range * rangeSlots;
        log.sort(first, (range == files.length - 1 ? slots : Math.min(slots, first + rangeSlots)) - first);
        loaded = range;
    }

    /** Fills a buffer from the window and, when that is empty, the file; where in the file the next window begins. */
    private long fill(int range, long at, ByteBuffer window, ByteBuffer into) throws BspException {
        long next = at;
        while (into.hasRemaining()) {
            if (!window.hasRemaining()) {
                window.clear().limit((int) Math.min(window.capacity(), bytes[range] - next));
                next += window.remaining();
                files[range].read(next - window.remaining(), window);
                window.flip();
            }
            int some = Math.min(window.remaining(), into.remaining());
            into.put(into.position(), window, window.position(), some);
            into.position(into.position() + some);
            window.position(window.position() + some);
        }
        return next;
    }

    /** Forgets what lies in files. */
    @Override
    public void close() throws BspException {
        for (SpillFile file : files) {
            if (file != null) {
                file.close();
            }
        }
        files = new SpillFile[0];
        buffers = new ByteBuffer[0];
        bytes = new long[0];
    }
}
