package io.valiant.checkpoint;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;

/** Packs and unpacks the payloads of blocks by zstd. Used by one thread. */
final class Packing implements AutoCloseable {
    /** The least: a checkpoint's time counts more than its size. */
    private static final int LEVEL = 1;

    /** Packing may make so many bytes more of a block before it is seen that it is of no use. */
    static final int MARGIN_BYTES = Block.MOST_BYTES / 128 + 512;

    private ZstdCompressCtx compressor;
    private ZstdDecompressCtx decompressor;
    private boolean unusable;

    /**
     * Packs bytes; there has to be room for {@link #MARGIN_BYTES} more.
     *
     * @return how many bytes they take; {@code length} if they are to stay as they are
     */
    int pack(byte[] raw, int length, byte[] into, int at) {
        if (unusable) {
            return length;
        }
        try {
            if (compressor == null) {
                compressor = new ZstdCompressCtx();
                compressor.setLevel(LEVEL);
            }
            return Math.min(length, compressor.compressByteArray(into, at, into.length - at, raw, 0, length));
        } catch (LinkageError e) {
            // no native library for this machine, or nowhere to put it: larger files, nothing worse
            unusable = true;
            return length;
        }
    }

    /** Unpacks bytes that must become exactly so many. */
    void unpack(byte[] packed, int from, int count, byte[] into, int rawLength) throws IOException {
        try {
            if (decompressor == null) {
                decompressor = new ZstdDecompressCtx();
            }
            int length = decompressor.decompressByteArray(into, 0, rawLength, packed, from, count);
            if (length != rawLength) {
                throw new IOException("a block unpacks to " + length + " bytes instead of " + rawLength);
            }
        } catch (ZstdException | LinkageError e) {
            throw new IOException("a block cannot be unpacked: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (compressor != null) {
            compressor.close();
        }
        if (decompressor != null) {
            decompressor.close();
        }
    }
}
