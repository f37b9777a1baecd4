package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A shared section as a part refers to it. Written as one payload: generation, version, length, crc32c, then name and file
 * as texts with their lengths.
 *
 * @param name of the section
 * @param generation that wrote it
 * @param version the program's
 * @param file URI
 * @param length bytes of the file
 * @param crc32c of the file
 */
record SharedFile(String name, long generation, long version, String file, long length, int crc32c) {
    SharedFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
    }

    /** Without its folder. */
    String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    byte[] encode() {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] fileBytes = file.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[3 * Integer.BYTES + 3 * Long.BYTES + nameBytes.length + fileBytes.length];
        Block.littleEndian(bytes)
                .putLong(generation)
                .putLong(version)
                .putLong(length)
                .putInt(crc32c)
                .putInt(nameBytes.length)
                .put(nameBytes)
                .putInt(fileBytes.length)
                .put(fileBytes);
        return bytes;
    }

    static SharedFile decode(byte[] payload, String in) throws BspException {
        ByteBuffer bytes = Block.littleEndian(payload);
        try {
            long generation = bytes.getLong();
            long version = bytes.getLong();
            long length = bytes.getLong();
            int crc = bytes.getInt();
            SharedFile shared = new SharedFile(text(bytes), generation, version, text(bytes), length, crc);
            if (!bytes.hasRemaining()) {
                return shared;
            }
            throw new DamagedCheckpointException(in + " has a shared section that cannot be read");
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new DamagedCheckpointException(in + " has a shared section that cannot be read", e);
        }
    }

    private static String text(ByteBuffer bytes) {
        int length = bytes.getInt();
        String text = StandardCharsets.UTF_8
                .decode(bytes.slice(bytes.position(), length))
                .toString();
        bytes.position(bytes.position() + length);
        return text;
    }
}
