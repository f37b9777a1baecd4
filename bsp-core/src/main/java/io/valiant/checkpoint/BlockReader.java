package io.valiant.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads a file of blocks, from any block on. Every length is checked before anything of it is read. Used by one thread. */
final class BlockReader implements AutoCloseable {
    private final String uri;
    private final InputStream in;
    private final Packing packing = new Packing();
    private final CRC32C fileCrc = new CRC32C();
    private final CRC32C blockCrc = new CRC32C();
    private final byte[] head = new byte[Block.HEAD_BYTES];
    private final ByteBuffer headFields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    private byte[] payload = new byte[1024];
    private int kind;
    private int rawLength;
    private int packedLength;
    private long position;

    /** @param offset of the stream in its file */
    BlockReader(String uri, InputStream in, long offset) {
        this.uri = uri;
        this.in = in;
        this.position = offset;
    }

    /** Something is wrong with what was read, not with the reading. */
    static final class BadBlock extends IOException {
        private static final long serialVersionUID = 1L;

        BadBlock(String message) {
            super(message, new DamagedCheckpointException(message));
        }
    }

    /** Moves to the next block; false at the end of the file. */
    boolean next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        head[0] = (byte) first;
        readFully(head, 1, head.length - 1);
        kind = headFields.getInt(0);
        rawLength = headFields.getInt(4);
        packedLength = headFields.getInt(8);
        boolean possible = Block.isKind(kind)
                && rawLength >= 0
                && rawLength <= Block.MOST_BYTES
                && (kind == Block.DATA ? packedLength > 0 && packedLength <= rawLength : packedLength == rawLength);
        if (!possible) {
            throw bad("has no block");
        }
        if (payload.length < packedLength) {
            payload = new byte[Block.MOST_BYTES];
        }
        readFully(payload, 0, packedLength);
        blockCrc.reset();
        blockCrc.update(head, 0, Block.CHECKED_HEAD_BYTES);
        blockCrc.update(payload, 0, packedLength);
        if ((int) blockCrc.getValue() != headFields.getInt(Block.CHECKED_HEAD_BYTES)) {
            throw bad("has a damaged block");
        }
        fileCrc.update(head);
        fileCrc.update(payload, 0, packedLength);
        position += Block.HEAD_BYTES + packedLength;
        return true;
    }

    private void readFully(byte[] into, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int step = in.read(into, from + done, count - done);
            if (step < 0) {
                throw bad("is cut off in the block");
            }
            done += step;
        }
    }

    private BadBlock bad(String what) {
        return new BadBlock(uri + " " + what + " at byte " + position);
    }

    int kind() {
        return kind;
    }

    int rawLength() {
        return rawLength;
    }

    /** Where the next block begins: so many bytes were read. */
    long position() {
        return position;
    }

    /** The payload of a block that is not data. */
    byte[] payload() {
        return Arrays.copyOf(payload, packedLength);
    }

    /** Unpacks the payload of a DATA block. */
    void unpack(byte[] into) throws IOException {
        if (kind != Block.DATA) {
            throw new EOFException(uri + " has no more of this section at byte " + position);
        }
        if (packedLength == rawLength) {
            System.arraycopy(payload, 0, into, 0, rawLength);
        } else {
            packing.unpack(payload, 0, packedLength, into, rawLength);
        }
    }

    /** Of all bytes read. */
    int crc32c() {
        return (int) fileCrc.getValue();
    }

    @Override
    public void close() throws IOException {
        packing.close();
        in.close();
    }
}
