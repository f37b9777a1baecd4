package io.valiant.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One connection: bytes in order, both ways, never blocking. Used by the owner of the links only. */
public interface ByteStream {
    /**
     * Whether the connection is there; false while a dialled one is being made.
     *
     * @throws IOException if it cannot be made
     */
    boolean isConnected() throws IOException;

    /** Whether no byte can change on its way: it does not leave the machine. The same at both ends. */
    default boolean isSafe() {
        return false;
    }

    /**
     * Reads what is there, as much as fits.
     *
     * @return how many bytes, 0 if there are none now, -1 at the end
     */
    int read(ByteBuffer into) throws IOException;

    /** Whether it is sure, without asking the kernel, that there is nothing to read now. */
    default boolean isQuiet() {
        return false;
    }

    /** Whether one write of several frames costs clearly less than as many writes. */
    default boolean isGathering() {
        return false;
    }

    /** Writes as much as the connection takes now, in order, moving the positions. */
    void write(ByteBuffer[] frames, int count) throws IOException;

    /** Whether {@link Transport#await} ends too when this stream takes more bytes. */
    void awaitRoom(boolean wanted);

    /** Closes the connection; later calls do nothing. What was written may still arrive. */
    void close();
}
