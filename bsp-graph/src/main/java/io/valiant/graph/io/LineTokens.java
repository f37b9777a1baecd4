package io.valiant.graph.io;

import io.valiant.io.LineReader;

/** Up to four words of a line, told apart by blanks and tabs. Made once for a reader, moved from line to line. */
public final class LineTokens {
    private static final int MOST = 4;

    private final int[] starts = new int[MOST];
    private final int[] ends = new int[MOST];
    private int count;

    /** Looks at the reader's current line; more words than four count as four. */
    public int read(LineReader lines) {
        byte[] bytes = lines.buffer();
        int end = lines.end();
        int i = lines.start();
        count = 0;
        while (count < MOST) {
            while (i < end && isBlank(bytes[i])) {
                i++;
            }
            if (i == end) {
                break;
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
