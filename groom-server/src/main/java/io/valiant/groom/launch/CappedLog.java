package io.valiant.groom.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;

/**
 * Keeps the beginning and the end of a stream in files of its folder: {@code NAME} has the first half of what may be
 * kept, {@code NAME.OFFSET} pieces of a quarter each, of which the newest two are kept. OFFSET is the place of a piece's
 * first byte in the whole stream. Read by {@link LogStore}. Written by one thread.
 */
final class CappedLog implements AutoCloseable {
    private static final int KEPT_PIECES = 2;

    private final Path folder;
    private final String name;
    private final long headBytes;
    private final long pieceBytes;
    private final ArrayDeque<Path> pieces = new ArrayDeque<>();

    private OutputStream out;
    private long written;
    private long room;

    /** @param capBytes most bytes kept, at least 4 */
    CappedLog(Path folder, String name, long capBytes) throws IOException {
        this.folder = folder;
        this.name = name;
        this.pieceBytes = Math.max(1, capBytes / (2 * KEPT_PIECES));
        this.headBytes = Math.max(1, capBytes - KEPT_PIECES * pieceBytes);
        this.out = Files.newOutputStream(folder.resolve(name));
        this.room = headBytes;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (room == 0) {
                nextPiece();
            }
            int now = (int) Math.min(left, room);
            out.write(bytes, from, now);
            from += now;
            left -= now;
            room -= now;
            written += now;
        }
    }

    private void nextPiece() throws IOException {
        out.close();
        if (pieces.size() == KEPT_PIECES) {
            Files.deleteIfExists(pieces.removeFirst());
        }
        Path piece = folder.resolve(name + "." + written);
        pieces.addLast(piece);
        out = Files.newOutputStream(piece);
        room = pieceBytes;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
