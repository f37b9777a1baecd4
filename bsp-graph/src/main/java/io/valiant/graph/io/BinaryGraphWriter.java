package io.valiant.graph.io;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes a {@link BinaryGraph} of text that was read: vertices in the order of their ids, edges as they came. Under another name
 * until it is whole.
 */
public final class BinaryGraphWriter {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private FileChannel channel;
    private ByteBuffer table;
    private long inBlock;
    private long dropped;

    /** Edges that were left out because an end is no vertex. */
    public long dropped() {
        return dropped;
    }

    /**
     * Writes a graph and lets the pieces of its edges go; returns how many edges were written.
     *
     * @throws BspException USER if an edge's end is no vertex, unless the format is lenient, or if the file cannot be written
     */
    public long write(GraphInput graph, GraphFormat format, Path file) throws BspException {
        if (format.forced() == IdForm.TEXT
                || graph.vertices().ids().form() != graph.ends().ids().form()) {
            graph.vertices().toText();
            graph.ends().toText();
        }
        IdSet ids = graph.vertices().ids();
        int vertices = ids.count();
        if (vertices == 0) {
            throw BspException.user("a graph without vertices: the input names none");
        }
        int[] sorted = ids.sorted();
        int[] place = places(graph, format, ids, sorted);
        long edges = count(graph.edges(), place);
        boolean text = ids.form() == IdForm.TEXT;
        long idBytes = 0;
        for (int v = 0; text && v < ids.size(); v++) {
            idBytes += ids.textLength(v);
        }
        BinaryLayout layout = new BinaryLayout(text, format.weighted(), vertices, edges, idBytes);
        Path unfinished = file.resolveSibling(file.getFileName() + ".writing");
        try {
            try (FileChannel out = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                channel = out;
                write(layout, ids, sorted, graph.edges(), place);
                out.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(unfinished, e);
            throw new BspException(BspException.Kind.USER, "the graph cannot be written to " + file + ": " + e, e);
        }
        return edges;
    }

    private static void delete(Path unfinished, IOException cause) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** By end: its place in the order of vertices, or -1. */
    private static int[] places(GraphInput graph, GraphFormat format, IdSet ids, int[] sorted) throws BspException {
        int[] placeOf = new int[ids.size()];
        for (int i = 0; i < sorted.length; i++) {
            placeOf[sorted[i]] = i;
        }
        IdSet ends = graph.ends().ids();
        int[] place = new int[ends.size()];
        byte[] text = new byte[IdText.MAX_LONG_BYTES];
        boolean allKnown = true;
        for (int e = 0; e < place.length; e++) {
            if (!ends.has(e)) {
                continue;
            }
            if (ends.textLength(e) > text.length) {
                text = new byte[Growth.atLeast(text.length, ends.textLength(e))];
            }
            int vertex = ids.find(text, 0, ends.copyText(e, text, 0));
            place[e] = vertex < 0 ? -1 : placeOf[vertex];
            allKnown &= vertex >= 0;
        }
        if (!allKnown && !format.lenient()) {
            throw graph.unknownEnd(place);
        }
        return place;
    }

    private long count(EdgeStage edges, int[] place) {
        long count = 0;
        for (int p = 0; p < edges.pieces(); p++) {
            int[] pairs = edges.pairs(p);
            for (int i = 0; i < edges.pieceSize(p); i++) {
                count += place[pairs[2 * i]] >= 0 && place[pairs[2 * i + 1]] >= 0 ? 1 : 0;
            }
        }
        dropped = edges.size() - count;
        return count;
    }

    private void write(BinaryLayout layout, IdSet ids, int[] sorted, EdgeStage edges, int[] place) throws IOException {
        table = ByteBuffer.allocate(layout.blocks() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        crc.reset();
        inBlock = 0;
        channel.position(BinaryLayout.HEADER_BYTES);
        if (layout.text()) {
            writeTexts(layout, ids, sorted);
        } else {
            for (int v : sorted) {
                putLong(ids.longId(v));
            }
        }
        for (int p = 0; p < edges.pieces(); p++) {
            int[] pairs = edges.pairs(p);
            for (int i = 0; i < edges.pieceSize(p); i++) {
                long source = place[pairs[2 * i]];
                long target = place[pairs[2 * i + 1]];
                if (source >= 0 && target >= 0) {
                    putLong(target << 32 | source);
                }
            }
        }
        for (int p = 0; layout.weighted() && p < edges.pieces(); p++) {
            int[] pairs = edges.pairs(p);
            double[] weights = edges.weights(p);
            for (int i = 0; i < edges.pieceSize(p); i++) {
                if (place[pairs[2 * i]] >= 0 && place[pairs[2 * i + 1]] >= 0) {
                    putLong(Double.doubleToRawLongBits(weights[i]));
                }
            }
        }
        flush();
        if (inBlock > 0) {
            endBlock();
        }
        table.flip();
        int tableCrc = BinaryLayout.crc(table.duplicate());
        writeAll(table);
        channel.position(0);
        writeAll(layout.header(tableCrc));
    }

    private void writeTexts(BinaryLayout layout, IdSet ids, int[] sorted) throws IOException {
        long at = 0;
        for (int v : sorted) {
            putLong(at);
            at += ids.textLength(v);
        }
        putLong(at);
        byte[] text = new byte[64];
        for (int v : sorted) {
            if (ids.textLength(v) > text.length) {
                text = new byte[Growth.atLeast(text.length, ids.textLength(v))];
            }
            put(text, ids.copyText(v, text, 0));
        }
        put(new byte[Long.BYTES], (int) (BinaryLayout.aligned(layout.textAt() + at) - layout.textAt() - at));
    }

    private void putLong(long value) throws IOException {
        if (buffer.remaining() < Long.BYTES) {
            flush();
        }
        buffer.putLong(value);
    }

    private void put(byte[] bytes, int count) throws IOException {
        for (int done = 0; done < count; ) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int some = Math.min(buffer.remaining(), count - done);
            buffer.put(bytes, done, some);
            done += some;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            int some = (int) Math.min(buffer.remaining(), BinaryLayout.BLOCK_BYTES - inBlock);
            ByteBuffer part = buffer.slice(buffer.position(), some);
            crc.update(part.duplicate());
            writeAll(part);
            buffer.position(buffer.position() + some);
            inBlock += some;
            if (inBlock == BinaryLayout.BLOCK_BYTES) {
                endBlock();
            }
        }
        buffer.clear();
    }

    private void endBlock() {
        table.putInt((int) crc.getValue());
        crc.reset();
        inBlock = 0;
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
