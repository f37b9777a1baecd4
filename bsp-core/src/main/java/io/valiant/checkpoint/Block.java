package io.valiant.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Layout of part files and of shared sections: a file is a run of blocks, little-endian.
 *
 * <pre>
 *   0  int  kind
 *   4  int  raw length     of the payload, unpacked
 *   8  int  packed length  of the payload as it is here; equal to the raw length: not packed, else zstd
 *  12  int  crc32c         of the 12 bytes before and of the payload as it is here
 *  16  ...  payload
 *
 *   HEADER   first: magic, version, whose file it is, see {@link FileHeader}
 *   SECTION  begins a section: its name
 *   DATA     of the section begun last; the only kind that is packed
 *   SHARED   a section in a file of its own: see {@link SharedFile}
 *   FOOTER   last: how many blocks are before it (long)
 * </pre>
 */
final class Block {
    static final int HEADER = 1;
    static final int SECTION = 2;
    static final int DATA = 3;
    static final int SHARED = 4;
    static final int FOOTER = 5;

    static final int HEAD_BYTES = 16;

    /** Of its head, what the checksum covers. */
    static final int CHECKED_HEAD_BYTES = 12;

    /** The most that one block holds, unpacked. */
    static final int MOST_BYTES = 256 * 1024;

    private Block() {}

    static boolean isKind(int kind) {
        return kind >= HEADER && kind <= FOOTER;
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
