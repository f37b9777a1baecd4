package io.valiant.transport;

import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * Which link a new connection is for. Its HELLO decides: an older generation is refused; a newer one, or any before {@link #open}, is parked until the groom has named that generation; the same one goes to the sender's session,
 * which checks the rest. Pure; used by the owner of the links only.
 *
 * @param <C> the driver's connection
 */
public final class LinkAdmission<C> {
    /** More connections than this are not parked: the oldest gives way, and its dialler tries again. */
    public static final int MAX_PARKED = 1024;

    /** What becomes of a connection. */
    public enum Verdict {
        /** Give connection and HELLO to {@link LinkSession#accepted} of {@link Arrival#sender()}. */
        ADMIT,
        /** Keep it open; nothing more comes from it until it is answered. */
        PARK,
        /** Tell its dialler that it is refused for good, close it, count it. */
        REFUSE,
        /** Close it: damaged on its way; its dialler tries again. */
        DROP
    }

    /** A connection and the first frame that came on it. */
    public record Arrival<C>(C connection, ByteBuffer hello) {
        /** The index of the peer it says it is. */
        public int sender() {
            return Frame.sender(hello);
        }
    }

    private final CRC32C crc = new CRC32C();
    private final ArrayDeque<Arrival<C>> parked = new ArrayDeque<>();
    private LinkIdentity self;
    private int count;

    /** The generation is known: of what was parked, what can be judged now, in order of arrival; ask {@link #judge} again. */
    public List<Arrival<C>> open(LinkIdentity identity, int peers) {
        self = identity;
        count = peers;
        List<Arrival<C>> ready = new ArrayList<>();
        for (int left = parked.size(); left > 0; left--) {
            Arrival<C> arrival = parked.remove();
            if (Frame.generation(arrival.hello()) > identity.generation()) {
                parked.add(arrival);
            } else {
                ready.add(arrival);
            }
        }
        return ready;
    }

    /** Judges the first frame of an accepted connection. */
    public Verdict judge(ByteBuffer hello) {
        if (!Frame.isIntact(hello, crc)) {
            return Verdict.DROP;
        }
        Handshake handshake = Frame.kind(hello) == FrameKind.HELLO ? Handshake.decode(hello) : null;
        if (handshake == null) {
            return Verdict.REFUSE;
        }
        LinkIdentity who = handshake.who();
        if (self == null) {
            return Verdict.PARK;
        }
        // who dials whom is the same in all generations, so no more are parked than there are peers
        boolean dials = who.index() > self.index() && who.index() < count;
        if (!who.job().equals(self.job()) || who.generation() < self.generation() || !dials) {
            return Verdict.REFUSE;
        }
        return who.generation() > self.generation() ? Verdict.PARK : Verdict.ADMIT;
    }

    /**
     * Parks a connection.
     *
     * @return the one that has to be closed instead: an older one of the same sender, or the oldest when there are too many;
     *     null if none has to
     */
    public C park(Arrival<C> arrival) {
        C replaced = null;
        for (Arrival<C> other : parked) {
            if (other.sender() == arrival.sender()
                    && Frame.generation(other.hello()) == Frame.generation(arrival.hello())) {
                replaced = other.connection();
                parked.remove(other);
                break;
            }
        }
        if (parked.size() == MAX_PARKED) {
            replaced = parked.remove().connection();
        }
        parked.add(arrival);
        return replaced;
    }

    /** Forgets the parked connections that have gone; the test closes them. */
    public void forget(Predicate<C> gone) {
        parked.removeIf(arrival -> gone.test(arrival.connection()));
    }

    /** All parked connections, which are forgotten: the caller closes them. */
    public List<C> clear() {
        List<C> connections = new ArrayList<>();
        parked.forEach(arrival -> connections.add(arrival.connection()));
        parked.clear();
        return connections;
    }

    /** How many connections are parked. */
    public int parked() {
        return parked.size();
    }

    /** The frame that tells a dialler that it is refused for good. */
    public static ByteBuffer refusal(ByteBuffer hello, int selfIndex) {
        ByteBuffer frame = Frame.allocate(0);
        Frame.end(frame, FrameKind.REFUSE, Frame.generation(hello), 0, selfIndex);
        Frame.stamp(frame, 0, 0, new CRC32C());
        return frame;
    }
}
