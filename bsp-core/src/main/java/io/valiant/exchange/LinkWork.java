package io.valiant.exchange;

import io.valiant.barrier.AllReduce;
import io.valiant.bsp.BspException;
import io.valiant.message.Inbox;
import io.valiant.time.Clock;
import io.valiant.transport.FramePool;
import io.valiant.transport.LinkGroup;
import io.valiant.transport.LinkListener;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import io.valiant.wire.RefusedFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the owner of the links does, whichever thread it is: carry frames, feed inbox and barrier, step the gate. All methods
 * are the owner's unless they say otherwise. A failure is kept for the program's thread, whoever meets it.
 */
final class LinkWork implements LinkListener {
    private static final long GATE_NS = 20_000_000L;

    /** Every so many turns in a barrier, and each millisecond, those are listened to that have arrived: they may be a superstep ahead, and wait for room. */
    private static final int TURNS_OF_ALL = 8;

    /** While frames follow each other a whole turn is made so often: links that none is for have to be served as well. */
    private static final long SERVE_NS = 5_000_000L;

    private final String name;
    private final int index;
    private final BarrierGate gate;
    private final Clock clock;
    private final FramePool pool;
    private final PeerOutput[] outputs;
    private final Inbox inbox;
    private final AllReduce barrier;
    private final SpinWait spinWait;
    private final ConcurrentLinkedQueue<SealedFrame> sealed = new ConcurrentLinkedQueue<>();
    private final AtomicReference<BspException> failure = new AtomicReference<>();
    private final AllReduce.Passing passing = new Passing();
    private LinkGroup links;
    private Condition quiet;
    private boolean gateBroken;

    /** When the last turn over the links was made. */
    private long servedNs;

    /** In this turn a peer has said what it has to say at a barrier. */
    private boolean barrierCame;

    private volatile boolean closed;

    /** Closed without regard to the peers. */
    private volatile boolean abandoned;

    private volatile RefusedFrames refused = RefusedFrames.NONE;

    /** Written by the program's thread as owner, inside a barrier. */
    private volatile long superstep;

    /** All have voted for the end and passed the barrier: nobody misses a link any more. */
    private volatile boolean ended;

    private record SealedFrame(int peer, ByteBuffer frame, long superstep) {}

    /** Something that the owner looks at while it waits. */
    interface Condition {
        boolean holds();
    }

    LinkWork(
            String name,
            int index,
            BarrierGate gate,
            ExchangeConfig config,
            FramePool pool,
            PeerOutput[] outputs,
            Inbox inbox,
            AllReduce barrier) {
        this.name = name;
        this.index = index;
        this.gate = gate;
        this.clock = config.clock();
        this.pool = pool;
        this.outputs = outputs;
        this.inbox = inbox;
        this.barrier = barrier;
        this.spinWait = new SpinWait(config.localPeers(), clock);
    }

    /** The links, which tell this object what they bring; once, before anything else. */
    void start(LinkGroup group, long first) {
        links = group;
        quiet = group::isQuiet;
        superstep = first;
        servedNs = clock.nanoTime();
        links.superstep(first);
    }

    // ---- turns

    /** Waits until all have arrived at the barrier and the gate is open. */
    void awaitBarrier() throws BspException {
        waitUntil(barrier::isComplete, true);
    }

    /** Goes on until the condition holds; spins first, then blocks. */
    void waitUntil(Condition condition) throws BspException {
        waitUntil(condition, false);
    }

    /** @param inBarrier whether the gate has to be open, too, and who has arrived is not waited for */
    private void waitUntil(Condition condition, boolean inBarrier) throws BspException {
        long idleSinceNs = clock.nanoTime();
        boolean thorough = false;
        for (int turn = 1; ; turn++) {
            long nowNs = clock.nanoTime();
            check();
            boolean mayPass = pollGate(nowNs);
            barrierCame = false;
            boolean any = step(nowNs, thorough, thorough || !inBarrier || turn % TURNS_OF_ALL == 0);
            check();
            if ((mayPass || !inBarrier) && condition.holds()) {
                return;
            }
            thorough = false;
            if (any) {
                if (barrierCame) {
                    // those that are waited for need the core; what else comes has probably more behind it
                    spinWait.giveWayIfCrowded();
                }
                // not when the turn began: it may have taken longer than is looked
                idleSinceNs = clock.nanoTime();
            } else if (!spinWait.spin(idleSinceNs, quiet)) {
                await(idleNs(nowNs));
                thorough = true;
            }
        }
    }

    /** Throws what went wrong, whoever met it. Program's thread. */
    void check() throws BspException {
        if (Thread.currentThread().isInterrupted()) {
            throw ending();
        }
        checkKept();
    }

    private BspException ending() {
        return new BspException(BspException.Kind.FENCED, "[" + name + "] the attempt is being ended");
    }

    /** The same, but for an interrupt: a program may have left one behind, and where an attempt is ended this is closed, too. */
    void checkKept() throws BspException {
        if (closed) {
            throw ending();
        }
        BspException kept = failure.get();
        if (kept != null) {
            throw kept;
        }
    }

    /** Steps the gate, unless it has failed before; whether barriers may open. */
    boolean pollGate(long nowNs) throws BspException {
        try {
            return !gateBroken && gate.poll(nowNs);
        } catch (BspException e) {
            gateBroken = true;
            throw fail(e);
        }
    }

    private void countRefused() {
        if (links.refusals() != refused.total()) {
            refused = links.refused();
        }
    }

    /** One turn over frames and all links; whether anything happened. */
    boolean step(long nowNs, boolean thorough) throws BspException {
        return step(nowNs, thorough, true);
    }

    private boolean step(long nowNs, boolean thorough, boolean all) throws BspException {
        servedNs = nowNs;
        try {
            boolean any = sendSealed(nowNs);
            any |= links.step(nowNs, thorough, all);
            if (thorough) {
                countRefused();
            }
            return any;
        } catch (BspException e) {
            throw fail(e);
        } catch (IOException e) {
            throw fail(retriable("the data endpoint fails: " + e.getMessage(), e));
        }
    }

    /** How long may be waited now if nothing happens. */
    long idleNs(long nowNs) {
        return links.idleNs(nowNs, GATE_NS);
    }

    /** Blocks until something may have happened. Needs no ownership. */
    void await(long timeoutNs) throws BspException {
        try {
            links.await(timeoutNs);
        } catch (IOException e) {
            throw fail(retriable("the data endpoint fails: " + e.getMessage(), e));
        }
    }

    // ---- frames out

    /** Leaves a frame for the owner. Program's thread. */
    void leave(int peer, ByteBuffer frame) {
        sealed.add(new SealedFrame(peer, frame, superstep));
    }

    /** Whether frames were left for the owner. Any thread. */
    boolean isLeft() {
        return !sealed.isEmpty();
    }

    /** Sends what was left, in order; whether there was anything. */
    boolean sendSealed(long nowNs) throws BspException {
        boolean any = false;
        for (SealedFrame next = sealed.poll(); next != null; next = sealed.poll()) {
            any = true;
            send(next.peer(), next.frame(), next.superstep(), nowNs);
        }
        return any;
    }

    /** Sends a frame of the present superstep behind what was left. */
    void send(int peer, ByteBuffer frame, long nowNs) throws BspException {
        sendSealed(nowNs);
        send(peer, frame, superstep, nowNs);
    }

    /**
     * Takes in what has come on some links, so that nobody who sends at the same time is held up. From time to time it is a turn
     * over gate and all links: the I/O thread does not step in where frames follow each other for long, and peers that none is
     * for would not be acknowledged, and take this one for lost.
     */
    void receiveSome(int peer, long nowNs) throws BspException {
        if (nowNs - servedNs < SERVE_NS) {
            links.readSome(peer, nowNs);
            return;
        }
        boolean unusedMayPass = pollGate(nowNs);
        step(nowNs, false);
        // not when it began: with many links it may have taken as long as is waited for the next
        servedNs = clock.nanoTime();
    }

    private void send(int peer, ByteBuffer frame, long of, long nowNs) throws BspException {
        if (peer != index) {
            links.send(peer, frame, FrameKind.DATA, of);
            links.writeGathered(peer, outputs[peer].gathered(), nowNs);
            return;
        }
        boolean kept = false;
        try {
            // After the end nobody reads it, and nobody would remove what is spilled.
            kept = !closed && failure.get() == null && inbox.add(index, of, frame.flip(), true);
        } finally {
            outputs[index].released();
            if (!kept) {
                pool.give(frame);
            }
        }
    }

    /** A frame need not be sent again. */
    void released(ByteBuffer frame, int peer) {
        if (Frame.kind(frame) == FrameKind.DATA) {
            outputs[peer].released();
        }
        pool.give(frame);
    }

    // ---- frames in

    @Override
    public boolean onData(int sender, ByteBuffer frame, boolean keepable) throws BspException {
        return failure.get() == null && inbox.add(sender, Frame.superstep(frame), frame, keepable);
    }

    @Override
    public void onBarrier(int sender, FrameKind kind, ByteBuffer frame) throws BspException {
        barrierCame = true;
        try {
            long of = Frame.superstep(frame);
            switch (kind) {
                case SYNC -> barrier.arrive(sender, of, frame);
                case GATHERED -> barrier.gather(sender, of, frame);
                case COUNTS -> barrier.count(sender, of, frame);
                default -> throw new IllegalArgumentException("peer " + sender + " sent " + kind + " at a barrier");
            }
            barrier.passOn(passing);
        } catch (IllegalArgumentException e) {
            throw retriable(e.getMessage() + "; rolling back", e);
        }
    }

    @Override
    public boolean awaits(int peer) {
        return barrier.awaits(peer);
    }

    @Override
    public void onLost(int peer, String detail) {
        if (!ended) {
            gate.linkLost(peer, superstep, detail);
            fail(retriable("the link to peer " + peer + " is lost in superstep " + superstep + ": " + detail, null));
        }
    }

    /** This peer has arrived along a tree: what can be passed on is, later by {@link #onBarrier}. */
    void passOn() {
        barrier.passOn(passing);
    }

    /** Puts what is passed on along the tree on the links. */
    private final class Passing implements AllReduce.Passing {
        @Override
        public int frameBytes() {
            return pool.frameBytes() - Frame.HEADER_BYTES;
        }

        @Override
        public ByteBuffer frame(int payloadBytes) {
            return Frame.begin(pool.take(Frame.HEADER_BYTES + payloadBytes));
        }

        @Override
        public void pass(int peer, ByteBuffer frame, long of) {
            links.send(peer, frame, FrameKind.GATHERED, of);
        }
    }

    // ---- barrier and end

    /** Opens a barrier to which all have come: checks the counts, turns the inbox over. */
    void open() throws BspException {
        long last = superstep;
        int count = outputs.length;
        for (int peer = 0; peer < count; peer++) {
            String mismatch = barrier.mismatch(peer, inbox.frames(peer, last), inbox.bytes(peer, last));
            if (mismatch != null) {
                throw fail(retriable(mismatch + "; rolling back", null));
            }
        }
        inbox.turn(last);
        barrier.open();
        superstep = last + 1;
        links.superstep(last + 1);
        if (barrier.last().endVotes() == count) {
            ended = true;
            links.finish();
        }
        gate.opened(last);
    }

    /** Lets the peers have what they need, at most so long, where all have voted for the end; then gives everything up. */
    void shutDown(long drainNs) {
        try {
            if (ended && !abandoned && failure.get() == null) {
                drain(clock.nanoTime() + drainNs);
            }
        } catch (BspException e) {
            fail(e);
        } finally {
            links.close();
            countRefused();
            closeInbox();
        }
    }

    private void drain(long untilNs) throws BspException {
        for (long nowNs = clock.nanoTime();
                !links.isFinished() && !abandoned && nowNs < untilNs;
                nowNs = clock.nanoTime()) {
            if (!step(nowNs, true)) {
                await(idleNs(nowNs));
            }
        }
    }

    private void closeInbox() {
        try {
            inbox.close();
        } catch (BspException e) {
            fail(e);
        }
    }

    // ---- any thread

    /** Keeps the first failure; returns it. */
    BspException fail(BspException e) {
        return failure.compareAndSet(null, e) ? e : failure.get();
    }

    private BspException retriable(String message, Throwable cause) {
        return new BspException(BspException.Kind.RETRIABLE, "[" + name + "] " + message, cause);
    }

    /** Ends all waiting. */
    void close() {
        closed = true;
        links.wakeUp();
    }

    /** Ends all waiting, and does not let the peers have what they need. */
    void abandon() {
        abandoned = true;
        close();
    }

    boolean isClosed() {
        return closed;
    }

    boolean isEnded() {
        return ended;
    }

    long superstep() {
        return superstep;
    }

    RefusedFrames refused() {
        return refused;
    }

    String name() {
        return name;
    }
}
