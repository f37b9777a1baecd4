package io.valiant.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * The memory of one connection: a file that both ends map, with a {@link SharedRing} for each direction.
 *
 * <pre>
 *      0  counters and flags of the direction from who dialled
 *   2048  those of the other direction
 *   4096  bytes on their way from who dialled: a power of two
 *    ...  bytes on their way back: as many
 * </pre>
 *
 * Zeros are written over all of it before it is mapped anywhere: memory that is not there would otherwise be missed at a
 * write, by which the JVM ends. Who is done with its name {@link #unlink unlinks} it; the memory goes with the last end.
 */
final class RingFile {
    /** So many are written at a time. */
    private static final int ZEROS = 1 << 14;

    static final int HEADER_BYTES = 4096;

    /** About what the links of one job's peers on one machine take. */
    private static final long ALL_RING_BYTES = 128L << 20;

    private static final int MOST_RING_BYTES = 512 << 10;
    private static final int LEAST_RING_BYTES = 8 << 10;

    private final Path path;
    private final MappedByteBuffer memory;
    private final int capacity;

    private RingFile(Path path, MappedByteBuffer memory, int capacity) {
        this.path = path;
        this.memory = memory;
        this.capacity = capacity;
    }

    /** Room for each direction where so many peers of a job are on one machine, each linked with each; a power of two. */
    static int capacity(int neighbours) {
        long peers = Math.max(2, neighbours);
        long share = Long.highestOneBit(Math.max(1, ALL_RING_BYTES / (peers * peers)));
        return (int) Math.max(LEAST_RING_BYTES, Math.min(MOST_RING_BYTES, share));
    }

    /** Makes a file that is not there, for this user only, and maps it. */
    static RingFile create(Path path, int capacity) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            try {
                int size = HEADER_BYTES + 2 * capacity;
                ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
                for (int left = size;
                        left > 0;
                        left -= channel.write(zeros.clear().limit(Math.min(left, ZEROS)))) {
                    // room is taken now, not when it is written to: there it would be a fault
                }
                return new RingFile(path, map(channel, size), capacity);
            } catch (IOException | RuntimeException | Error e) {
                Files.deleteIfExists(path);
                throw e;
            }
        }
    }

    /** Maps a file that another peer has made; no link is followed, and its length has to be one that a ring may have. */
    static RingFile open(Path path) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(path, options)) {
            long size = channel.size();
            long capacity = (size - HEADER_BYTES) / 2;
            boolean possible = capacity >= LEAST_RING_BYTES
                    && capacity <= MOST_RING_BYTES
                    && Long.bitCount(capacity) == 1
                    && size == HEADER_BYTES + 2 * capacity;
            if (!possible) {
                throw new IOException("a ring of impossible length " + size);
            }
            return new RingFile(path, map(channel, (int) size), (int) capacity);
        }
    }

    private static MappedByteBuffer map(FileChannel channel, int size) throws IOException {
        MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
        memory.order(ByteOrder.LITTLE_ENDIAN);
        return memory;
    }

    /** Its name in the folder of the peers. */
    String name() {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    /** The direction from who dialled, or back. */
    SharedRing ring(boolean fromDialler) {
        return fromDialler
                ? new SharedRing(memory, 0, HEADER_BYTES, capacity)
                : new SharedRing(memory, HEADER_BYTES / 2, HEADER_BYTES + capacity, capacity);
    }

    /** Takes its name away: nobody else has to find it. */
    void unlink() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException unused) {
            // It goes with the attempt's other files, by the groom.
        }
    }
}
