package io.valiant.io.sequence;

import io.valiant.io.compress.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Records that are compressed together; unpacked as they are asked for. */
final class SequenceBlock implements AutoCloseable {
    private static final int PARTS = 4;

    private final List<InputStream> parts;
    private final InputStream keyLengths;
    private final InputStream keys;
    private final InputStream valueLengths;
    private final InputStream values;
    private final GrowingBytes key = new GrowingBytes();
    private final GrowingBytes value = new GrowingBytes();
    private long left;

    /** @param parts in the order in which the file has them */
    private SequenceBlock(long count, List<InputStream> parts) {
        this.left = count;
        this.parts = parts;
        this.keyLengths = parts.get(0);
        this.keys = parts.get(1);
        this.valueLengths = parts.get(2);
        this.values = parts.get(3);
    }

    /**
     * Reads a block behind its marker.
     *
     * @param rest bytes that the file has still: no part can be longer
     */
    static SequenceBlock read(InputStream in, Compression compression, long rest) throws IOException {
        long count = VariableLength.read(in);
        if (count < 0) {
            throw new MisreadException("a block is said to have " + count + " records");
        }
        List<InputStream> parts = new ArrayList<>();
        try {
            while (parts.size() < PARTS) {
                parts.add(part(in, compression, rest));
            }
        } catch (IOException | RuntimeException e) {
            try {
                close(parts);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        return new SequenceBlock(count, parts);
    }

    private static InputStream part(InputStream in, Compression compression, long rest) throws IOException {
        long length = VariableLength.read(in);
        if (length < 0 || length > Math.min(rest, GrowingBytes.LONGEST)) {
            throw new MisreadException("a part of a block is said to have " + length + " bytes");
        }
        GrowingBytes packed = new GrowingBytes();
        packed.fill(in, length);
        return length == 0
                ? InputStream.nullInputStream()
                : new java.io.BufferedInputStream(
                        compression.unpack(new ByteArrayInputStream(packed.bytes(), 0, packed.length())));
    }

    /** Moves to the next record; false, and closed, behind the last. */
    boolean next() throws IOException {
        if (left == 0) {
            checkUsedUp();
            close();
            return false;
        }
        left--;
        key.fill(keys, length(keyLengths));
        value.fill(values, length(valueLengths));
        return true;
    }

    private static long length(InputStream in) throws IOException {
        long length = VariableLength.read(in);
        if (length < 0 || length > GrowingBytes.LONGEST) {
            throw new MisreadException("a key or value is said to have " + length + " bytes");
        }
        return length;
    }

    /** All parts have to be used up: else the block's count is wrong, and records would be lost. */
    private void checkUsedUp() throws IOException {
        for (InputStream part : parts) {
            if (part.read() >= 0) {
                throw new MisreadException("a block holds more than its count of records");
            }
        }
    }

    /** Gives back what unpacking took, some of it outside the heap. Closing again does nothing. */
    @Override
    public void close() throws IOException {
        close(parts);
    }

    private static void close(List<InputStream> parts) throws IOException {
        for (InputStream part : parts) {
            part.close();
        }
    }

    GrowingBytes key() {
        return key;
    }

    GrowingBytes value() {
        return value;
    }
}
