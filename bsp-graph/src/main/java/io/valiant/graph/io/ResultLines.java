package io.valiant.graph.io;

import io.valiant.bsp.BspException;
import io.valiant.io.PartWriter;
import java.util.Arrays;

/** Results as text: {@code id value} a line, gathered into blocks. Doubles are written so that they can be read back exactly. */
public final class ResultLines {
    private static final int BLOCK = 64 * 1024;
    /** Room for a value, a blank and a line end. */
    private static final int VALUE_ROOM = 32;

    private final PartWriter part;
    private byte[] block = new byte[BLOCK];
    private final ShortestDecimal decimals = new ShortestDecimal();
    private int size;

    public ResultLines(PartWriter part) {
        this.part = part;
    }

    /** One line with a whole number. */
    public void write(IdSet ids, int number, long value) throws BspException {
        begin(ids, number, VALUE_ROOM);
        size = IdText.format(value, block, size);
        block[size++] = '\n';
    }

    /** One line with a double. */
    public void write(IdSet ids, int number, double value) throws BspException {
        begin(ids, number, VALUE_ROOM);
        size = decimals.format(value, block, size);
        block[size++] = '\n';
    }

    /** One line with another id. */
    public void write(IdSet ids, int number, IdSet others, int other) throws BspException {
        begin(ids, number, others.textLength(other) + 2);
        size = others.copyText(other, block, size);
        block[size++] = '\n';
    }

    /** Hands over what is left. */
    public void flush() throws BspException {
        part.write(block, 0, size);
        size = 0;
    }

    private void begin(IdSet ids, int number, int more) throws BspException {
        long wanted = (long) ids.textLength(number) + 1 + more;
        if (size + wanted > block.length) {
            flush();
            if (wanted > block.length) {
                block = Arrays.copyOf(block, Growth.atLeast(block.length, wanted));
            }
        }
        size = ids.copyText(number, block, size);
        block[size++] = ' ';
    }
}
