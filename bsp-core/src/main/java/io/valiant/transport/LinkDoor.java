package io.valiant.transport;

import io.valiant.wire.Frame;
import io.valiant.wire.RefusedFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/**
 * Where connections of peers come in: reads each one's first frame and passes it to the right link, or keeps it until this
 * attempt knows its generation, or closes it. Lives as long as the endpoint; used by the owner of the links only.
 */
public final class LinkDoor {
    private static final int MAX_GREETERS = 1024;
    private static final long HELLO_NS = 5_000_000_000L;

    private final Transport transport;
    private final LinkAdmission<ByteStream> admission = new LinkAdmission<>();
    private final ArrayDeque<Greeter> greeters = new ArrayDeque<>();
    private final ByteBuffer probe = ByteBuffer.allocate(1);
    private RefusedFrames refused = RefusedFrames.NONE;

    /** A door at that transport's address. */
    public LinkDoor(Transport transport) {
        this.transport = transport;
    }

    /** A generation begins: what was parked for it comes in. */
    void open(LinkIdentity self, Link[] links, long nowNs) {
        for (LinkAdmission.Arrival<ByteStream> arrival : admission.open(self, links.length)) {
            judge(arrival, links, self, nowNs);
        }
    }

    /** Accepts what has come and reads what is there; whether anything happened. */
    boolean step(LinkIdentity self, Link[] links, long nowNs) throws IOException {
        boolean any = false;
        for (ByteStream stream = transport.accept(); stream != null; stream = transport.accept()) {
            any = true;
            greeters.add(new Greeter(stream, nowNs + HELLO_NS));
            if (greeters.size() > MAX_GREETERS) {
                greeters.remove().stream.close();
            }
        }
        for (int left = greeters.size(); left > 0; left--) {
            Greeter greeter = greeters.remove();
            ByteBuffer hello = greeter.read(nowNs);
            if (hello != null) {
                any = true;
                judge(new LinkAdmission.Arrival<>(greeter.stream, hello), links, self, nowNs);
            } else if (greeter.isOpen) {
                greeters.add(greeter);
            }
        }
        admission.forget(this::hasGone);
        return any;
    }

    /**
     * Whether the dialler of a parked connection has given it up: it says nothing more until it is answered. Left open, such
     * a connection would end every wait at once.
     */
    private boolean hasGone(ByteStream parked) {
        try {
            if (parked.read(probe.clear()) == 0) {
                return false;
            }
        } catch (IOException unused) {
            // Gone as well.
        }
        parked.close();
        return true;
    }

    private void judge(LinkAdmission.Arrival<ByteStream> arrival, Link[] links, LinkIdentity self, long nowNs) {
        switch (admission.judge(arrival.hello())) {
            case ADMIT -> {
                if (!links[arrival.sender()].accepted(arrival.connection(), arrival.hello(), nowNs)) {
                    refuse(arrival, self);
                }
            }
            case PARK -> {
                ByteStream replaced = admission.park(arrival);
                if (replaced != null) {
                    replaced.close();
                }
            }
            case REFUSE -> {
                boolean current = Frame.generation(arrival.hello()) == self.generation();
                refused = refused.plus(new RefusedFrames(0, current ? 0 : 1, current ? 1 : 0));
                refuse(arrival, self);
            }
            case DROP -> {
                refused = refused.plus(new RefusedFrames(1, 0, 0));
                arrival.connection().close();
            }
        }
    }

    private void refuse(LinkAdmission.Arrival<ByteStream> arrival, LinkIdentity self) {
        try {
            arrival.connection().write(new ByteBuffer[] {LinkAdmission.refusal(arrival.hello(), self.index())}, 1);
        } catch (IOException unused) {
            // The dialler will see the end of the connection instead of the reason for it.
        } finally {
            arrival.connection().close();
        }
    }

    /** Handshakes that no link was asked about, refused or damaged. */
    RefusedFrames refused() {
        return refused;
    }

    /** Closes all that has not come in. */
    public void close() {
        greeters.forEach(greeter -> greeter.stream.close());
        greeters.clear();
        admission.clear().forEach(ByteStream::close);
    }

    /** A connection whose first frame is still to come. */
    private static final class Greeter {
        private final ByteStream stream;
        private final long deadlineNs;
        private final ByteBuffer bytes =
                ByteBuffer.allocate(Handshake.MAX_FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private boolean isOpen = true;

        Greeter(ByteStream stream, long deadlineNs) {
            this.stream = stream;
            this.deadlineNs = deadlineNs;
        }

        /** The first frame, once it is there; null and closed if it will not come. */
        ByteBuffer read(long nowNs) {
            try {
                int count = stream.read(bytes);
                int length = bytes.position() >= Integer.BYTES ? Frame.length(bytes, 0) : 0;
                if (length > 0 && length == bytes.position()) {
                    return bytes.flip();
                }
                // a longer one than fits would never be whole, and its bytes would end every wait at once
                boolean possible = length >= 0 && length <= bytes.capacity();
                isOpen = count >= 0 && nowNs < deadlineNs && possible && (length == 0 || bytes.position() < length);
            } catch (IOException e) {
                isOpen = false;
            }
            if (!isOpen) {
                stream.close();
            }
            return null;
        }
    }
}
