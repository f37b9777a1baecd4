package io.valiant.io;

import io.valiant.bsp.BspException;
import io.valiant.protocol.InputSplit;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Lines of a text file, plain or gzipped. Lines end with {@code \n} or {@code \r\n}; the last needs no end. A line belongs
 * to the split in which its first byte lies, so that the reader of a split goes on past its end for the last line and
 * passes over what belongs to the one before. A split of length -1 is the rest of the file, unpacked if it begins as gzip
 * does.
 */
public final class TextLines implements LineReader {
    private static final int INITIAL_BYTES = 64 * 1024;
    private static final int LONGEST_LINE = 1 << 30;
    private static final byte[] GZIP_MAGIC = {0x1F, (byte) 0x8B};

    private final FileStores stores;
    private final InputSplit split;
    private final InputStream in;

    private byte[] buffer = new byte[INITIAL_BYTES];
    /** Position in the (unpacked) file of the buffer's first byte. */
    private long bufferOffset;

    private int filled;
    /** First byte after the current line's end. */
    private int next;

    private int start;
    private int end;
    private boolean ended;
    /** Lines that begin here or later are not ours. */
    private long limit;

    private TextLines(FileStores stores, InputSplit split, InputStream in, long offset) {
        this.stores = stores;
        this.split = split;
        this.in = in;
        this.bufferOffset = offset;
        this.limit = Long.MAX_VALUE;
    }

    /**
     * Opens a split.
     *
     * @throws BspException USER if the file is not there any more or is broken; RETRIABLE if its store is away
     */
    public static TextLines open(FileStores stores, InputSplit split) throws BspException {
        if (split.length() < 0) {
            return new TextLines(stores, split, unpacked(stores, split.file()), 0);
        }
        if (split.offset() == 0) {
            TextLines lines =
                    new TextLines(stores, split, stores.of(split.file()).open(split.file(), 0), 0);
            lines.limit = split.length();
            return lines;
        }
        // Begins one byte early: if that is a line's end the split's first line is whole.
        long early = split.offset() - 1;
        TextLines lines = new TextLines(stores, split, stores.of(split.file()).open(split.file(), early), early);
        try {
            lines.next();
        } catch (BspException e) {
            lines.close();
            throw e;
        }
        lines.limit = split.offset() + split.length();
        return lines;
    }

    private static InputStream unpacked(FileStores stores, String file) throws BspException {
        InputStream in = stores.of(file).open(file, 0);
        try {
            byte[] head = in.readNBytes(GZIP_MAGIC.length);
            InputStream whole = new SequenceInputStream(new java.io.ByteArrayInputStream(head), in);
            return Arrays.equals(head, GZIP_MAGIC) ? new Members(whole) : whole;
        } catch (ZipException | EOFException e) {
            throw closed(in, damaged(file, e));
        } catch (IOException e) {
            throw closed(in, new StorageException("cannot read " + file + ": " + e.getMessage(), e));
        }
    }

    private static BspException closed(InputStream in, BspException failure) {
        try {
            in.close();
        } catch (IOException suppressed) {
            failure.addSuppressed(suppressed);
        }
        return failure;
    }

    private static BspException damaged(String file, IOException e) {
        return new BspException(
                BspException.Kind.USER,
                file + " is damaged: its gzip data are cut or wrong (" + e.getMessage() + ")",
                e);
    }

    @Override
    public boolean next() throws BspException {
        start = next;
        if (bufferOffset + start >= limit) {
            end = start;
            return false;
        }
        int scanned = start;
        while (true) {
            for (int i = scanned; i < filled; i++) {
                if (buffer[i] == '\n') {
                    end = i > start && buffer[i - 1] == '\r' ? i - 1 : i;
                    next = i + 1;
                    return true;
                }
            }
            scanned = filled;
            if (ended) {
                end = filled;
                next = filled;
                return start < filled;
            }
            scanned -= fill();
        }
    }

    /** Reads more behind the line begun; returns by how much that line moved to the front. */
    private int fill() throws BspException {
        int moved = start;
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        bufferOffset += moved;
        filled -= moved;
        start = 0;
        if (filled == buffer.length) {
            if (filled >= LONGEST_LINE) {
                throw BspException.user(
                        "%s has a line longer than %d bytes at byte %d", file(), LONGEST_LINE, offset());
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        try {
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                ended = true;
            } else {
                filled += count;
            }
        } catch (ZipException | EOFException e) {
            throw damaged(file(), e);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file() + ": " + e.getMessage(), e);
        }
        return moved;
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public long offset() {
        return bufferOffset + start;
    }

    @Override
    public String file() {
        return split.file();
    }

    @Override
    public long lineNumber() throws BspException {
        long number = 1;
        byte[] bytes = new byte[INITIAL_BYTES];
        try (InputStream again = split.length() < 0
                ? unpacked(stores, file())
                : stores.of(file()).open(file(), 0)) {
            long left = offset();
            while (left > 0) {
                int count = again.read(bytes, 0, (int) Math.min(bytes.length, left));
                if (count < 0) {
                    throw new StorageException(file() + " became shorter while it was read", null);
                }
                for (int i = 0; i < count; i++) {
                    number += bytes[i] == '\n' ? 1 : 0;
                }
                left -= count;
            }
        } catch (IOException e) {
            throw new StorageException("cannot read " + file() + ": " + e.getMessage(), e);
        }
        return number;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // Nothing was written, and what was read has been read whole.
            ended = true;
        }
    }

    /**
     * All members of a gzip file. {@link GZIPInputStream} takes a member whose head it cannot read for the end of the file,
     * and what follows would be missing without a word; zeros that fill up a block may follow.
     */
    private static final class Members extends GZIPInputStream {
        private static final int TRAILER_BYTES = 8;

        private Members(InputStream in) throws IOException {
            super(new Available(in), INITIAL_BYTES);
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int got = super.read(bytes, from, count);
            if (got < 0) {
                for (int i = len - inf.getRemaining() + TRAILER_BYTES; i < len; i++) {
                    if (buf[i] != 0) {
                        throw new ZipException("what follows a member is none");
                    }
                }
            }
            return got;
        }
    }

    /**
     * Says that there is more as long as nobody has seen the end: {@link GZIPInputStream} looks for a further member only
     * where bytes are said to be there, and a file of members one after another is a valid gzip file.
     */
    private static final class Available extends java.io.FilterInputStream {
        private boolean atEnd;

        private Available(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            atEnd |= value < 0;
            return value;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int got = super.read(bytes, from, count);
            atEnd |= got < 0;
            return got;
        }

        @Override
        public int available() {
            return atEnd ? 0 : 1;
        }
    }
}
