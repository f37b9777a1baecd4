package io.valiant.io.sequence;

import io.valiant.io.compress.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Records that are compressed together; unpacked as they are asked for. */
final class SequenceBlock {
    private final InputStream keyLengths;
    private final InputStream keys;
    private final InputStream valueLengths;
    private final InputStream values;
    private final GrowingBytes key = new GrowingBytes();
    private final GrowingBytes value = new GrowingBytes();
    private long left;

    private SequenceBlock(
            long count, InputStream keyLengths, InputStream keys, InputStream valueLengths, InputStream values) {
        this.left = count;
        this.keyLengths = keyLengths;
        this.keys = keys;
        this.valueLengths = valueLengths;
        this.values = values;
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
        return new SequenceBlock(
                count,
                part(in, compression, rest),
                part(in, compression, rest),
                part(in, compression, rest),
                part(in, compression, rest));
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
    private void close() throws IOException {
        for (InputStream part : new InputStream[] {keyLengths, keys, valueLengths, values}) {
            if (part.read() >= 0) {
                throw new MisreadException("a block holds more than its count of records");
            }
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
