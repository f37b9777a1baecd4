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

    /** So many messages are gathered at least at a time. */
    private static final int LEAST_GATHERED = 1 << 12;

    /** What is gathered at a time is for so many vertices at least that have as many messages as the first. */
    private static final int VERTICES_GATHERED = 4;

    /** No more than that are: those of a vertex that has more are read where they are. */
    private static final int MOST_GATHERED = 1 << 15;

    /** Longer messages are read where they are. */
    private static final int MOST_GATHERED_BYTES = 64;

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

    /** All were used, for messages of the same length: these lie by number as they came. */
    private boolean even;

    /** Where it is not even: where the mirror's message begins, or {@link #NOT_SENT}. */
    private int[] at = new int[0];

    /** Only where lengths vary. */
    private int[] lengths = new int[0];

    // what follows is by place in the index
    /** Where it is even: messages in the order of the index, from {@link #windowFrom} to below {@link #windowTo} there. */
    private byte[] window = new byte[0];

    private int windowFrom;
    private int windowTo;

    /** What was gathered last is read from the window. */
    private boolean fromWindow;

    /** Of messages in the window: 0, 1, 2 and so on. */
    private int[] inOrder = new int[0];

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
        even = sent == by.size() && length != VARYING;
        windowTo = 0;
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

    /** Whether something was sent by every mirror, all of it of the same length. */
    boolean isEven() {
        return even;
    }

    /**
     * Where it is even: prepares to read what the mirrors sent whose numbers are from {@code first} to below {@code last} in the
     * index. They are fetched, with those behind them, in a loop that does nothing else: a processor waits there for more of
     * them at once than between what a program does with each.
     *
     * @return how much less their places are in {@link #places} than in the index
     */
    int gather(int first, int last) {
        fromWindow = length <= MOST_GATHERED_BYTES && last - first <= MOST_GATHERED;
        if (!fromWindow) {
            return 0;
        }
        if (first < windowFrom || last > windowTo) {
            int wanted = Math.max(LEAST_GATHERED, VERTICES_GATHERED * (last - first));
            fetch(first, (int) Math.min((long) first + Math.min(wanted, MOST_GATHERED), index.numbers().length));
        }
        return windowFrom;
    }

    private void fetch(int from, int to) {
        int count = to - from;
        if (window.length < count * length) {
            window = new byte[Growth.atLeast(window.length, (long) count * length)];
        }
        if (inOrder.length < count) {
            inOrder = new int[Growth.atLeast(inOrder.length, count)];
            Arrays.setAll(inOrder, i -> i);
        }
        windowFrom = from;
        windowTo = to;
        if (length == Long.BYTES) {
            fetchLongs(index.numbers(), from, count);
            return;
        }
        int[] numbers = index.numbers();
        for (int i = 0; i < count; i++) {
            Ints.copy(bytes, numbers[from + i] * length, window, i * length, length);
        }
    }

    private void fetchLongs(int[] numbers, int from, int count) {
        for (int i = 0; i < count; i++) {
            Ints.putBigLong(window, i << 3, Ints.getBigLong(bytes, numbers[from + i] << 3));
        }
    }

    /** The array to read what was {@link #gather gathered} from. */
    byte[] gathered() {
        return fromWindow ? window : bytes;
    }

    /** Where it lies there, in messages. */
    int[] places() {
        return fromWindow ? inOrder : index.numbers();
    }

    /** Where it is even: how many bytes each message has. */
    int length() {
        return length;
    }

    /** Whether something was sent by the mirror of that number. */
    boolean isSent(int number) {
        return even || at[number] != NOT_SENT;
    }

    /** Lets a reader begin with the message of a mirror. */
    ByteInput openNumber(int number, ByteInput in) {
        if (even) {
            return in.reset(bytes, number * length, length);
        }
        return in.reset(bytes, at[number], length == VARYING ? lengths[number] : length);
    }
}
