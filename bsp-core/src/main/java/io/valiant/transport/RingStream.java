package io.valiant.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection whose bytes go through shared memory. The socket beside it carries a byte where the other end blocks and has to
 * be woken, and its end: it is closed with the process, however that ends. Used by the owner of the links but for
 * {@link #answerBell}, {@link #askForBell} and {@link #needNoBell}, which are of whoever waits.
 */
final class RingStream implements ByteStream {
    private static final int BELL_BYTES = 64;

    private final SocketChannel bell;
    private final SharedRing in;
    private final SharedRing out;
    private final Waits waits;
    private final ByteBuffer ring = ByteBuffer.allocateDirect(1);
    private final ByteBuffer rung = ByteBuffer.allocateDirect(BELL_BYTES);

    /** The other end is gone: what it has written may still be read. */
    private volatile boolean ended;

    private volatile boolean roomAwaited;

    RingStream(SocketChannel bell, RingFile file, boolean dialled, Waits waits) {
        this.bell = bell;
        this.in = file.ring(!dialled);
        this.out = file.ring(dialled);
        this.waits = waits;
        waits.add(this);
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        boolean last = ended;
        int count = in.read(into);
        if (count > 0) {
            if (in.release()) {
                ringForRoom();
            }
            return count;
        }
        return last && into.hasRemaining() ? -1 : 0;
    }

    @Override
    public boolean isQuiet() {
        return !ended && in.isEmpty();
    }

    /** What was read has to be handed on, also where the writer is gone by now. */
    private void ringForRoom() {
        try {
            ring();
        } catch (IOException unused) {
            ended = true;
        }
    }

    @Override
    public void write(ByteBuffer[] frames, int count) throws IOException {
        if (ended) {
            throw new IOException("closed by the other end");
        }
        int written = 0;
        for (int i = 0; i < count; i++) {
            written += out.write(frames[i]);
            if (frames[i].hasRemaining()) {
                break;
            }
        }
        if (written > 0 && out.publish()) {
            ring();
        }
    }

    /** A socket that takes no byte has some that nobody has answered yet: they wake as well. */
    private void ring() throws IOException {
        bell.write(ring.clear());
    }

    @Override
    public void awaitRoom(boolean wanted) {
        roomAwaited = wanted;
    }

    /** Asks to be rung; false if there is something to do now. */
    boolean askForBell() {
        boolean quiet = in.askForBytes();
        return (!roomAwaited || out.askForRoom()) && quiet;
    }

    void needNoBell() {
        in.needNoBytes();
        out.needNoRoom();
    }

    /** Takes bytes out of the socket, so that it can be waited on again; a peer that rings on and on is not waited out. */
    void answerBell() {
        try {
            int count = bell.read(rung.clear());
            ended |= count < 0;
        } catch (IOException unused) {
            ended = true;
        }
    }

    @Override
    public void close() {
        waits.remove(this);
        SocketTransport.closeQuietly(bell);
    }

    @Override
    public String toString() {
        return "RingStream[" + (ended ? "ended" : "open") + "]";
    }
}
