package io.valiant.graph.general;

import io.valiant.graph.io.Growth;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What was sent by mirrors in a superstep: the bytes once for each mirror, for its targets to gather. Only where each mirror
 * was used once at most and in the order of (sending task, slot), so that a target finds its messages in the order of sending.
 * Filled, then {@link #number numbered}, then read.
 */
final class MirroredMail {
    private static final int NOT_SENT = -1;
    private static final int VARYING = -1;

    /** No window. */
    private static final int NONE = -1;

    /** Longer messages are read where they are. */
    private static final int MOST_FETCHED_BYTES = 64;

    private byte[] bytes = new byte[0];
    private int used;

    /** As they came: the source's task and slot, where the message begins. */
    private int[] task = new int[16];

    private int[] source = new int[16];
    private int[] begin = new int[16];
    private int sent;

    /** Of all messages, or {@link #VARYING}. */
    private int length;

    /** Targets of all that were sent. */
    private long edges;

    // what follows is by number of the mirror
    private MirrorIndex index;

    /** All were used, for messages of the same length, of at least a byte: these lie by number as they came. */
    private boolean even;

    /** Where it is not even: where the mirror's message begins, or {@link #NOT_SENT}. */
    private int[] at = new int[0];

    /** Only where lengths vary. */
    private int[] lengths = new int[0];

    // of a window of the index
    /** Which lies in {@link #fetched}. */
    private int window;

    /**
     * By place in the window: the message, behind room for as many of the window before. There lie those of the vertex that has
     * some in both, and begins at {@link #fetchedFrom}. Only where it is even and messages are short.
     */
    private byte[] fetched = new byte[0];

    private int fetchedFrom;

    /** Which lies in {@link #numbers}. */
    private int numbersWindow;

    /** By place in the window: the mirror's number; for what is not read from {@link #fetched}. */
    private int[] numbers = new int[0];

    /** Begins a superstep. */
    void clear() {
        used = 0;
        sent = 0;
        edges = 0;
        index = null;
    }

    /** Whether messages of one length by the mirrors of those sources would be in order. */
    boolean fits(int ofTask, int[] sources, int messages, int bytesEach) {
        int before = sent > 0 && ofTask == task[sent - 1] ? source[sent - 1] : -1;
        for (int i = 0; i < messages; i++) {
            if (sources[i] <= before) {
                return false;
            }
            before = sources[i];
        }
        return (sent == 0 || ofTask >= task[sent - 1]) && (long) messages * bytesEach <= Integer.MAX_VALUE - 8 - used;
    }

    /** Takes them, for so many targets in all; the next bytes of a reader are theirs. */
    void add(int ofTask, int[] sources, int messages, long targets, int bytesEach, DataInput in) throws IOException {
        if (messages > task.length - sent) {
            int wider = Growth.atLeast(task.length, (long) sent + messages);
            task = Arrays.copyOf(task, wider);
            source = Arrays.copyOf(source, wider);
            begin = Arrays.copyOf(begin, wider);
        }
        int count = messages * bytesEach;
        if (count > bytes.length - used) {
            bytes = Arrays.copyOf(bytes, Growth.atLeast(bytes.length, (long) used + count));
        }
        in.readFully(bytes, used, count);
        Arrays.fill(task, sent, sent + messages, ofTask);
        System.arraycopy(sources, 0, source, sent, messages);
        for (int i = 0; i < messages; i++) {
            begin[sent + i] = used + i * bytesEach;
        }
        length = sent == 0 || length == bytesEach ? bytesEach : VARYING;
        used += count;
        sent += messages;
        edges += targets;
    }

    int sent() {
        return sent;
    }

    long edges() {
        return edges;
    }

    int task(int i) {
        return task[i];
    }

    int source(int i) {
        return source[i];
    }

    /** Lets a reader begin with the i-th message. */
    ByteInput open(int i, ByteInput in) {
        return in.reset(bytes, begin[i], (i + 1 == sent ? used : begin[i + 1]) - begin[i]);
    }

    /**
     * All is there: tells where the message of each mirror is. Messages came in ascending order of (task, slot), each by another
     * mirror, and so are mirrors numbered: where there are as many messages as mirrors the i-th is that of number i.
     */
    void number(MirrorIndex by) {
        index = by;
        even = sent == by.size() && length > 0;
        window = NONE;
        numbersWindow = NONE;
        if (even) {
            return;
        }
        if (at.length < by.size()) {
            at = new int[by.size()];
        }
        if (length == VARYING && lengths.length < at.length) {
            lengths = new int[at.length];
        }
        Arrays.fill(at, 0, by.size(), NOT_SENT);
        for (int i = 0; i < sent; i++) {
            int number = by.number(task[i], source[i]);
            at[number] = begin[i];
            if (length == VARYING) {
                lengths[number] = (i + 1 == sent ? used : begin[i + 1]) - begin[i];
            }
        }
    }

    MirrorIndex index() {
        return index;
    }

    /** Whether so many messages to one vertex can be {@link #open(int, int, ByteInput) opened}. */
    boolean lieTogether(int count) {
        return even && length <= MOST_FETCHED_BYTES && count <= index.windowPlaces();
    }

    /** Where it is even: how many bytes each message has. */
    int length() {
        return length;
    }

    /** Lets a reader begin with the messages at some places of the index, from {@code first} to below {@code last}; at least one. */
    void open(int first, int last, ByteInput in) {
        int wanted = index.window(last - 1);
        if (wanted != window || first < fetchedFrom) {
            fetch(first, wanted);
        }
        int at = index.windowPlaces() + first - index.beginOf(wanted);
        in.reset(fetched, at * length, (last - first) * length);
    }

    /** The window and, where {@code first} is in the one before, what follows it there. */
    private void fetch(int first, int wanted) {
        int begin = index.beginOf(wanted);
        fetchedFrom = Math.min(first, begin);
        if (first < begin) {
            if (window != wanted - 1) {
                fetch(wanted - 1);
            }
            int end = 2 * index.windowPlaces();
            int count = begin - first;
            System.arraycopy(fetched, (end - count) * length, fetched, (end / 2 - count) * length, count * length);
        }
        fetch(wanted);
    }

    /**
     * In a loop that does nothing else, mirror by mirror: a processor waits there for more of the messages at once than between
     * what a program does with each.
     */
    private void fetch(int wanted) {
        window = wanted;
        int places = index.windowPlaces();
        int end = (places + index.placesIn(wanted)) * length;
        if (fetched.length < end) {
            fetched = Arrays.copyOf(fetched, end);
        }
        if (length == Long.BYTES) {
            fetchLongs(wanted);
            return;
        }
        int[] entries = index.entries(wanted);
        int bits = index.bits();
        int number = index.beforeFirst();
        for (int i = 0, count = index.entryCount(wanted); i < count; i++) {
            number += entries[i] >>> bits;
            Ints.copy(bytes, number * length, fetched, (places + (entries[i] & places - 1)) * length, length);
        }
    }

    private void fetchLongs(int wanted) {
        byte[] from = bytes;
        byte[] to = fetched;
        int[] entries = index.entries(wanted);
        int bits = index.bits();
        int places = index.windowPlaces();
        int number = index.beforeFirst();
        for (int i = 0, count = index.entryCount(wanted); i < count; i++) {
            int entry = entries[i];
            number += entry >>> bits;
            Ints.copyLong(from, number << 3, to, (places | (entry & places - 1)) << 3);
        }
    }

    /** The number of the mirror at a place of the index. */
    int number(int place) {
        int wanted = index.window(place);
        if (wanted != numbersWindow) {
            fetchNumbers(wanted);
        }
        return numbers[index.placeInWindow(place)];
    }

    private void fetchNumbers(int wanted) {
        numbersWindow = wanted;
        if (numbers.length < index.placesIn(wanted)) {
            numbers = new int[index.placesIn(wanted)];
        }
        int[] entries = index.entries(wanted);
        int bits = index.bits();
        int places = index.windowPlaces();
        int number = index.beforeFirst();
        for (int i = 0, count = index.entryCount(wanted); i < count; i++) {
            number += entries[i] >>> bits;
            numbers[entries[i] & places - 1] = number;
        }
    }

    /** Whether something was sent by the mirror at a place of the index. */
    boolean isSentAt(int place) {
        return even || at[number(place)] != NOT_SENT;
    }

    /** Lets a reader begin with the message of a mirror. */
    ByteInput openNumber(int number, ByteInput in) {
        if (even) {
            return in.reset(bytes, number * length, length);
        }
        return in.reset(bytes, at[number], length == VARYING ? lengths[number] : length);
    }
}
