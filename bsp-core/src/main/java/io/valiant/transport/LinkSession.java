package io.valiant.transport;

import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import io.valiant.wire.RefusedFrames;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * One end of a link: sequence numbers, frames kept until acknowledged, handshake with resume point, what is refused, when a
 * connection is given up, when the link is lost. A state machine without sockets, clocks, threads or randomness: its driver
 * carries frames and tells the time.
 *
 * <pre>
 *          DIAL asked         connected            WELCOME
 *   DOWN ──────────► DIALLING ─────────► GREETING ─────────► UP      dialling side: the higher index
 *   DOWN ──────────────────── accepted(HELLO) ─────────────► UP      accepting side
 *   DIALLING, GREETING, UP ── broken ──► DOWN (frames kept, dial again)
 *   any ── out of time, refused, out of place ──► LOST       UP ── BYE came ── broken ──► CLOSED
 * </pre>
 *
 * <p>A driver repeats: read and hand in every frame there is ({@link #onFrame}; {@link #accepted} for a HELLO); {@link #tick}
 * and do what it asks; write what {@link #nextToWrite()} offers. It must read before it ticks, or its own pause passes for
 * the peer's silence. {@link #nextDeadlineNs()} is when the next tick is due.
 *
 * <p>Counts as received what {@link #onFrame} answered with {@link Receipt#DELIVER}: the peer drops it when told, so the
 * driver must keep it.
 */
public final class LinkSession {
    /** Where a link stands. */
    public enum State {
        /** No connection. The dialling side will be asked to dial, the other one waits. */
        DOWN,
        /** A connection is being made. */
        DIALLING,
        /** The connection is there, HELLO on its way, WELCOME awaited. */
        GREETING,
        /** Frames flow. */
        UP,
        /** Could not be resumed, or the peer is not the one expected. For ever. */
        LOST,
        /** Ended in order by both. For ever. */
        CLOSED
    }

    /** No deadline. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final ByteBuffer NO_FRAME = ByteBuffer.allocate(0);
    private static final long FIRST_REDIAL_NS = 1_000_000L;
    private static final int MAX_UNACKNOWLEDGED_FRAMES = 16;

    private final LinkIdentity self;
    private final LinkIdentity peer;
    private final LinkTimes times;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer controlFrame = ByteBuffer.allocate(Handshake.MAX_FRAME_BYTES);
    private final ByteBuffer byeFrame = Frame.allocate(0);
    private final RetainedFrames retained;
    private final ByteBuffer[] single = new ByteBuffer[1];

    // phase
    private State state = State.DOWN;
    private String detail = "";
    private boolean everUp;
    private boolean lossTold;
    private long downSinceNs;
    private long upSinceNs;
    private long progressSeen;
    private long nextDialNs;
    private long redialNs;
    private long greetingSinceNs;

    /** Whether frames have a checksum. */
    private boolean checks = true;

    private long dial;

    // receiving
    private long superstep;
    private long received;
    private long lastHeardNs;
    private int unacknowledgedFrames;
    private long unacknowledgedBytes;
    private long acknowledgeAtNs = NO_DEADLINE;
    private boolean peerSaidBye;
    // refused
    private long damaged;
    private long fenced;
    private long foreign;

    // sending
    private ByteBuffer control = NO_FRAME;
    private boolean greetingDue;
    private boolean acknowledgementDue;
    private boolean keepAliveDue;
    private boolean wrote;
    private long lastWroteNs;
    private boolean finishing;

    /**
     * @param self this end
     * @param peer the other end, of the same job and generation; the one with the higher index dials
     * @param release gets each frame given to {@link #send} back, once it need not be sent again
     * @param nowNs the time now: from here the first connection has {@link LinkTimes#openNs()}
     */
    public LinkSession(
            LinkIdentity self, LinkIdentity peer, LinkTimes times, Consumer<ByteBuffer> release, long nowNs) {
        if (self.index() == peer.index() || self.generation() != peer.generation()) {
            throw new IllegalArgumentException("no link between " + self + " and " + peer);
        }
        this.self = self;
        this.peer = peer;
        this.times = Objects.requireNonNull(times, "times");
        Objects.requireNonNull(release, "release");
        this.retained = new RetainedFrames(crc, frame -> {
            if (Frame.kind(frame) != FrameKind.BYE) {
                release.accept(frame);
            }
        });
        this.downSinceNs = nowNs;
        this.nextDialNs = nowNs;
    }

    // ---- the life of the link

    /** A connection this side dialled is there. Only after {@link LinkAction#DIAL}. */
    public void connected(long nowNs) {
        if (state != State.DIALLING) {
            throw new IllegalStateException("link to " + peer + " is " + state + ", nobody dialled");
        }
        state = State.GREETING;
        greetingSinceNs = nowNs;
        lastHeardNs = nowNs;
        greetingDue = true;
        dial++;
    }

    /**
     * What carries the frames of the present connection; before anything but its HELLO is written or read.
     *
     * @param safe whether it cannot change a byte: then frames but for those of the handshake have no checksum
     */
    public void carriedBy(boolean safe) {
        checks = !safe;
        retained.checked(checks);
    }

    /**
     * The peer has dialled; its HELLO came on a connection of which nothing else was read. CONTROL: the link is up on that
     * connection, any older one of this link must be closed, without {@link #broken}. Else close the new connection;
     * an older one stays as it is.
     */
    public Receipt accepted(ByteBuffer hello, long nowNs) {
        if (!isIntact(hello) || Frame.kind(hello) != FrameKind.HELLO) {
            return Receipt.BREAK;
        }
        Handshake handshake = Handshake.decode(hello);
        boolean welcome = isDiallee() && !isOver() && handshake != null && handshake.differs(peer) == null;
        if (!welcome || handshake.dial() <= dial) {
            return refused(hello);
        }
        dial = handshake.dial();
        connectionLost(nowNs);
        return up(handshake.received(), nowNs);
    }

    /**
     * The connection, or the attempt to make one, is gone. Frames not acknowledged are kept for the next one. The time to
     * resume begins anew only if this connection had brought anything or had lasted: breaks in a row are one break.
     */
    public void broken(long nowNs) {
        if (isOver() || state == State.DOWN) {
            return;
        }
        connectionLost(nowNs);
        if (peerSaidBye) {
            end(State.CLOSED);
        }
    }

    private void connectionLost(long nowNs) {
        long progress = received + retained.acknowledged();
        boolean worked = state == State.UP && (progress > progressSeen || nowNs - upSinceNs >= times.greetNs());
        if (worked) {
            downSinceNs = nowNs;
            progressSeen = progress;
        }
        redialNs = worked ? 0 : Math.min(Math.max(2 * redialNs, FIRST_REDIAL_NS), times.redialNs());
        nextDialNs = nowNs + redialNs;
        control = NO_FRAME;
        greetingDue = false;
        acknowledgementDue = false;
        keepAliveDue = false;
        retained.rewind();
        state = State.DOWN;
    }

    /** Nothing more will be sent: says BYE behind all that was. Later calls do nothing. */
    public void finish() {
        if (!finishing && !isOver()) {
            finishing = true;
            Frame.begin(byeFrame);
            Frame.end(byeFrame, FrameKind.BYE, self.generation(), superstep, self.index());
            retained.add(byeFrame);
        }
    }

    /** Whether this side may go: it has said BYE and all that it sent is acknowledged, or the link is over. */
    public boolean isFinished() {
        return isOver() || (finishing && retained.size() == 0);
    }

    /** The attempt has passed a barrier: frames of this superstep and the next are taken, no others. */
    public void superstep(long now) {
        superstep = now;
    }

    /** What time asks for now; at most one thing at a time, so call until NONE where several may be due. */
    public LinkAction tick(long nowNs) {
        if (wrote) {
            wrote = false;
            lastWroteNs = nowNs;
        }
        return switch (state) {
            case DOWN, DIALLING, GREETING -> tickDown(nowNs);
            case UP -> tickUp(nowNs);
            case LOST -> tellLoss();
            case CLOSED -> LinkAction.NONE;
        };
    }

    private LinkAction tickDown(long nowNs) {
        if (nowNs >= lostAtNs()) {
            lose("no connection to " + peer + " for " + (nowNs - downSinceNs) / 1_000_000 + " ms"
                    + (everUp ? "" : " since the start"));
            return tellLoss();
        }
        if (state == State.DOWN && !isDiallee() && nowNs >= nextDialNs) {
            state = State.DIALLING;
            return LinkAction.DIAL;
        }
        return state == State.GREETING && nowNs >= greetingEndsNs() ? LinkAction.BREAK : LinkAction.NONE;
    }

    private LinkAction tickUp(long nowNs) {
        if (nowNs >= lastHeardNs + times.giveUpNs()) {
            return LinkAction.BREAK;
        }
        if (nowNs >= acknowledgeAtNs) {
            acknowledgementDue = true;
            acknowledgeAtNs = NO_DEADLINE;
        }
        if (nowNs >= lastWroteNs + times.keepAliveNs()) {
            keepAliveDue = true;
            lastWroteNs = nowNs;
        }
        return LinkAction.NONE;
    }

    private LinkAction tellLoss() {
        boolean first = !lossTold;
        lossTold = true;
        return first ? LinkAction.LOST : LinkAction.NONE;
    }

    /** When {@link #tick} is due next; {@link #NO_DEADLINE} once the link is over. May be earlier than needed. */
    public long nextDeadlineNs() {
        return switch (state) {
            case DOWN -> isDiallee() ? lostAtNs() : Math.min(nextDialNs, lostAtNs());
            case DIALLING -> lostAtNs();
            case GREETING -> Math.min(greetingEndsNs(), lostAtNs());
            case UP ->
                Math.min(Math.min(lastHeardNs + times.giveUpNs(), lastWroteNs + times.keepAliveNs()), acknowledgeAtNs);
            case LOST, CLOSED -> NO_DEADLINE;
        };
    }

    private long lostAtNs() {
        return downSinceNs + (everUp ? times.resumeNs() : times.openNs());
    }

    private long greetingEndsNs() {
        return everUp ? greetingSinceNs + times.greetNs() : NO_DEADLINE;
    }

    // ---- sending

    /**
     * Takes a frame to be delivered once and in order: {@link Frame#begin}, payload, then this. The frame belongs to the
     * session until it is released. Released at once if the link is over.
     */
    public void send(ByteBuffer frame, FrameKind kind, long ofSuperstep) {
        if (finishing || !kind.isSequenced()) {
            throw new IllegalStateException("link to " + peer + ": a " + kind + " frame behind the end");
        }
        Frame.end(frame, kind, self.generation(), ofSuperstep, self.index());
        retained.add(frame);
        if (isOver()) {
            retained.clear();
        }
    }

    /**
     * The frame to write now, from its position to its limit; the same one until all of it is consumed; null if there is
     * nothing to write. The driver moves the position and changes nothing else.
     */
    public ByteBuffer nextToWrite() {
        return nextToWrite(single) == 0 ? null : single[0];
    }

    /** The same for several frames at once, in the order in which to write them: how many were put into the array. */
    public int nextToWrite(ByteBuffer[] into) {
        ByteBuffer frame = state == State.UP ? retained.current() : null;
        boolean midFrame = frame != null && frame.position() > 0;
        int count = 0;
        if (!midFrame && nextControl(frame != null && retained.carriesAcknowledgement(into.length))) {
            into[count++] = control;
        }
        if (frame != null) {
            boolean acknowledges = retained.carriesAcknowledgement(into.length - count);
            count = retained.gather(into, count, received);
            if (acknowledges) {
                acknowledgementWritten();
            }
        }
        wrote |= count > 0;
        return count;
    }

    /** Whether a control frame is to be written, encoding it if it is new. */
    private boolean nextControl(boolean acknowledgementRides) {
        if (control.hasRemaining()) {
            return true;
        }
        if (greetingDue) {
            greetingDue = false;
            control = controlFrame;
            FrameKind kind = state == State.UP ? FrameKind.WELCOME : FrameKind.HELLO;
            new Handshake(self, received, dial).encode(kind, control, crc);
            return true;
        }
        if (state != State.UP || !(keepAliveDue || (acknowledgementDue && !acknowledgementRides))) {
            return false;
        }
        control = Frame.begin(controlFrame);
        Frame.end(
                control, acknowledgementDue ? FrameKind.ACK : FrameKind.KEEPALIVE, self.generation(), 0, self.index());
        if (checks) {
            Frame.stamp(control, 0, received, crc);
        } else {
            Frame.number(control, 0, received);
        }
        keepAliveDue = false;
        acknowledgementWritten();
        return true;
    }

    private void acknowledgementWritten() {
        acknowledgementDue = false;
        acknowledgeAtNs = NO_DEADLINE;
        unacknowledgedFrames = 0;
        unacknowledgedBytes = 0;
    }

    /** Whether so many frames wait to be written, or the peer would have nothing on its way while they wait. */
    boolean isWorthWriting(int frames) {
        int unwritten = retained.unwritten();
        return unwritten >= frames || unwritten == retained.size();
    }

    // ---- receiving

    /** A whole frame has come on the present connection; its length has been checked. The frame is only read. */
    public Receipt onFrame(ByteBuffer frame, long nowNs) {
        if (state != State.UP && state != State.GREETING) {
            return Receipt.BREAK;
        }
        FrameKind kind = Frame.kind(frame);
        if ((checks || kind == FrameKind.WELCOME) && !isIntact(frame)) {
            return Receipt.BREAK;
        }
        if (kind == null || Frame.generation(frame) != self.generation() || Frame.sender(frame) != peer.index()) {
            return refused(frame);
        }
        lastHeardNs = nowNs;
        return switch (kind) {
            case HELLO -> Receipt.BREAK;
            case WELCOME -> onWelcome(frame, nowNs);
            case REFUSE -> state == State.GREETING ? lose(peer + " refused the link") : Receipt.BREAK;
            case ACK, KEEPALIVE -> onAcknowledgement(frame);
            case DATA, SYNC, BYE, GATHERED, COUNTS -> onSequenced(kind, frame, nowNs);
        };
    }

    private Receipt onWelcome(ByteBuffer frame, long nowNs) {
        Handshake handshake = state == State.GREETING ? Handshake.decode(frame) : null;
        if (handshake == null || handshake.dial() != dial) {
            return Receipt.BREAK;
        }
        String difference = handshake.differs(peer);
        return difference == null
                ? up(handshake.received(), nowNs)
                : lose("the peer at " + peer + "'s address: " + difference);
    }

    private Receipt up(long peerReceived, long nowNs) {
        if (!retained.isPlausible(peerReceived)) {
            return lose(peer + " has received " + peerReceived + " frames, " + retained.last() + " were sent");
        }
        retained.acknowledge(peerReceived);
        retained.rewind();
        greetingDue = isDiallee();
        downSinceNs = everUp ? downSinceNs : nowNs;
        state = State.UP;
        everUp = true;
        upSinceNs = nowNs;
        lastHeardNs = nowNs;
        lastWroteNs = nowNs;
        acknowledgementWritten();
        return Receipt.CONTROL;
    }

    private Receipt onAcknowledgement(ByteBuffer frame) {
        return state == State.UP && retained.acknowledge(Frame.acknowledged(frame)) ? Receipt.CONTROL : Receipt.BREAK;
    }

    private Receipt onSequenced(FrameKind kind, ByteBuffer frame, long nowNs) {
        if (state != State.UP || !retained.acknowledge(Frame.acknowledged(frame))) {
            return Receipt.BREAK;
        }
        long sequence = Frame.sequence(frame);
        if (sequence <= received) {
            acknowledgementDue = true;
            return Receipt.DUPLICATE;
        }
        if (sequence != received + 1) {
            return Receipt.BREAK;
        }
        long of = Frame.superstep(frame);
        if (kind != FrameKind.BYE && (peerSaidBye || of < superstep || of > superstep + 1)) {
            return lose(peer + " sent " + kind + " of superstep " + of + " in superstep " + superstep);
        }
        received = sequence;
        peerSaidBye |= kind == FrameKind.BYE;
        acknowledgeLater(kind, frame.limit(), nowNs);
        return Receipt.DELIVER;
    }

    private void acknowledgeLater(FrameKind kind, int bytes, long nowNs) {
        unacknowledgedFrames++;
        unacknowledgedBytes += bytes;
        if (kind == FrameKind.BYE
                || unacknowledgedBytes >= times.acknowledgeBytes()
                || unacknowledgedFrames >= MAX_UNACKNOWLEDGED_FRAMES) {
            acknowledgementDue = true;
        } else if (acknowledgeAtNs == NO_DEADLINE) {
            acknowledgeAtNs = nowNs + times.acknowledgeNs();
        }
    }

    private Receipt lose(String why) {
        detail = why;
        end(State.LOST);
        return Receipt.LOST;
    }

    private void end(State last) {
        state = last;
        control = NO_FRAME;
        greetingDue = false;
        retained.clear();
    }

    /** Gives the link up without a word: frames are released, nothing is written or taken any more. */
    public void abandon() {
        if (!isOver()) {
            end(State.CLOSED);
        }
    }

    // ---- facts

    /** Where the link stands. */
    public State state() {
        return state;
    }

    /** Whether the link is lost or closed. */
    public boolean isOver() {
        return state == State.LOST || state == State.CLOSED;
    }

    /** Why the link was lost, one line; empty if it was not. */
    public String detail() {
        return detail;
    }

    /** The other end. */
    public LinkIdentity peer() {
        return peer;
    }

    /** Frames sent that are not acknowledged. */
    public int unacknowledged() {
        return retained.size();
    }

    /** Frames and handshakes that were damaged or not of this link. */
    public RefusedFrames refused() {
        return new RefusedFrames(damaged, fenced, foreign);
    }

    /** How many {@link #refused} there are. */
    long refusals() {
        return damaged + fenced + foreign;
    }

    private boolean isIntact(ByteBuffer frame) {
        boolean intact = Frame.isIntact(frame, crc);
        if (!intact) {
            damaged++;
        }
        return intact;
    }

    private Receipt refused(ByteBuffer frame) {
        if (Frame.generation(frame) == self.generation()) {
            foreign++;
        } else {
            fenced++;
        }
        return Receipt.REFUSED;
    }

    private boolean isDiallee() {
        return self.index() < peer.index();
    }

    @Override
    public String toString() {
        return "LinkSession[" + self + " to " + peer + " " + state + " received " + received + " sent "
                + retained.last() + "]";
    }
}
