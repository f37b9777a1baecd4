package io.valiant.graph.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * How a binary graph lies in its file; everything little-endian.
 *
 * <pre>
 *   0  magic             8 bytes
 *   8  version           int
 *  12  flags             int: 1 ids are text, 2 edges have weights
 *  16  vertices          long
 *  24  edges             long
 *  32  bytes of ids      long: of text in all, else 0
 *  40  CRC32C of the table of blocks, int
 *  44  CRC32C of bytes 0 to 43, int
 *  48  ids               longs; or, of text, one more long than there are vertices: where each begins; then the bytes
 *      edges             two ints each: the places of source and target among the ids
 *      weights           doubles, if there are any
 *      table             CRC32C, an int, of each block of 2^20 bytes from byte 48 on; the last may be shorter
 * </pre>
 *
 * Each part begins at a multiple of 8; zeros fill up.
 *
 * @param text whether ids are text
 * @param weighted whether edges have weights
 * @param vertices how many
 * @param edges how many
 * @param idBytes bytes of all ids of text, else 0
 */
record BinaryLayout(boolean text, boolean weighted, long vertices, long edges, long idBytes) {
    static final int HEADER_BYTES = 48;
    static final int BLOCK_BYTES = 1 << 20;
    static final int VERSION = 1;

    /** {@code VALGRAPH}. */
    private static final long MAGIC = 0x4850415247_4C4156L;

    private static final int TEXT = 1;
    private static final int WEIGHTED = 2;
    private static final int TABLE_CRC_AT = 40;
    private static final int HEADER_CRC_AT = 44;

    static long aligned(long bytes) {
        return (bytes + 7) & -8L;
    }

    long idsAt() {
        return HEADER_BYTES;
    }

    /** Where the bytes of text begin. */
    long textAt() {
        return HEADER_BYTES + (vertices + 1) * Long.BYTES;
    }

    long edgesAt() {
        return text ? aligned(textAt() + idBytes) : HEADER_BYTES + vertices * Long.BYTES;
    }

    long weightsAt() {
        return edgesAt() + edges * 2 * Integer.BYTES;
    }

    /** Where the data end and the table begins. */
    long tableAt() {
        return weightsAt() + (weighted ? edges * Double.BYTES : 0);
    }

    int blocks() {
        return (int) ((tableAt() - HEADER_BYTES + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }

    long fileBytes() {
        return tableAt() + (long) blocks() * Integer.BYTES;
    }

    /** The header, with the checksum of the table. */
    ByteBuffer header(int tableCrc) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).putInt(VERSION).putInt((text ? TEXT : 0) | (weighted ? WEIGHTED : 0));
        header.putLong(vertices).putLong(edges).putLong(idBytes).putInt(tableCrc);
        header.putInt(crc(header.duplicate().flip().limit(HEADER_CRC_AT)));
        return header.flip();
    }

    /** The checksum of the table, as a header tells it. */
    static int tableCrc(ByteBuffer header) {
        return header.getInt(TABLE_CRC_AT);
    }

    /**
     * Reads a header and checks that a file of that length can be such a graph.
     *
     * @throws IOException it says why it is none
     */
    static BinaryLayout read(ByteBuffer header, long fileBytes) throws IOException {
        if (header.remaining() < HEADER_BYTES || header.getLong(0) != MAGIC) {
            throw new IOException("is not a binary graph; graph convert makes one of text");
        }
        if (header.getInt(Long.BYTES) != VERSION) {
            throw new IOException("is a binary graph of version " + header.getInt(Long.BYTES) + ", not " + VERSION
                    + "; convert it anew");
        }
        if (header.getInt(HEADER_CRC_AT) != crc(header.duplicate().position(0).limit(HEADER_CRC_AT))) {
            throw new IOException("is damaged: its head has another checksum");
        }
        int flags = header.getInt(12);
        BinaryLayout layout = new BinaryLayout(
                (flags & TEXT) != 0,
                (flags & WEIGHTED) != 0,
                header.getLong(16),
                header.getLong(24),
                header.getLong(32));
        layout.check(fileBytes);
        return layout;
    }

    private void check(long fileBytes) throws IOException {
        boolean possible = vertices >= 0 && vertices <= IdSet.MOST && edges >= 0 && edges <= fileBytes && idBytes >= 0;
        possible = possible && idBytes <= fileBytes && (text || idBytes == 0);
        if (!possible || fileBytes() != fileBytes) {
            throw new IOException("is damaged: it has " + fileBytes + " bytes where its head tells of " + vertices
                    + " vertices and " + edges + " edges");
        }
    }

    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
