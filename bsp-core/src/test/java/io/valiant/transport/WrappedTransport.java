package io.valiant.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Another transport, whose streams a test changes. */
public abstract class WrappedTransport implements Transport {
    private final Transport transport;

    protected WrappedTransport(Transport transport) {
        this.transport = transport;
    }

    /** What to use for a connection that was dialled or accepted. */
    protected abstract ByteStream wrap(ByteStream stream);

    @Override
    public final String host() {
        return transport.host();
    }

    @Override
    public final int port() {
        return transport.port();
    }

    @Override
    public final ByteStream dial(LinkAddress to) throws IOException {
        return wrap(transport.dial(to));
    }

    @Override
    public final ByteStream accept() throws IOException {
        ByteStream stream = transport.accept();
        return stream == null ? null : wrap(stream);
    }

    @Override
    public final void await(long timeoutNs) throws IOException {
        transport.await(timeoutNs);
    }

    @Override
    public final void wakeUp() {
        transport.wakeUp();
    }

    @Override
    public final void close() {
        transport.close();
    }

    /** Another stream, but for what is overridden. */
    public abstract static class Wrapped implements ByteStream {
        protected final ByteStream stream;

        protected Wrapped(ByteStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean isConnected() throws IOException {
            return stream.isConnected();
        }

        @Override
        public boolean isSafe() {
            return stream.isSafe();
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return stream.read(into);
        }

        @Override
        public boolean isQuiet() {
            return stream.isQuiet();
        }

        @Override
        public boolean isGathering() {
            return stream.isGathering();
        }

        @Override
        public void write(ByteBuffer[] frames, int count) throws IOException {
            stream.write(frames, count);
        }

        @Override
        public void awaitRoom(boolean wanted) {
            stream.awaitRoom(wanted);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
