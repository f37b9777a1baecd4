package io.valiant.graph.io;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * A binary graph, mapped into memory: nothing is read but what is asked for, and each block is checked before anything of it is
 * given out. Used by one thread.
 */
public final class BinaryGraph implements AutoCloseable {
    /** A multiple of the blocks, so that no block lies in two pieces; shifted by the header. */
    private static final long PIECE_BYTES = 1L << 30;

    private final Path file;
    private final FileChannel channel;
    private final BinaryLayout layout;
    private final MappedByteBuffer[] pieces;
    private final ByteBuffer table;
    private final BitSet checked = new BitSet();

    private BinaryGraph(
            Path file, FileChannel channel, BinaryLayout layout, MappedByteBuffer[] pieces, ByteBuffer table) {
        this.file = file;
        this.channel = channel;
        this.layout = layout;
        this.pieces = pieces;
        this.table = table;
    }

    /** Opens a file; USER error, in one line, if it is foreign or damaged. */
    public static BinaryGraph open(Path file) throws BspException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            BinaryGraph graph = map(file, channel);
            channel = null;
            return graph;
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, file + " " + told(e), e);
        } finally {
            close(channel);
        }
    }

    private static String told(IOException e) {
        return e.getClass() == IOException.class ? e.getMessage() : "cannot be read: " + e;
    }

    private static void close(FileChannel channel) throws BspException {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new BspException(BspException.Kind.RETRIABLE, "a binary graph cannot be closed: " + e, e);
            }
        }
    }

    private static BinaryGraph map(Path file, FileChannel channel) throws IOException {
        ByteBuffer header = read(channel, 0, BinaryLayout.HEADER_BYTES);
        BinaryLayout layout = BinaryLayout.read(header, channel.size());
        ByteBuffer table = read(channel, layout.tableAt(), layout.blocks() * Integer.BYTES);
        if (BinaryLayout.crc(table.duplicate()) != BinaryLayout.tableCrc(header)) {
            throw new IOException("is damaged: its table of checksums has another checksum");
        }
        long data = layout.tableAt() - BinaryLayout.HEADER_BYTES;
        MappedByteBuffer[] pieces = new MappedByteBuffer[(int) ((data + PIECE_BYTES - 1) / PIECE_BYTES)];
        for (int p = 0; p < pieces.length; p++) {
            long from = p * PIECE_BYTES;
            pieces[p] = channel.map(
                    FileChannel.MapMode.READ_ONLY,
                    BinaryLayout.HEADER_BYTES + from,
                    Math.min(PIECE_BYTES, data - from));
            pieces[p].order(ByteOrder.LITTLE_ENDIAN);
        }
        return new BinaryGraph(file, channel, layout, pieces, table);
    }

    private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        while (count >= 0 && buffer.hasRemaining()) {
            count = channel.read(buffer, at + buffer.position());
        }
        return buffer.flip();
    }

    public long vertices() {
        return layout.vertices();
    }

    public long edges() {
        return layout.edges();
    }

    public boolean isWeighted() {
        return layout.weighted();
    }

    public IdForm form() {
        return layout.text() ? IdForm.TEXT : IdForm.LONG;
    }

    /** Where the bytes from that place of the file are, checked; there is no more than the block's rest there. */
    private ByteBuffer at(long position) throws BspException {
        long data = position - BinaryLayout.HEADER_BYTES;
        int block = (int) (data / BinaryLayout.BLOCK_BYTES);
        ByteBuffer piece = pieces[(int) (data / PIECE_BYTES)];
        if (!checked.get(block)) {
            int from = (int) ((long) block * BinaryLayout.BLOCK_BYTES % PIECE_BYTES);
            int to = (int) Math.min(piece.capacity(), (long) from + BinaryLayout.BLOCK_BYTES);
            if (BinaryLayout.crc(piece.duplicate().limit(to).position(from)) != table.getInt(block * Integer.BYTES)) {
                throw damaged("block " + block + " has another checksum");
            }
            checked.set(block);
        }
        return piece;
    }

    private BspException damaged(String why) {
        return BspException.user("%s is damaged: %s", file, why);
    }

    /** Numbers lie at multiples of 8 from the first block's start: none lies in two blocks. */
    private long number(long position) throws BspException {
        return at(position).getLong((int) ((position - BinaryLayout.HEADER_BYTES) % PIECE_BYTES));
    }

    /** The id at a place, of numbers. */
    public long longId(long place) throws BspException {
        return number(layout.idsAt() + place * Long.BYTES);
    }

    /** Whether each vertex has its place as id. */
    public boolean isOrdinal() throws BspException {
        long last = layout.vertices() - 1;
        if (layout.text() || last < 0 || longId(last) != last) {
            return false;
        }
        long place = 0;
        while (place < last && longId(place) == place) {
            place++;
        }
        return place == last;
    }

    /** Writes the text of the id at a place to the beginning of an array, a longer one if need be, and returns that. */
    public byte[] text(long place, byte[] into, int[] length) throws BspException {
        if (!layout.text()) {
            byte[] to = into.length < IdText.MAX_LONG_BYTES ? new byte[IdText.MAX_LONG_BYTES] : into;
            length[0] = IdText.format(longId(place), to, 0);
            return to;
        }
        long from = number(layout.idsAt() + place * Long.BYTES);
        long to = number(layout.idsAt() + (place + 1) * Long.BYTES);
        if (from < 0 || from > to || to > layout.idBytes() || to - from > Integer.MAX_VALUE / 2) {
            throw damaged("id " + place + " lies from " + from + " to " + to);
        }
        int bytes = (int) (to - from);
        byte[] target = into.length < bytes ? new byte[Growth.atLeast(into.length, bytes)] : into;
        for (int done = 0; done < bytes; ) {
            long position = layout.textAt() + from + done;
            ByteBuffer piece = at(position);
            long inBlock = (position - BinaryLayout.HEADER_BYTES) % BinaryLayout.BLOCK_BYTES;
            int some = (int) Math.min(bytes - done, BinaryLayout.BLOCK_BYTES - inBlock);
            piece.get((int) ((position - BinaryLayout.HEADER_BYTES) % PIECE_BYTES), target, done, some);
            done += some;
        }
        length[0] = bytes;
        return target;
    }

    /** Puts the places of source and target among the ids of {@code count} edges from {@code index} on one after the other. */
    public void edges(long index, int[] into, int count) throws BspException {
        for (int done = 0; done < count; ) {
            long position = layout.edgesAt() + (index + done) * Long.BYTES;
            ByteBuffer piece = at(position);
            long data = position - BinaryLayout.HEADER_BYTES;
            long inBlock = (BinaryLayout.BLOCK_BYTES - data % BinaryLayout.BLOCK_BYTES) / Long.BYTES;
            int some = (int) Math.min(count - done, inBlock);
            piece.asIntBuffer().get((int) (data % PIECE_BYTES) / Integer.BYTES, into, 2 * done, 2 * some);
            done += some;
        }
        for (int i = 0; i < 2 * count; i += 2) {
            long source = into[i] & 0xffffffffL;
            long target = into[i + 1] & 0xffffffffL;
            if (source >= layout.vertices() || target >= layout.vertices()) {
                throw damaged("edge " + (index + i / 2) + " leads from vertex " + source + " to vertex " + target
                        + " of " + layout.vertices());
            }
        }
    }

    /** An edge's weight, which is finite; only where there are any. */
    public double weight(long index) throws BspException {
        double weight = Double.longBitsToDouble(number(layout.weightsAt() + index * Double.BYTES));
        if (!Double.isFinite(weight)) {
            throw damaged("edge " + index + " has a weight that is not finite");
        }
        return weight;
    }

    @Override
    public void close() throws BspException {
        close(channel);
    }
}
