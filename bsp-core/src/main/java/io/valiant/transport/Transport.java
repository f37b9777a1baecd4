package io.valiant.transport;

import java.io.IOException;

/**
 * A way to carry links: an address that peers dial, connections, and waiting for any of them. Owned like the links: only
 * {@link #wakeUp()} may be called by others, and {@link #await} may still be waiting when they get a new owner. What is carried, and what is right, is decided above, by {@link LinkSession};
 * a new way implements this and {@link ByteStream} and passes the suite of all ways.
 */
public interface Transport extends AutoCloseable {
    /** The host at which peers dial. */
    String host();

    /** The port at which peers dial. */
    int port();

    /** Starts a connection to a peer's address; see {@link ByteStream#isConnected()}. */
    ByteStream dial(LinkAddress to) throws IOException;

    /** The next connection a peer has made; null if there is none now. */
    ByteStream accept() throws IOException;

    /**
     * Blocks until a stream may be read (or written, where that is awaited), a peer has connected, {@link #wakeUp()} was
     * called since the last return, or the time is over. May return for no reason.
     */
    void await(long timeoutNs) throws IOException;

    /** Ends an {@link #await}, the present one or the next. Any thread. */
    void wakeUp();

    /** Frees the address. Streams are closed by their users. */
    @Override
    void close();
}
