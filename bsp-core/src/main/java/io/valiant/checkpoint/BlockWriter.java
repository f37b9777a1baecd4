package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes a file of blocks; as a stream it takes the bytes of a section. Used by one thread. */
final class BlockWriter extends OutputStream {
    private final String uri;
    private final FileStore store;
    private final FileStore.Sink sink;
    private final Packing packing = new Packing();
    private final CRC32C fileCrc = new CRC32C();
    private final CRC32C blockCrc = new CRC32C();

    /** Bytes of the open section that are in no block yet. */
    private final byte[] raw = new byte[Block.MOST_BYTES];

    private final byte[] block = new byte[Block.HEAD_BYTES + Block.MOST_BYTES + Packing.MARGIN_BYTES];
    private final ByteBuffer head = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    private int buffered;
    private long length;
    private long blocks;
    private boolean closed;

    private BlockWriter(String uri, FileStore store) throws BspException {
        this.uri = uri;
        this.store = store;
        this.sink = store.create(uri);
    }

    /** Makes the file, or empties one that an earlier attempt has left. */
    static BlockWriter create(FileStores stores, String uri, FileHeader header) throws BspException, IOException {
        BlockWriter writer = new BlockWriter(uri, stores.of(uri));
        boolean begun = false;
        try {
            writer.put(Block.HEADER, header.encode());
            begun = true;
            return writer;
        } finally {
            if (!begun) {
                writer.close();
            }
        }
    }

    /** A block of another kind than data; ends the section before it. */
    void put(int kind, byte[] payload) throws IOException {
        drain();
        if (payload.length > Block.MOST_BYTES) {
            throw new IOException("a name or file of a section in " + uri + " has " + payload.length + " bytes");
        }
        System.arraycopy(payload, 0, block, Block.HEAD_BYTES, payload.length);
        emit(kind, payload.length, payload.length);
    }

    @Override
    public void write(int value) throws IOException {
        if (buffered == raw.length) {
            drain();
        }
        raw[buffered++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int at = from;
        int left = count;
        while (left > 0) {
            if (buffered == raw.length) {
                drain();
            }
            int step = Math.min(left, raw.length - buffered);
            System.arraycopy(bytes, at, raw, buffered, step);
            buffered += step;
            at += step;
            left -= step;
        }
    }

    private void drain() throws IOException {
        if (buffered > 0) {
            int rawLength = buffered;
            buffered = 0;
            int packed = packing.pack(raw, rawLength, block, Block.HEAD_BYTES);
            if (packed == rawLength) {
                System.arraycopy(raw, 0, block, Block.HEAD_BYTES, rawLength);
            }
            emit(Block.DATA, rawLength, packed);
        }
    }

    private void emit(int kind, int rawLength, int packedLength) throws IOException {
        head.clear().putInt(kind).putInt(rawLength).putInt(packedLength);
        blockCrc.reset();
        blockCrc.update(block, 0, Block.CHECKED_HEAD_BYTES);
        blockCrc.update(block, Block.HEAD_BYTES, packedLength);
        head.putInt((int) blockCrc.getValue());
        int whole = Block.HEAD_BYTES + packedLength;
        sink.write(block, 0, whole);
        fileCrc.update(block, 0, whole);
        length += whole;
        blocks++;
    }

    /** Writes the footer and closes the file; returns when it survives a crash. */
    void finish(String folder) throws IOException, BspException {
        drain();
        byte[] count = new byte[Long.BYTES];
        Block.littleEndian(count).putLong(blocks);
        put(Block.FOOTER, count);
        sink.force();
        close();
        store.force(folder);
    }

    String uri() {
        return uri;
    }

    /** Bytes of the file. */
    long length() {
        return length;
    }

    /** Of the file. */
    int crc32c() {
        return (int) fileCrc.getValue();
    }

    /** Closes the file as it is; nothing happens after {@link #finish}. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            packing.close();
            sink.close();
        }
    }
}
