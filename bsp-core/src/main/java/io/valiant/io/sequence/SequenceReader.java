package io.valiant.io.sequence;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.StorageException;
import io.valiant.io.compress.Compression;
import io.valiant.io.compress.DamagedDataException;
import io.valiant.protocol.InputSplit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The records of one split of a sequence file, as bytes. The file is a row of runs, each of them behind a sync marker, the
 * first behind the header; a run belongs to the split in which the first byte of its marker lies (the first run: in which
 * the file's first byte lies). So every record is read once however the file is cut. Used by one thread.
 *
 * <pre>
 * marker   -1 (int), sync
 * record   length of key and value (int), length of the key (int), key, value
 * block    marker, count, then lengths of the keys, keys, lengths of the values, values, each: length, compressed bytes
 * </pre>
 */
public final class SequenceReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int ESCAPE = -1;
    private static final int MARKER_BYTES = Integer.BYTES + SequenceHeader.SYNC_BYTES;

    private final String file;
    private final SequenceHeader header;
    private final long fileLength;

    /** Runs that begin here or later are not ours. */
    private final long end;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int filled;

    /** Position in the file of the buffer's first byte. */
    private long bufferOffset;

    private long position;
    private boolean over;
    private SequenceBlock block;
    private final GrowingBytes key = new GrowingBytes();
    private final GrowingBytes packed = new GrowingBytes();
    private final GrowingBytes value = new GrowingBytes();

    private SequenceReader(
            String file, SequenceHeader header, long fileLength, long end, InputStream in, long bufferOffset) {
        this.file = file;
        this.header = header;
        this.fileLength = fileLength;
        this.end = end;
        this.in = in;
        this.bufferOffset = bufferOffset;
    }

    /**
     * Opens a split and looks at the file's header.
     *
     * @param keyClass name of the class that the job has declared; another in the file is an error
     * @param valueClass the same of values
     * @throws BspException USER if the file is not there any more, is none or is of other classes; RETRIABLE if its store is
     *     away
     */
    public static SequenceReader open(FileStores stores, InputSplit split, String keyClass, String valueClass)
            throws BspException {
        String file = split.file();
        FileStore store = stores.of(file);
        FileStore.Entry entry = store.find(file);
        if (entry == null) {
            throw BspException.user("cannot read %s: it does not exist any more", file);
        }
        SequenceHeader header;
        try (InputStream first = new java.io.BufferedInputStream(store.open(file, 0))) {
            header = SequenceHeader.read(file, first);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e.getMessage(), e);
        }
        header.check(file, keyClass, valueClass);
        boolean whole = split.length() < 0;
        long start = Math.max(header.length(), whole ? 0 : split.offset());
        long end = whole ? Long.MAX_VALUE : split.offset() + split.length();
        SequenceReader reader = new SequenceReader(file, header, entry.length(), end, store.open(file, start), start);
        try {
            if (split.offset() > 0) {
                reader.toFirstMarker();
            }
        } catch (BspException e) {
            reader.close();
            throw e;
        }
        return reader;
    }

    /** Moves to the next record; false at the end of the split. */
    public boolean next() throws BspException {
        try {
            return !over && (header.blocks() ? nextOfBlock() : nextRecord());
        } catch (MisreadException | DamagedDataException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    public byte[] keyBytes() {
        return block == null ? key.bytes() : block.key().bytes();
    }

    public int keyLength() {
        return block == null ? key.length() : block.key().length();
    }

    public byte[] valueBytes() {
        return block == null ? value.bytes() : block.value().bytes();
    }

    public int valueLength() {
        return block == null ? value.length() : block.value().length();
    }

    /** Byte position in the file of the current record, or of the block it is in. */
    public long position() {
        return position;
    }

    private boolean nextRecord() throws IOException, BspException {
        while (true) {
            position = offset();
            if (!more()) {
                over = true;
                return false;
            }
            int length = readInt();
            if (length != ESCAPE) {
                record(length);
                return true;
            }
            if (!passMarker()) {
                return false;
            }
        }
    }

    private void record(int length) throws IOException, BspException {
        if (length < 0 || length > Math.min(fileLength - offset(), GrowingBytes.LONGEST)) {
            throw damaged("its record at byte " + position + " is said to have " + length + " bytes");
        }
        int keyLength = readInt();
        if (keyLength < 0 || keyLength > length) {
            throw damaged("its record at byte " + position + " of " + length + " bytes is said to have a key of "
                    + keyLength + " bytes");
        }
        key.fill(bytes, keyLength);
        if (header.compression() == Compression.NONE) {
            value.fill(bytes, length - keyLength);
        } else {
            packed.fill(bytes, length - keyLength);
            try (InputStream unpacked =
                    header.compression().unpack(new ByteArrayInputStream(packed.bytes(), 0, packed.length()))) {
                value.fill(unpacked);
            }
        }
    }

    private boolean nextOfBlock() throws IOException, BspException {
        while (block == null || !block.next()) {
            position = offset();
            if (!more()) {
                over = true;
                return false;
            }
            if (readInt() != ESCAPE) {
                throw damaged("at byte " + position + " there is no block");
            }
            if (!passMarker()) {
                return false;
            }
            block = SequenceBlock.read(bytes, header.compression(), fileLength - offset());
        }
        return true;
    }

    /** Behind the escape: false if the run that begins there is not ours. */
    private boolean passMarker() throws IOException, BspException {
        if (position >= end) {
            over = true;
            return false;
        }
        for (byte expected : header.sync()) {
            if (bytes.read() != (expected & 0xFF)) {
                throw damaged(
                        offset() >= fileLength
                                ? "it ends within a sync marker"
                                : "its sync marker at byte " + position + " is wrong");
            }
        }
        return true;
    }

    /** To the first marker of the split; nothing is ours if there is none. */
    private void toFirstMarker() throws BspException {
        byte[] window = new byte[MARKER_BYTES];
        long read = 0;
        try {
            while (true) {
                int value = bytes.read();
                if (value < 0) {
                    over = true;
                    return;
                }
                // a ring: its oldest byte is at 'read' modulo its length
                window[(int) (read++ % MARKER_BYTES)] = (byte) value;
                if (read >= MARKER_BYTES && isMarker(window, (int) (read % MARKER_BYTES))) {
                    over = offset() - MARKER_BYTES >= end;
                    if (header.blocks() && !over) {
                        position = offset() - MARKER_BYTES;
                        block = SequenceBlock.read(bytes, header.compression(), fileLength - offset());
                    }
                    return;
                }
                if (read >= MARKER_BYTES && offset() - MARKER_BYTES >= end) {
                    over = true;
                    return;
                }
            }
        } catch (MisreadException | DamagedDataException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private boolean isMarker(byte[] ring, int oldest) {
        for (int i = 0; i < MARKER_BYTES; i++) {
            byte expected = i < Integer.BYTES ? (byte) ESCAPE : header.sync()[i - Integer.BYTES];
            if (ring[(oldest + i) % MARKER_BYTES] != expected) {
                return false;
            }
        }
        return true;
    }

    private BspException damaged(IOException e) {
        return new BspException(
                BspException.Kind.USER,
                file + " is damaged: what begins at byte " + position + " is cut or wrong (" + e.getMessage() + ")",
                e);
    }

    private BspException damaged(String why) {
        return BspException.user("%s is damaged: %s", file, why);
    }

    private long offset() {
        return bufferOffset + at;
    }

    /** Whether there is a further byte. */
    private boolean more() throws IOException {
        if (at < filled) {
            return true;
        }
        bufferOffset += filled;
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }

    private int readInt() throws IOException {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            int next = bytes.read();
            if (next < 0) {
                throw new MisreadException("it ends within a number");
            }
            value = value << 8 | next;
        }
        return value;
    }

    /** The file from the current position on. */
    private final InputStream bytes = new InputStream() {
        @Override
        public int read() throws IOException {
            return more() ? buffer[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (count > 0 && !more()) {
                return -1;
            }
            int step = Math.min(count, filled - at);
            System.arraycopy(buffer, at, into, from, step);
            at += step;
            return step;
        }
    };

    @Override
    public void close() {
        try (in) {
            if (block != null) {
                block.close();
            }
        } catch (IOException e) {
            // Nothing was written, and what was read has been read whole.
            over = true;
        }
    }
}
