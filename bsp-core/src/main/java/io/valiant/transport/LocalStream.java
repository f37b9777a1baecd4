package io.valiant.transport;

import io.valiant.config.PeerTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection between peers of one machine. It begins with an offer of who dialled, over the socket:
 *
 * <pre>
 *   int   "VALU", little-endian
 *   byte  n, 0 to {@value #LONGEST_NAME}; n bytes: the name of a ring in the folder of the peers, ASCII
 * </pre>
 *
 * <p>Without a ring all that follows goes over the socket. With one, who accepted answers a byte: {@value #TAKEN}, then all
 * goes through the ring and the socket is the doorbell and tells that the other end is gone; or {@value #NOT_TAKEN}, then
 * all goes over the socket.
 */
final class LocalStream implements ByteStream {
    private static final int MAGIC = 0x554C4156;
    private static final int FIXED_BYTES = 5;
    private static final int LONGEST_NAME = 48;
    private static final byte TAKEN = 1;
    private static final byte NOT_TAKEN = 0;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Waits waits;
    private final PeerTransport transport;
    private final ByteBuffer greeting =
            ByteBuffer.allocate(FIXED_BYTES + LONGEST_NAME).order(ByteOrder.LITTLE_ENDIAN);

    /** Where the ring that was offered lies, until the answer is here; who dialled. */
    private RingFile offered;

    private Runnable notTaken = () -> {};

    /** Where rings may lie; who accepted. */
    private PeerFolder folder;

    /** What carries the bytes; null until that is agreed. Written by the owner of the links. */
    private volatile ByteStream carrier;

    LocalStream(SocketChannel channel, SelectionKey key, Waits waits, PeerTransport transport) {
        this.channel = channel;
        this.key = key;
        this.waits = waits;
        this.transport = transport;
        key.attach(this);
    }

    /**
     * This side has dialled, and offers a ring, or none.
     *
     * @param notTaken is told if the ring was not taken and the socket has to do
     */
    void offer(RingFile ring, Runnable notTaken) throws IOException {
        this.notTaken = notTaken;
        byte[] name = ring == null ? new byte[0] : ring.name().getBytes(StandardCharsets.US_ASCII);
        greeting.putInt(MAGIC).put((byte) name.length).put(name).flip();
        try {
            channel.write(greeting);
            if (greeting.hasRemaining()) {
                throw new IOException("its socket is busy");
            }
        } catch (IOException e) {
            if (ring != null) {
                ring.unlink();
            }
            throw e;
        }
        if (ring == null) {
            carrier = new SocketStream(channel, key);
        } else {
            offered = ring;
            greeting.clear().limit(1);
        }
    }

    /** This side has accepted: the offer is to come. */
    void expect(PeerFolder ringsIn) {
        folder = ringsIn;
        greeting.limit(FIXED_BYTES);
    }

    @Override
    public boolean isSafe() {
        return true;
    }

    @Override
    public boolean isConnected() throws IOException {
        return carrier != null || (offered != null && isAnswered());
    }

    private boolean isAnswered() throws IOException {
        int count = channel.read(greeting);
        if (count < 0) {
            throw new IOException("closed before the ring was taken");
        }
        if (count == 0) {
            return false;
        }
        boolean taken = greeting.get(0) == TAKEN;
        if (!taken && (greeting.get(0) != NOT_TAKEN || transport == PeerTransport.SHM)) {
            throw new IOException("the peer cannot take a link by shared memory");
        }
        offered.unlink();
        if (!taken) {
            notTaken.run();
        }
        carrier = taken ? new RingStream(channel, offered, true, waits) : new SocketStream(channel, key);
        offered = null;
        return true;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        ByteStream by = carrier;
        if (by == null) {
            by = accepted();
            if (by == null) {
                return 0;
            }
        }
        return by.read(into);
    }

    @Override
    public boolean isQuiet() {
        ByteStream by = carrier;
        return by != null && by.isQuiet();
    }

    /** Reads the offer, not a byte more; what carries the bytes, null while it is not known. */
    private ByteStream accepted() throws IOException {
        if (folder == null) {
            return null;
        }
        while (greeting.hasRemaining()) {
            int count = channel.read(greeting);
            if (count < 0) {
                throw new IOException("closed before it was said how to go on");
            }
            if (count == 0) {
                return null;
            }
            if (!greeting.hasRemaining() && greeting.limit() == FIXED_BYTES) {
                int length = greeting.get(FIXED_BYTES - 1);
                if (greeting.getInt(0) != MAGIC || length < 0 || length > LONGEST_NAME) {
                    throw new IOException("this is not how a peer begins");
                }
                greeting.limit(FIXED_BYTES + length);
            }
        }
        carrier = greeting.limit() == FIXED_BYTES ? new SocketStream(channel, key) : answered();
        return carrier;
    }

    private ByteStream answered() throws IOException {
        int length = greeting.limit() - FIXED_BYTES;
        String name = new String(greeting.array(), FIXED_BYTES, length, StandardCharsets.US_ASCII);
        RingFile ring = transport.sharesMemory() ? taken(name) : null;
        greeting.clear().put(ring == null ? NOT_TAKEN : TAKEN).flip();
        channel.write(greeting);
        if (greeting.hasRemaining()) {
            throw new IOException("a socket that takes not one byte");
        }
        return ring == null ? new SocketStream(channel, key) : new RingStream(channel, ring, false, waits);
    }

    /** Null if it cannot be taken: then the sockets have to do, or the peer gives up. */
    private RingFile taken(String name) {
        try {
            RingFile ring = RingFile.open(folder.ring(name));
            ring.unlink();
            return ring;
        } catch (IOException | IllegalArgumentException unused) {
            return null;
        }
    }

    @Override
    public void write(ByteBuffer[] frames, int count) throws IOException {
        ByteStream by = carrier;
        if (by == null) {
            throw new IOException("not connected yet");
        }
        by.write(frames, count);
    }

    @Override
    public void awaitRoom(boolean wanted) {
        ByteStream by = carrier;
        if (by != null) {
            by.awaitRoom(wanted);
        }
    }

    /** The socket may be read; called by whoever waits, who need not own the links. */
    void answerBell() {
        if (carrier instanceof RingStream ring) {
            ring.answerBell();
        }
    }

    @Override
    public void close() {
        if (offered != null) {
            offered.unlink();
        }
        if (carrier instanceof RingStream ring) {
            ring.close();
        } else {
            SocketTransport.closeQuietly(channel);
        }
    }

    @Override
    public String toString() {
        return carrier == null ? "LocalStream[not agreed yet]" : carrier.toString();
    }
}
