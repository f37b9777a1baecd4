package io.valiant.graph.io;

import io.valiant.io.LineReader;
import java.util.Arrays;

/**
 * The words of a line, told apart by blanks and tabs, up to as many as are wanted. Made once for a reader, moved from line to
 * line.
 */
public final class LineTokens {
    private static final int FEW = 4;

    private final int most;
    private int[] starts = new int[FEW];
    private int[] ends = new int[FEW];

    /** Up to four words. */
    public LineTokens() {
        this(FEW);
    }

    /** Up to that many words. */
    public LineTokens(int most) {
        this.most = most;
    }

    /** Looks at the reader's current line; how many words there are, more than are wanted not counted. */
    public int read(LineReader lines) {
        return read(lines.buffer(), lines.start(), lines.end());
    }

    /** Looks at {@code bytes[from .. end)}. */
    public int read(byte[] bytes, int from, int end) {
        int i = from;
        int count = 0;
        while (count < most) {
            while (i < end && isBlank(bytes[i])) {
                i++;
            }
            if (i == end) {
                break;
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, Growth.next(count));
                ends = Arrays.copyOf(ends, starts.length);
            }
            starts[count] = i;
            while (i < end && !isBlank(bytes[i])) {
                i++;
            }
            ends[count++] = i;
        }
        return count;
    }

    public int start(int token) {
        return starts[token];
    }

    public int end(int token) {
        return ends[token];
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
