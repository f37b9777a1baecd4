package io.valiant.io;

import io.valiant.bsp.BspException;
import io.valiant.io.compress.Compression;
import io.valiant.io.compress.DamagedDataException;
import io.valiant.protocol.InputSplit;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of a text file, plain or {@link Compression compressed}. Lines end with {@code \n} or {@code \r\n}; the last needs no end. A line belongs
 * to the split in which its first byte lies, so that the reader of a split goes on past its end for the last line and
 * passes over what belongs to the one before. A split of length -1 is the rest of the file,
 * unpacked.
 */
public final class TextLines implements LineReader {
    private static final int INITIAL_BYTES = 256 * 1024;
    private static final int LONGEST_LINE = 1 << 30;

    private final FileStores stores;
    private final InputSplit split;
    private final InputStream in;

    private byte[] buffer = new byte[INITIAL_BYTES];
    /** Position in the (unpacked) file of the buffer's first byte. */
    private long bufferOffset;

    /** See {@link #findAheadEnd}; -1 if it is not known of what is in the buffer. */
    private int aheadEnd = -1;

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
            return Compression.unpacked(file, in);
        } catch (DamagedDataException e) {
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
        return new BspException(BspException.Kind.USER, file + " is damaged: " + e.getMessage(), e);
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
        aheadEnd = -1;
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
        } catch (DamagedDataException e) {
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
    public int ahead() {
        return next;
    }

    @Override
    public int aheadEnd() {
        if (aheadEnd < 0) {
            aheadEnd = findAheadEnd();
        }
        return Math.max(next, aheadEnd);
    }

    /** The end of the last line of ours that is whole in the buffer, 0 if there is none. */
    private int findAheadEnd() {
        long ours = limit - bufferOffset;
        if (ours <= 0) {
            return 0;
        }
        if (ours < filled) {
            // The last line is the one with the byte before the limit; it goes on to its own end.
            for (int i = (int) ours - 1; i < filled; i++) {
                if (buffer[i] == '\n') {
                    return i + 1;
                }
            }
        }
        int last = (int) Math.min(ours, filled);
        while (last > 0 && buffer[last - 1] != '\n') {
            last--;
        }
        return last;
    }

    @Override
    public void pass(int to) {
        next = to;
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
}
