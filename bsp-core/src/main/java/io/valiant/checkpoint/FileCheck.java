package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Checks a whole file of blocks against what is known of it, and tells a damaged one from a store that is away. */
final class FileCheck {
    private static final int READ_BYTES = 64 * 1024;

    private final FileStores stores;

    FileCheck(FileStores stores) {
        this.stores = stores;
    }

    /** Takes the blocks between header and footer, in order, all of them intact. */
    interface Contents {
        void block(BlockReader blocks) throws IOException, BspException;
    }

    /**
     * Reads a file to its end.
     *
     * @throws DamagedCheckpointException it is not what is expected
     * @throws StorageException its store is away
     */
    void check(String uri, long length, int crc32c, FileHeader header, Contents contents) throws BspException {
        checkLength(uri, length);
        try (BlockReader blocks = open(uri, 0)) {
            if (!blocks.next() || blocks.kind() != Block.HEADER) {
                throw new DamagedCheckpointException(uri + " does not begin as a part of a checkpoint");
            }
            if (!Arrays.equals(blocks.payload(), header.encode())) {
                throw new DamagedCheckpointException(uri + " is not " + header);
            }
            long count = 1;
            while (blocks.next() && blocks.kind() != Block.FOOTER) {
                if (blocks.kind() == Block.HEADER) {
                    throw new DamagedCheckpointException(uri + " has two headers");
                }
                count++;
                contents.block(blocks);
            }
            checkEnd(blocks, uri, count);
            if (blocks.position() != length || blocks.crc32c() != crc32c) {
                throw new DamagedCheckpointException(uri + " is damaged: its bytes are not those that were written");
            }
        } catch (IOException e) {
            throw unread(uri, e);
        }
    }

    private static void checkEnd(BlockReader blocks, String uri, long count) throws IOException, BspException {
        byte[] footer = new byte[Long.BYTES];
        Block.littleEndian(footer).putLong(count);
        if (blocks.kind() != Block.FOOTER || !Arrays.equals(blocks.payload(), footer)) {
            throw new DamagedCheckpointException(uri + " is cut off");
        }
        if (blocks.next()) {
            throw new DamagedCheckpointException(uri + " goes on behind its end");
        }
    }

    private void checkLength(String uri, long length) throws BspException {
        FileStore.Entry entry = find(uri);
        if (entry == null) {
            throw new DamagedCheckpointException(uri + " is gone");
        }
        if (entry.length() != length) {
            throw new DamagedCheckpointException(
                    uri + " has " + entry.length() + " bytes, " + length + " were written");
        }
    }

    /** What is there, or null. */
    FileStore.Entry find(String uri) throws BspException {
        try {
            return stores.of(uri).find(uri);
        } catch (BspException e) {
            throw judged(uri, e);
        }
    }

    /** A file's blocks from a byte on. */
    BlockReader open(String uri, long offset) throws BspException {
        return new BlockReader(uri, new BufferedInputStream(stream(uri, offset), READ_BYTES), offset);
    }

    InputStream stream(String uri, long offset) throws BspException {
        try {
            return stores.of(uri).open(uri, offset);
        } catch (BspException e) {
            throw judged(uri, e);
        }
    }

    /** What a user could mend (no such file, no permission) is a checkpoint of no use. */
    private static BspException judged(String uri, BspException e) {
        return e.kind() == BspException.Kind.USER
                ? new DamagedCheckpointException(uri + " cannot be used: " + e.getMessage(), e)
                : e;
    }

    /** Reading failed: if the store answers, it is this file that cannot be read; else the store is away. */
    BspException unread(String uri, IOException e) {
        if (e instanceof BlockReader.BadBlock) {
            return new DamagedCheckpointException(e.getMessage(), e);
        }
        try {
            if (stores.of(uri).find(uri) != null) {
                return new DamagedCheckpointException(uri + " cannot be read: " + e.getMessage(), e);
            }
            return new DamagedCheckpointException(uri + " is gone", e);
        } catch (BspException away) {
            away.addSuppressed(e);
            return away;
        }
    }
}
