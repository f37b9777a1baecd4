package io.valiant.graph.general;

import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.Growth;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The edges of one vertex, moved from vertex to vertex: read where their record lies until one is changed, then in arrays of
 * its own until they are {@link #write written}.
 *
 * <p>A record: how many edges; the length of each value, or -1 and then a length for each; places of targets; values.
 */
final class EdgeList {
    private static final int VARYING = -1;

    private int count;

    // while it lies in its record
    private final ByteInput record = new ByteInput();
    private byte[] bytes;
    private int targetsAt;
    private int valuesAt;
    private int valueLength;

    // else, and where values vary
    private boolean own;
    private int[] target = new int[8];
    private int[] valueStart = new int[9];
    private final ByteOutput values = new ByteOutput();

    private boolean changed;

    /** Changed by more than values. */
    private boolean moved;

    /** Raised by whatever moves edges to other indices. */
    private int moves;

    /** Checks a record that was restored; how many edges it has. */
    static int check(ByteRecords edges, int slot, int places, ArrayInput in) throws IOException {
        if (edges.length(slot) == 0) {
            return 0;
        }
        int length = edges.length(slot);
        in.check(length >= 2 * Integer.BYTES, "an edge record of %d bytes", length);
        ByteInput record = edges.open(slot, new ByteInput());
        int count = record.readIntLe();
        int valueLength = record.readIntLe();
        long fixed = 2L * Integer.BYTES + (long) count * Integer.BYTES * (valueLength == VARYING ? 2 : 1);
        in.check(count >= 0 && valueLength >= VARYING && fixed <= length, "an edge record of %d edges", count);
        long valueBytes = valueLength == VARYING ? 0 : (long) count * valueLength;
        for (int i = 0; valueLength == VARYING && i < count; i++) {
            int one = record.readIntLe();
            in.check(one >= 0, "an edge value of %d bytes", one);
            valueBytes += one;
        }
        for (int i = 0; i < count; i++) {
            int place = record.readIntLe();
            in.check(place >= 0 && place < places, "an edge to id %d of %d", place, places);
        }
        in.check(fixed + valueBytes == length, "an edge record of %d bytes", length);
        return count;
    }

    /** Moves to the edges of a vertex. */
    void move(ByteRecords edges, int slot) {
        changed = false;
        moved = false;
        own = false;
        count = 0;
        moves++;
        if (edges.length(slot) > 0) {
            edges.open(slot, record);
            try {
                read();
            } catch (EOFException e) {
                throw new IllegalStateException("an edge record is broken", e);
            }
        } else {
            bytes = record.bytes();
            valueLength = 0;
        }
    }

    private void read() throws EOFException {
        bytes = record.bytes();
        count = record.readIntLe();
        valueLength = record.readIntLe();
        if (valueLength == VARYING) {
            room(count);
            valueStart[0] = 0;
            for (int i = 0; i < count; i++) {
                valueStart[i + 1] = valueStart[i] + record.readIntLe();
            }
        }
        targetsAt = record.position();
        valuesAt = targetsAt + count * Integer.BYTES;
    }

    int count() {
        return count;
    }

    boolean isChanged() {
        return changed;
    }

    /** Whether targets are others than they were. */
    boolean hasMoved() {
        return moved;
    }

    int moves() {
        return moves;
    }

    /** The place of an edge's target. */
    int target(int edge) {
        return own ? target[edge] : Ints.get(bytes, targetsAt + edge * Integer.BYTES);
    }

    /** The places of the targets of so many edges, from an edge on. */
    void targets(int from, int[] places, int many) {
        if (own) {
            System.arraycopy(target, from, places, 0, many);
            return;
        }
        int at = targetsAt + from * Integer.BYTES;
        for (int i = 0; i < many; i++) {
            places[i] = Ints.get(bytes, at + i * Integer.BYTES);
        }
    }

    /** Lets a reader begin with an edge's value. */
    ByteInput value(int edge, ByteInput in) {
        if (own) {
            return in.reset(values.bytes(), valueStart[edge], valueStart[edge + 1] - valueStart[edge]);
        }
        if (valueLength == VARYING) {
            return in.reset(bytes, valuesAt + valueStart[edge], valueStart[edge + 1] - valueStart[edge]);
        }
        return in.reset(bytes, valuesAt + edge * valueLength, valueLength);
    }

    /** The first edge to that place, or -1. */
    int find(int place) {
        for (int e = 0; e < count; e++) {
            if (target(e) == place) {
                return e;
            }
        }
        return -1;
    }

    void add(int place, byte[] value, int from, int length) {
        takeOver();
        room(count + 1);
        target[count] = place;
        values.write(value, from, length);
        valueStart[++count] = values.size();
        changed = true;
        moved = true;
        moves++;
    }

    /** Removes all edges to a place; how many there were. */
    int removeAll(int place) {
        if (find(place) < 0) {
            return 0;
        }
        takeOver();
        byte[] old = Arrays.copyOf(values.bytes(), values.size());
        values.reset();
        int kept = 0;
        for (int e = 0; e < count; e++) {
            int from = valueStart[e];
            int length = valueStart[e + 1] - from;
            if (target[e] != place) {
                target[kept] = target[e];
                valueStart[kept++] = values.size();
                values.write(old, from, length);
            }
        }
        int removed = count - kept;
        count = kept;
        valueStart[count] = values.size();
        changed = true;
        moved = true;
        moves++;
        return removed;
    }

    void set(int edge, byte[] value, int from, int length) {
        takeOver();
        int had = valueStart[edge + 1] - valueStart[edge];
        if (had == length) {
            System.arraycopy(value, from, values.bytes(), valueStart[edge], length);
        } else {
            byte[] behind = Arrays.copyOfRange(values.bytes(), valueStart[edge + 1], values.size());
            byte[] before = Arrays.copyOf(values.bytes(), valueStart[edge]);
            values.reset().write(before);
            values.write(value, from, length);
            values.write(behind);
            for (int e = edge + 1; e <= count; e++) {
                valueStart[e] += length - had;
            }
        }
        changed = true;
    }

    /** Begins with no edges. */
    void clear() {
        own = true;
        count = 0;
        valueStart[0] = 0;
        values.reset();
        changed = true;
        moved = true;
        moves++;
    }

    private void takeOver() {
        if (own) {
            return;
        }
        room(count);
        values.reset();
        ByteInput in = new ByteInput();
        for (int e = 0; e < count; e++) {
            target[e] = target(e);
            value(e, in);
            values.write(in.bytes(), in.position(), in.remaining());
        }
        if (valueLength != VARYING) {
            for (int e = 0; e <= count; e++) {
                valueStart[e] = e * valueLength;
            }
        }
        own = true;
    }

    private void room(int edges) {
        if (edges > target.length) {
            target = Arrays.copyOf(target, Growth.atLeast(target.length, edges));
            valueStart = Arrays.copyOf(valueStart, target.length + 1);
        }
    }

    /** Writes the record, which has to be its own by now. */
    void write(ByteOutput out) {
        out.reset();
        out.writeIntLe(count);
        int length = count == 0 ? 0 : valueStart[1];
        for (int e = 0; e < count; e++) {
            if (valueStart[e + 1] - valueStart[e] != length) {
                length = VARYING;
                break;
            }
        }
        out.writeIntLe(length);
        for (int e = 0; length == VARYING && e < count; e++) {
            out.writeIntLe(valueStart[e + 1] - valueStart[e]);
        }
        for (int e = 0; e < count; e++) {
            out.writeIntLe(target[e]);
        }
        out.write(values.bytes(), 0, values.size());
    }
}
