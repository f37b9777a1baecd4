package io.valiant.graph.io;

import io.valiant.message.MessageReader;
import java.io.IOException;

/** Texts as they travel: up to {@link IdSet#PIECE} lengths, then their bytes. Used again for the next piece. */
public final class TextPiece {
    private final int[] ends = new int[IdSet.PIECE];
    private byte[] bytes = new byte[4096];

    /** Reads the next piece of what {@link IdSet#write} wrote in TEXT form, {@code left} texts of which are to come. */
    public int read(MessageReader in, int left) throws IOException {
        int count = Math.min(IdSet.PIECE, left);
        in.readInts(ends, 0, count);
        long end = 0;
        for (int i = 0; i < count; i++) {
            if (ends[i] < 0 || ends[i] > in.remaining()) {
                throw new IOException("a text of " + ends[i] + " bytes where " + in.remaining() + " are left");
            }
            end += ends[i];
            ends[i] = (int) end;
        }
        if (end > bytes.length) {
            bytes = new byte[Growth.atLeast(bytes.length, end)];
        }
        in.readFully(bytes, 0, (int) end);
        return count;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int start(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }

    public int end(int i) {
        return ends[i];
    }
}
