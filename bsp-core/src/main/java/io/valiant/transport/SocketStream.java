package io.valiant.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection of which the kernel carries the bytes. */
final class SocketStream implements ByteStream {
    private final SocketChannel channel;
    private final SelectionKey key;
    private boolean connected;
    private boolean roomAwaited;

    SocketStream(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
        this.connected = channel.isConnected();
    }

    @Override
    public boolean isConnected() throws IOException {
        if (!connected && channel.finishConnect()) {
            connected = true;
            key.interestOps(SelectionKey.OP_READ);
        }
        return connected;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    /** Where the kernel paces what it sends, as with BBR, writes through TCP set timers; a {@link LocalStream} says otherwise of its socket. */
    @Override
    public boolean isGathering() {
        return true;
    }

    @Override
    public void write(ByteBuffer[] frames, int count) throws IOException {
        if (count == 1) {
            channel.write(frames[0]);
        } else {
            channel.write(frames, 0, count);
        }
    }

    @Override
    public void awaitRoom(boolean wanted) {
        if (wanted != roomAwaited && key.isValid()) {
            roomAwaited = wanted;
            key.interestOps(wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    @Override
    public void close() {
        SocketTransport.closeQuietly(channel);
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
