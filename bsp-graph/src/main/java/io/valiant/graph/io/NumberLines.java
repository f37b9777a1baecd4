package io.valiant.graph.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines of whole numbers with blanks between, to a new file. */
final class NumberLines implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final OutputStream out;
    private final byte[] block = new byte[BLOCK];
    private int size;
    private boolean first = true;

    NumberLines(Path file) throws IOException {
        out = Files.newOutputStream(file);
    }

    NumberLines add(long value) throws IOException {
        if (size > BLOCK - IdText.MAX_LONG_BYTES - 2) {
            flush();
        }
        if (!first) {
            block[size++] = ' ';
        }
        first = false;
        size = IdText.format(value, block, size);
        return this;
    }

    void end() {
        block[size++] = '\n';
        first = true;
    }

    private void flush() throws IOException {
        out.write(block, 0, size);
        size = 0;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
