package io.valiant.graph.engine;

import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.util.Arrays;

/** A {@link Block} of ints. */
final class IntBlock extends Block {
    final int[] values;
    private final int identity;

    IntBlock(int size, int identity) {
        super(size);
        this.values = new int[size];
        this.identity = identity;
        clear();
    }

    @Override
    int valueBytes() {
        return Integer.BYTES;
    }

    @Override
    void clear(int place) {
        values[place] = identity;
    }

    @Override
    void clear() {
        Arrays.fill(values, identity);
    }

    @Override
    void writeValues(MessageWriter out) throws IOException {
        out.writeInts(values, 0, size);
    }

    @Override
    void writeListed(MessageWriter out) throws IOException {
        int[] piece = new int[Math.min(PIECE, count)];
        for (int at = 0; at < count; at += PIECE) {
            int some = Math.min(PIECE, count - at);
            for (int i = 0; i < some; i++) {
                piece[i] = values[list[at + i]];
            }
            out.writeInts(piece, 0, some);
        }
    }

    @Override
    void readValues(MessageReader in) throws IOException {
        in.readInts(values, 0, size);
    }

    @Override
    void readListed(MessageReader in) throws IOException {
        int[] piece = new int[Math.min(PIECE, count)];
        for (int at = 0; at < count; at += PIECE) {
            int some = Math.min(PIECE, count - at);
            in.readInts(piece, 0, some);
            for (int i = 0; i < some; i++) {
                values[list[at + i]] = piece[i];
            }
        }
    }

    @Override
    void saveValues(ArrayOutput out) throws IOException {
        out.writeInts(values, size);
    }

    @Override
    void restoreValues(ArrayInput in) throws IOException {
        in.readInts(values);
    }
}
