package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.JobId;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class LinkDoorTest {
    private static final LinkIdentity SELF = new LinkIdentity(new JobId("job_c_1"), 5, 0, 1, "s");
    private static final LinkIdentity NEWER = new LinkIdentity(SELF.job(), 6, 1, 1, "s");

    private final OneWay transport = new OneWay();
    private final LinkDoor door = new LinkDoor(transport);
    private final Link[] links = new Link[2];

    @Test
    void aDamagedHelloIsAnsweredByTheEndOfTheConnectionOnly() throws IOException {
        door.open(SELF, links, 0);
        ByteBuffer hello = hello(SELF.peer(1, 1));
        hello.put(60, (byte) (hello.get(60) + 1));
        Incoming stream = transport.arrives(hello);
        door.step(SELF, links, 0);
        assertThat(stream.closed).isTrue();
        assertThat(stream.written).isZero();
    }

    /** Else its bytes, for which there is no room, would end every wait at once. */
    @Test
    void whoAnnouncesMoreThanAHelloIsSentAway() throws IOException {
        door.open(SELF, links, 0);
        int length = Handshake.MAX_FRAME_BYTES + 1;
        ByteBuffer bytes = ByteBuffer.allocate(Handshake.MAX_FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Incoming stream = transport.arrives(bytes.putInt(0, length));
        door.step(SELF, links, 0);
        assertThat(stream.closed).isTrue();
        assertThat(stream.written).isZero();
    }

    @Test
    void aParkedConnectionIsKeptUntilItsDiallerHasGone() throws IOException {
        door.open(SELF, links, 0);
        Incoming stream = transport.arrives(hello(NEWER));
        door.step(SELF, links, 0);
        door.step(SELF, links, 0);
        assertThat(stream.closed).isFalse();
        stream.ended = true;
        door.step(SELF, links, 0);
        assertThat(stream.closed).isTrue();
    }

    private static ByteBuffer hello(LinkIdentity who) {
        ByteBuffer frame = Frame.allocate(Handshake.MAX_FRAME_BYTES);
        new Handshake(who, 0, 1).encode(FrameKind.HELLO, frame, new CRC32C());
        return frame;
    }

    /** A transport at which connections only come in. */
    private static final class OneWay implements Transport {
        private final ArrayDeque<Incoming> incoming = new ArrayDeque<>();

        Incoming arrives(ByteBuffer bytes) {
            Incoming stream = new Incoming(bytes);
            incoming.add(stream);
            return stream;
        }

        @Override
        public String host() {
            return "here";
        }

        @Override
        public int port() {
            return 1;
        }

        @Override
        public ByteStream dial(LinkAddress to) throws IOException {
            throw new IOException("nobody dials here");
        }

        @Override
        public ByteStream accept() {
            return incoming.poll();
        }

        @Override
        public void await(long timeoutNs) {}

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }

    /** A connection on which those bytes have come. */
    private static final class Incoming implements ByteStream {
        private final ByteBuffer bytes;
        private boolean ended;
        private boolean closed;
        private int written;

        Incoming(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public int read(ByteBuffer into) {
            int count = bytes.remaining();
            into.put(bytes);
            return count == 0 && ended ? -1 : count;
        }

        @Override
        public void write(ByteBuffer[] frames, int count) {
            for (int i = 0; i < count; i++) {
                written += frames[i].remaining();
            }
        }

        @Override
        public void awaitRoom(boolean wanted) {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
