package io.valiant.graph.engine;

import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * Values by place, of which all or only some are there. Where only some are, every other place holds what no message
 * combines to, so that loops may run over all places. Travels as a dense block (values, with a bitmap if not all) or a sparse
 * one (places and values), whichever is shorter.
 */
abstract class Block {
    private static final int NONE = 0;
    private static final int ALL = 1;
    private static final int SOME = 2;
    private static final int LIST = 3;

    /** Values that are copied at a time from or to places that do not lie together. */
    static final int PIECE = 4096;

    private static final int[] NO_LIST = {};

    final int size;
    /** Which places are there; means nothing while {@link #all}. */
    final long[] present;
    /** The places that are there, if {@link #listed}. */
    int[] list = NO_LIST;

    int count;
    boolean all;
    boolean listed;

    Block(int size) {
        this.size = size;
        this.present = new long[(size + 63) >>> 6];
    }

    /** Makes it all there; the caller sets every value. */
    final void beginAll() {
        all = true;
        listed = false;
        count = size;
    }

    /** Makes it empty; the caller then sets values and marks them by {@link #add}. */
    final void beginSome() {
        if (listed && !all) {
            for (int i = 0; i < count; i++) {
                present[list[i] >>> 6] = 0;
                clear(list[i]);
            }
        } else if (count > 0) {
            Arrays.fill(present, 0);
            clear();
        }
        all = false;
        count = 0;
        listed = true;
        if (list.length == 0) {
            list = new int[size];
        }
    }

    /** Makes it empty; the caller then sets all values, the bits in {@link #present}, and {@link #count}. */
    final void beginBits() {
        Arrays.fill(present, 0);
        all = false;
        count = 0;
        listed = false;
    }

    /** Marks a place that is not there yet. */
    final void add(int place) {
        present[place >>> 6] |= 1L << place;
        list[count++] = place;
    }

    /** The same for places of one word of the bitmap, none of which is there yet. */
    final void addWord(int word, long bits) {
        present[word] = bits;
        for (long left = bits; left != 0; left &= left - 1) {
            list[count++] = (word << 6) + Long.numberOfTrailingZeros(left);
        }
    }

    final boolean has(int place) {
        return (present[place >>> 6] >>> place & 1) != 0;
    }

    /** After the last {@link #add}, or when all bits are set: a block that is complete is treated as such. */
    final void endSome() {
        if (count == size && size > 0) {
            all = true;
        }
    }

    /** Fills {@link #list} from the bitmap. */
    final void ensureListed() {
        if (listed) {
            return;
        }
        if (list.length == 0) {
            list = new int[size];
        }
        int at = 0;
        for (int w = 0; w < present.length; w++) {
            for (long left = present[w]; left != 0; left &= left - 1) {
                list[at++] = (w << 6) + Long.numberOfTrailingZeros(left);
            }
        }
        listed = true;
    }

    final void write(MessageWriter out) throws IOException {
        if (count == 0) {
            out.writeIntLE(NONE);
        } else if (all) {
            out.writeIntLE(ALL);
            writeValues(out);
        } else if ((long) count * (Integer.BYTES + valueBytes()) < (long) size * valueBytes() + size / 8) {
            ensureListed();
            out.writeIntLE(LIST);
            out.writeIntLE(count);
            out.writeInts(list, 0, count);
            writeListed(out);
        } else {
            out.writeIntLE(SOME);
            out.writeIntLE(count);
            out.writeLongs(present, 0, present.length);
            writeValues(out);
        }
    }

    final void read(MessageReader in) throws IOException {
        int kind = in.readIntLE();
        switch (kind) {
            case NONE -> beginSome();
            case ALL -> {
                beginAll();
                readValues(in);
            }
            case LIST -> {
                beginSome();
                count = in.readIntLE();
                in.readInts(list, 0, count);
                for (int i = 0; i < count; i++) {
                    present[list[i] >>> 6] |= 1L << list[i];
                }
                readListed(in);
            }
            case SOME -> {
                all = false;
                listed = false;
                count = in.readIntLE();
                in.readLongs(present, 0, present.length);
                readValues(in);
            }
            default -> throw new IOException("a block of unknown kind " + kind);
        }
    }

    /** Writes it for a checkpoint. */
    final void save(ArrayOutput out) throws IOException {
        if (count == 0) {
            out.writeInt(NONE);
        } else if (all) {
            out.writeInt(ALL);
            saveValues(out);
        } else {
            out.writeInt(SOME);
            out.writeLongs(present, present.length);
            saveValues(out);
        }
    }

    /** Becomes what was {@link #save saved}. */
    final void restore(ArrayInput in) throws IOException {
        beginSome();
        int kind = in.readCount("as kind of a block", SOME);
        if (kind == ALL) {
            beginAll();
            restoreValues(in);
        } else if (kind == SOME) {
            restoreBits(in, present, size);
            listed = false;
            for (long bits : present) {
                count += Long.bitCount(bits);
            }
            restoreValues(in);
        }
    }

    /** Reads a bitmap of that many places. */
    static void restoreBits(ArrayInput in, long[] bits, int size) throws IOException {
        in.readLongs(bits);
        int tail = size & 63;
        in.check(tail == 0 || bits[bits.length - 1] >>> tail == 0, "a bitmap of more than %d places", size);
    }

    abstract int valueBytes();

    /** Sets one place to what no message combines to. */
    abstract void clear(int place);

    /** Sets every place to what no message combines to. */
    abstract void clear();

    abstract void writeValues(MessageWriter out) throws IOException;

    abstract void writeListed(MessageWriter out) throws IOException;

    abstract void readValues(MessageReader in) throws IOException;

    abstract void readListed(MessageReader in) throws IOException;

    abstract void saveValues(ArrayOutput out) throws IOException;

    abstract void restoreValues(ArrayInput in) throws IOException;
}
