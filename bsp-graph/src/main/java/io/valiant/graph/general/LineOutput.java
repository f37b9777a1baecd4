package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Output;
import io.valiant.graph.io.Growth;
import io.valiant.io.PartWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines of a task's part, gathered into blocks. */
final class LineOutput implements Output {
    private static final int BLOCK = 64 * 1024;

    private final PartWriter part;
    private byte[] block = new byte[BLOCK];
    private int size;

    LineOutput(PartWriter part) {
        this.part = part;
    }

    @Override
    public void write(Object key, Object value) throws BspException {
        writeLine(key + "\t" + value);
    }

    @Override
    public void writeLine(CharSequence line) throws BspException {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\n') {
                throw BspException.user("a line of output holds a line end: '%s'", line.subSequence(0, i));
            }
        }
        byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= block.length - size) {
            flush();
            if (bytes.length >= block.length) {
                block = Arrays.copyOf(block, Growth.atLeast(block.length, bytes.length + 1L));
            }
        }
        System.arraycopy(bytes, 0, block, size, bytes.length);
        size += bytes.length;
        block[size++] = '\n';
    }

    void flush() throws BspException {
        part.write(block, 0, size);
        size = 0;
    }
}
