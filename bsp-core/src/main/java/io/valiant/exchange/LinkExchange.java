package io.valiant.exchange;

import io.valiant.barrier.AllReduce;
import io.valiant.barrier.Arrival;
import io.valiant.bsp.BspException;
import io.valiant.message.FrameWriter;
import io.valiant.message.Inbox;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.PeerTable.PeerAddress;
import io.valiant.time.Clock;
import io.valiant.transport.FramePool;
import io.valiant.transport.LinkDoor;
import io.valiant.transport.LinkGroup;
import io.valiant.transport.LinkIdentity;
import io.valiant.transport.LinkListener;
import io.valiant.transport.LinkTimes;
import io.valiant.transport.Transport;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * An {@link Exchange} over links; made by {@link DataEndpoint#open}.
 *
 * <p>Fields below "owner" are touched by whoever {@link LinkOwnership owns} the links: the program's thread inside
 * {@link #sync} and while it waits for room, the I/O thread when a computation outlasts about 200 µs. The gate is stepped
 * by the owner too. A frame that is full while the I/O thread owns the links goes to it through a queue.
 *
 * <p>A failure is kept, and thrown at the program's next call; a write throws it as the cause of an IOException.
 */
public final class LinkExchange implements Exchange {
    private static final long GATE_NS = 20_000_000L;
    private static final long TAKE_NS = 200_000L;
    private static final long QUICK_NS = 1_000_000L;
    private static final long DOZE_NS = 20_000_000L;
    private static final long DRAIN_NS = 2_000_000_000L;
    private static final int MIN_FRAMES = 4;
    private static final int MIN_FRAME_BYTES = 4 << 10;

    private final String name;
    private final int index;
    private final int count;
    private final BarrierGate gate;
    private final Clock clock;
    private final SpinWait spinWait;
    private final FramePool pool;
    private final LinkOwnership ownership;
    private final ConcurrentLinkedQueue<SealedFrame> sealed = new ConcurrentLinkedQueue<>();
    private final Thread ioThread;
    private final AtomicReference<BspException> failure = new AtomicReference<>();
    private final AtomicLong messagesSent = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean dozing;
    private volatile long framesRefused;

    // program's thread
    private final PeerOutput[] outputs;
    private final FrameWriter[] writers;
    private final long[] messagesTo;
    private final ByteBuffer ownArrival;
    private final Result result = new Result();

    // owner
    private final LinkGroup links;
    private final Inbox inbox;
    private final AllReduce barrier;
    private boolean gateBroken;

    /** Written by the program's thread as owner, inside a barrier. */
    private volatile long superstep;

    /** All have voted for the end and passed the barrier: nobody misses a link any more. */
    private volatile boolean ended;

    private record SealedFrame(int peer, ByteBuffer frame, long superstep) {}

    LinkExchange(
            PeerTable table, int index, ExchangeConfig config, BarrierGate gate, Transport transport, LinkDoor door) {
        this.index = index;
        this.count = table.peers().size();
        this.name = table.peers().get(index).attempt() + " g" + table.generation();
        this.gate = gate;
        this.clock = config.clock();
        this.spinWait = new SpinWait(config.localPeers());
        long perLink = config.sendBytes() / count;
        int frameBytes = (int) Math.min(config.frameBytes(), Math.max(perLink / MIN_FRAMES, MIN_FRAME_BYTES));
        this.pool = new FramePool(frameBytes);
        this.inbox = new Inbox(count, pool, config.inboxBytes(), config.spillFolder());
        this.barrier = new AllReduce(index, count);
        this.ownership = new LinkOwnership(transport::wakeUp);
        this.ownArrival = Frame.allocate(Arrival.FIXED_BYTES + Arrival.MAX_CONTRIBUTION_BYTES);
        this.outputs = new PeerOutput[count];
        this.writers = new FrameWriter[count];
        this.messagesTo = new long[count];
        int limit = (int) Math.max(MIN_FRAMES, Math.min(perLink / frameBytes, Integer.MAX_VALUE));
        for (int peer = 0; peer < count; peer++) {
            outputs[peer] = new PeerOutput(peer, limit, pool, new Outgoing());
            writers[peer] = new FrameWriter(outputs[peer], config.maxMessageBytes());
        }
        this.links = new LinkGroup(
                identity(table, index),
                addresses(table, index),
                new LinkTimes(config.openNs(), config.resumeNs(), config.silenceNs(), frameBytes / 2),
                transport,
                door,
                pool,
                this::released,
                new Incoming(),
                clock.nanoTime());
        this.ioThread = new Thread(this::runIo, "links " + name);
        this.ioThread.setDaemon(true);
    }

    private static LinkIdentity identity(PeerTable table, int index) {
        int attempt = table.peers().get(index).attempt().number();
        return new LinkIdentity(table.job(), table.generation(), index, attempt, table.secret());
    }

    private static List<LinkGroup.Address> addresses(PeerTable table, int index) {
        List<LinkGroup.Address> addresses = new ArrayList<>();
        for (int peer = 0; peer < table.peers().size(); peer++) {
            PeerAddress at = table.peers().get(peer);
            addresses.add(peer == index ? null : new LinkGroup.Address(identity(table, peer), at.host(), at.port()));
        }
        return addresses;
    }

    void start() {
        ioThread.start();
    }

    // ---- the program's thread

    @Override
    public int index() {
        return index;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long superstep() {
        return superstep;
    }

    @Override
    public MessageWriter writer(int peer) {
        return writers[peer];
    }

    @Override
    public MessageReader reader(int sender) {
        return inbox.reader(sender);
    }

    @Override
    public long received(int sender) {
        return barrier.last().messages(sender);
    }

    /**
     * Waits until all links are up.
     *
     * @throws BspException RETRIABLE if a link is not up in time (the gate has been told {@code linkLost}); FENCED if the
     *     gate says so or the exchange was closed
     */
    public void connect() throws BspException {
        ownership.acquire();
        try {
            waitUntil(links::isUp, false);
        } finally {
            release();
        }
    }

    @Override
    public BarrierResult sync(boolean votesEnd, ByteBuffer contribution) throws BspException {
        if (ended) {
            throw new IllegalStateException("[" + name + "] all have voted for the end: there is no barrier any more");
        }
        if (contribution.remaining() > Arrival.MAX_CONTRIBUTION_BYTES) {
            throw BspException.user(
                    "a contribution to a barrier of %d bytes: at most %d",
                    contribution.remaining(), Arrival.MAX_CONTRIBUTION_BYTES);
        }
        check();
        ownership.acquire();
        try {
            arrive(votesEnd, contribution);
            waitUntil(barrier::isComplete, true);
            open();
        } finally {
            ownership.countTurn();
            release();
        }
        return result;
    }

    private void arrive(boolean votesEnd, ByteBuffer contribution) throws BspException {
        long nowNs = clock.nanoTime();
        sendSealed(nowNs);
        long allMessages = 0;
        long[] messages = messagesTo;
        for (int peer = 0; peer < count; peer++) {
            writers[peer].flush();
            messages[peer] = writers[peer].takeMessages();
            allMessages += messages[peer];
        }
        for (int peer = 0; peer < count; peer++) {
            if (peer != index) {
                ByteBuffer frame = pool.take(Frame.HEADER_BYTES + Arrival.FIXED_BYTES + contribution.remaining());
                writeArrival(Frame.begin(frame), peer, messages[peer], allMessages, votesEnd, contribution);
                links.send(peer, frame, FrameKind.SYNC, superstep);
                links.write(peer, nowNs);
            }
        }
        writeArrival(Frame.begin(ownArrival), index, messages[index], allMessages, votesEnd, contribution);
        barrier.arrive(index, superstep, ownArrival.flip());
        contribution.position(contribution.limit());
        messagesSent.lazySet(messagesSent.get() + allMessages);
        gate.arrived(superstep);
    }

    private void writeArrival(
            ByteBuffer frame, int peer, long messages, long allMessages, boolean votesEnd, ByteBuffer contribution) {
        PeerOutput output = outputs[peer];
        Arrival.write(frame, output.frames(), output.bytes(), messages, allMessages, votesEnd, contribution);
        bytesSent.lazySet(bytesSent.get() + output.bytes());
        output.turn();
    }

    private void open() throws BspException {
        long last = superstep;
        for (int peer = 0; peer < count; peer++) {
            String mismatch = barrier.mismatch(peer, inbox.frames(peer, last), inbox.bytes(peer, last));
            if (mismatch != null) {
                throw fail(
                        new BspException(BspException.Kind.RETRIABLE, "[" + name + "] " + mismatch + "; rolling back"));
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

    /** Goes on as owner until the condition holds (and the gate is open, where that matters); spins first, then blocks. */
    private void waitUntil(Condition condition, boolean gated) throws BspException {
        long idleSinceNs = clock.nanoTime();
        boolean thorough = false;
        boolean blocked = false;
        while (true) {
            long nowNs = clock.nanoTime();
            check();
            boolean mayPass = pollGate(nowNs);
            boolean any = stepLinks(nowNs, thorough);
            check();
            if ((mayPass || !gated) && condition.holds()) {
                spinWait.ended(blocked);
                return;
            }
            thorough = false;
            if (any) {
                idleSinceNs = nowNs;
            } else if (!spinWait.spin(nowNs - idleSinceNs)) {
                await(links.idleNs(nowNs, GATE_NS));
                thorough = true;
                blocked = true;
            }
        }
    }

    /** Throws what went wrong, whoever met it. */
    private void check() throws BspException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw new BspException(BspException.Kind.FENCED, "[" + name + "] the attempt is being ended");
        }
        BspException kept = failure.get();
        if (kept != null) {
            throw kept;
        }
    }

    private void release() {
        ownership.release();
        if (dozing) {
            LockSupport.unpark(ioThread);
        }
    }

    // ---- the owner

    private boolean pollGate(long nowNs) throws BspException {
        try {
            return !gateBroken && gate.poll(nowNs);
        } catch (BspException e) {
            gateBroken = true;
            throw fail(e);
        }
    }

    private boolean stepLinks(long nowNs, boolean thorough) throws BspException {
        try {
            boolean any = sendSealed(nowNs);
            any |= links.step(nowNs, thorough);
            if (thorough) {
                framesRefused = links.framesRefused();
            }
            return any;
        } catch (BspException e) {
            throw fail(e);
        } catch (IOException e) {
            throw fail(retriable("the data endpoint fails: " + e.getMessage(), e));
        }
    }

    private void await(long timeoutNs) throws BspException {
        try {
            links.await(timeoutNs);
        } catch (IOException e) {
            throw fail(retriable("the data endpoint fails: " + e.getMessage(), e));
        }
    }

    private boolean sendSealed(long nowNs) throws BspException {
        boolean any = false;
        for (SealedFrame next = sealed.poll(); next != null; next = sealed.poll()) {
            any = true;
            send(next.peer(), next.frame(), next.superstep(), nowNs);
        }
        return any;
    }

    private void send(int peer, ByteBuffer frame, long of, long nowNs) throws BspException {
        if (peer != index) {
            links.send(peer, frame, FrameKind.DATA, of);
            links.write(peer, nowNs);
            return;
        }
        boolean kept = false;
        try {
            kept = inbox.add(index, of, frame.flip(), true);
        } finally {
            outputs[index].released();
            if (!kept) {
                pool.give(frame);
            }
        }
    }

    private void released(ByteBuffer frame, int peer) {
        if (Frame.kind(frame) == FrameKind.DATA) {
            outputs[peer].released();
        }
        pool.give(frame);
    }

    private BspException fail(BspException e) {
        return failure.compareAndSet(null, e) ? e : failure.get();
    }

    private BspException retriable(String message, Throwable cause) {
        return new BspException(BspException.Kind.RETRIABLE, "[" + name + "] " + message, cause);
    }

    // ---- the I/O thread

    private void runIo() {
        try {
            long seen = -1;
            long pauseNs = TAKE_NS;
            while (!closed) {
                long turns = ownership.turns();
                if (turns == seen && ownership.take()) {
                    ioTurns();
                    seen = -1;
                    pauseNs = TAKE_NS;
                } else {
                    dozing = turns == seen;
                    pauseNs = Math.min(pauseNs * 2, dozing ? DOZE_NS : QUICK_NS);
                    seen = turns;
                    LockSupport.parkNanos(this, pauseNs);
                    dozing = false;
                }
            }
        } catch (RuntimeException | Error e) {
            fail(new BspException(BspException.Kind.FATAL, "[" + name + "] the I/O thread failed: " + e, e));
        } finally {
            shutDown();
        }
    }

    private void ioTurns() {
        boolean thorough = true;
        while (!closed && !ownership.isWanted()) {
            long nowNs = clock.nanoTime();
            boolean any = ioTurn(nowNs, thorough);
            thorough = false;
            if (!any) {
                long idleNs = links.idleNs(nowNs, GATE_NS);
                ownership.beginWait();
                if (sealed.isEmpty() && !closed) {
                    ioAwait(idleNs);
                }
                if (!ownership.endWait()) {
                    return;
                }
                thorough = true;
            }
        }
        ownership.release();
    }

    /** One turn; what fails is kept for the program's thread, and the other links stay alive meanwhile. */
    private boolean ioTurn(long nowNs, boolean thorough) {
        boolean any = false;
        try {
            if (!gateBroken) {
                pollGate(nowNs);
            }
            any = stepLinks(nowNs, thorough);
        } catch (BspException e) {
            fail(e);
        }
        return any;
    }

    private void ioAwait(long idleNs) {
        try {
            links.await(idleNs);
        } catch (IOException e) {
            fail(retriable("the data endpoint fails: " + e.getMessage(), e));
            LockSupport.parkNanos(this, idleNs);
        }
    }

    /** The last thing the I/O thread does: lets the peers have what they need, then gives everything up. */
    private void shutDown() {
        ownership.acquire();
        try {
            if (ended && failure.get() == null) {
                drain();
            }
        } finally {
            links.close();
            framesRefused = links.framesRefused();
            closeInbox();
            ownership.release();
        }
    }

    private void drain() {
        long untilNs = clock.nanoTime() + DRAIN_NS;
        long nowNs = clock.nanoTime();
        while (!links.isFinished() && nowNs < untilNs) {
            try {
                if (!stepLinks(nowNs, true)) {
                    await(links.idleNs(nowNs, GATE_NS));
                }
            } catch (BspException e) {
                return;
            }
            nowNs = clock.nanoTime();
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

    /**
     * Has the gate polled soon by whoever owns the links: something was queued for it. Without it the gate is polled every
     * 20 ms, and all the time inside a short barrier. Any thread.
     */
    public void wakeUp() {
        links.wakeUp();
    }

    @Override
    public ExchangeTotals totals() {
        return new ExchangeTotals(messagesSent.get(), bytesSent.get(), inbox.spilledBytes(), framesRefused);
    }

    /**
     * Gives up links and buffers; wakes a program's thread that waits in {@link #sync}, which then throws FENCED. Where all
     * have voted for the end it first waits, at most 2 s, until the peers have all they need. Any thread; one that calls it
     * out of the gate does not wait.
     */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(ioThread);
        links.wakeUp();
        if (Thread.currentThread() != ioThread && !ownership.isHeldByCaller()) {
            joinIo();
        }
    }

    private void joinIo() {
        boolean interrupted = false;
        while (true) {
            try {
                ioThread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "LinkExchange[" + name + " superstep " + superstep + "]";
    }

    /** Something that the owner waits for. */
    private interface Condition {
        boolean holds();
    }

    /** Where this peer's writers bring their frames. */
    private final class Outgoing implements PeerOutput.Sink {
        @Override
        public void submit(int peer, ByteBuffer frame) {
            if (ended) {
                throw new IllegalStateException("[" + name + "] a message after the end of the job");
            }
            boolean inBarrier = ownership.isHeldByCaller();
            if (inBarrier || ownership.acquireIfFree()) {
                try {
                    long nowNs = clock.nanoTime();
                    sendSealed(nowNs);
                    send(peer, frame, superstep, nowNs);
                } catch (BspException e) {
                    fail(e);
                } finally {
                    if (!inBarrier) {
                        release();
                    }
                }
            } else {
                sealed.add(new SealedFrame(peer, frame, superstep));
                ownership.nudge();
            }
        }

        @Override
        public void awaitRoom(PeerOutput output) throws BspException {
            ownership.acquire();
            try {
                waitUntil(output::mayTake, false);
            } finally {
                release();
            }
        }
    }

    /** What the links bring; called by their owner. */
    private final class Incoming implements LinkListener {
        @Override
        public boolean onData(int sender, ByteBuffer frame, boolean keepable) throws BspException {
            return failure.get() == null && inbox.add(sender, Frame.superstep(frame), frame, keepable);
        }

        @Override
        public void onSync(int sender, ByteBuffer frame) throws BspException {
            try {
                barrier.arrive(sender, Frame.superstep(frame), frame);
            } catch (IllegalArgumentException e) {
                throw retriable(e.getMessage() + "; rolling back", e);
            }
        }

        @Override
        public void onLost(int peer, String detail) {
            if (!ended) {
                gate.linkLost(peer, superstep, detail);
                fail(retriable(
                        "the link to peer " + peer + " is lost in superstep " + superstep + ": " + detail, null));
            }
        }
    }

    /** The one result object. */
    private final class Result implements BarrierResult {
        @Override
        public boolean allVotedEnd() {
            return barrier.last().endVotes() == count;
        }

        @Override
        public int endVotes() {
            return barrier.last().endVotes();
        }

        @Override
        public ByteBuffer contribution(int peer) {
            return barrier.last().contribution(peer);
        }

        @Override
        public long messages() {
            return barrier.last().allMessages();
        }
    }
}
