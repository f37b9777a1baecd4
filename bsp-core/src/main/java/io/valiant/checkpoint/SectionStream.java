package io.valiant.checkpoint;

import io.valiant.io.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** The bytes of one section, whose length is known. Closes its file by itself when all is read. Used by one thread. */
final class SectionStream extends InputStream {
    private final BlockReader blocks;
    private final Consumer<SectionStream> closed;
    private byte[] raw = new byte[0];
    private int at;
    private int end;

    /** Of the section, behind what is unpacked. */
    private long behind;

    /**
     * @param blocks at the first block of its data
     * @param length of the section
     * @param closed told when it needs its file no more, maybe more than once
     */
    SectionStream(BlockReader blocks, long length, Consumer<SectionStream> closed) {
        this.blocks = blocks;
        this.behind = length;
        this.closed = closed;
    }

    @Override
    public int read() throws IOException {
        return at == end && !advance() ? -1 : raw[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (at == end && !advance()) {
            return -1;
        }
        int step = Math.min(count, end - at);
        System.arraycopy(raw, at, into, from, step);
        at += step;
        return step;
    }

    private boolean advance() throws IOException {
        if (behind == 0) {
            return false;
        }
        try {
            unpackNext();
        } catch (BlockReader.BadBlock e) {
            throw e;
        } catch (IOException e) {
            // Checked before, so it is the store: who asks for the cause has to find that.
            String message = "a section cannot be read: " + e.getMessage();
            throw new IOException(message, new StorageException(message, e));
        }
        at = 0;
        end = blocks.rawLength();
        behind -= end;
        if (behind == 0) {
            close();
        }
        return true;
    }

    private void unpackNext() throws IOException {
        if (!blocks.next()) {
            throw new BlockReader.BadBlock("a section ends " + behind + " bytes early");
        }
        if (raw.length < blocks.rawLength()) {
            raw = new byte[Block.MOST_BYTES];
        }
        blocks.unpack(raw);
    }

    @Override
    public int available() {
        return end - at;
    }

    @Override
    public void close() throws IOException {
        closed.accept(this);
        blocks.close();
    }
}
