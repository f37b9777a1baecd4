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

    /** All were used, for messages of the same length: these lie in {@link #ordered}, and nothing else is filled. */
    private boolean even;

    private byte[] ordered = new byte[0];

    /** Where its message begins, or {@link #NOT_SENT}. */
    private int[] at = new int[0];

    /** Only where lengths vary. */
    private int[] lengths = new int[0];

    /** Begins a superstep. */
    void clear() {
        used = 0;
        sent = 0;
        edges = 0;
        index = null;
    }

    /** Whether a message by that mirror would be in order. */
    boolean fits(int ofTask, int ofSource, int bytesMore) {
        boolean follows =
                sent == 0 || ofTask > task[sent - 1] || (ofTask == task[sent - 1] && ofSource > source[sent - 1]);
        return follows && bytesMore <= Integer.MAX_VALUE - 8 - used;
    }

    /** Takes a message for so many targets, of which the next bytes of a reader are. */
    void add(int ofTask, int ofSource, int targets, int count, DataInput in) throws IOException {
        if (sent == task.length) {
            int wider = Growth.next(sent);
            task = Arrays.copyOf(task, wider);
            source = Arrays.copyOf(source, wider);
            begin = Arrays.copyOf(begin, wider);
        }
        if (count > bytes.length - used) {
            bytes = Arrays.copyOf(bytes, Growth.atLeast(bytes.length, (long) used + count));
        }
        in.readFully(bytes, used, count);
        task[sent] = ofTask;
        source[sent] = ofSource;
        begin[sent] = used;
        length = sent == 0 || length == count ? count : VARYING;
        used += count;
        sent++;
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

    /** All is there: places messages by the numbers of their mirrors. */
    void number(MirrorIndex by) {
        index = by;
        even = sent == by.size() && length != VARYING;
        if (even) {
            order();
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

    private void order() {
        if (ordered.length < used) {
            ordered = new byte[used];
        }
        for (int i = 0; i < sent; i++) {
            System.arraycopy(bytes, begin[i], ordered, index.number(task[i], source[i]) * length, length);
        }
    }

    MirrorIndex index() {
        return index;
    }

    /** Whether something was sent by the mirror of that number. */
    boolean isSent(int number) {
        return even || at[number] != NOT_SENT;
    }

    /** Lets a reader begin with the message of a mirror. */
    ByteInput openNumber(int number, ByteInput in) {
        if (even) {
            return in.reset(ordered, number * length, length);
        }
        return in.reset(bytes, at[number], length == VARYING ? lengths[number] : length);
    }
}
