package io.valiant.exchange;

import io.valiant.barrier.AllReduce;
import io.valiant.barrier.Arrival;
import io.valiant.barrier.Counts;
import io.valiant.bsp.BspException;
import io.valiant.message.FrameWriter;
import io.valiant.message.Inbox;
import io.valiant.message.InboxReader;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import io.valiant.message.SpillFile;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.PeerTable.PeerAddress;
import io.valiant.protocol.SuperstepShare;
import io.valiant.time.Clock;
import io.valiant.transport.FramePool;
import io.valiant.transport.LinkAddress;
import io.valiant.transport.LinkDoor;
import io.valiant.transport.LinkGroup;
import io.valiant.transport.LinkIdentity;
import io.valiant.transport.LinkTimes;
import io.valiant.transport.Transport;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An {@link Exchange} over links; made by {@link DataEndpoint#open}.
 *
 * <p>The links are touched by whoever {@link LinkOwnership owns} them: the program's thread inside {@link #sync} and while it
 * waits for room or has sent a frame, the I/O thread ({@link LinkThread}) when it does neither for one or two milliseconds; both do the same
 * {@link LinkWork}, stepping the gate included. A frame that is full while the I/O thread owns the links goes to it through a
 * queue.
 *
 * <p>A failure is kept, and thrown at the program's next call; a write throws it as the cause of an IOException.
 */
public final class LinkExchange implements Exchange {
    private static final int MIN_FRAMES = 4;
    private static final int MIN_FRAME_BYTES = 4 << 10;

    /** At 512 peers three steps lead up to the root. */
    private static final int TREE_FAN_OUT = 8;

    private final String name;
    private final int index;
    private final int count;
    private final BarrierGate gate;
    private final Clock clock;
    private final ExchangeConfig config;
    private final FramePool pool;
    private final AllReduce barrier;
    private final Inbox inbox;
    private final LinkGroup links;
    private final LinkOwnership ownership;
    private final LinkWork work;
    private final LinkThread thread;
    private final AtomicLong messagesSent = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();

    // program's thread
    private final PeerOutput[] outputs;
    private final FrameWriter[] writers;
    private final long[] messagesTo;
    private final ByteBuffer ownArrival;
    private final Result result = new Result();
    private final SuperstepLog log;
    private long startedNs;
    private long stepMessages;
    private long stepBytes;
    private long spilledBefore;

    LinkExchange(
            PeerTable table,
            int index,
            ExchangeConfig config,
            BarrierGate gate,
            Transport transport,
            LinkDoor door,
            long superstep) {
        this.index = index;
        this.count = table.peers().size();
        this.name = table.peers().get(index).attempt() + " g" + table.generation();
        this.gate = gate;
        this.clock = config.clock();
        this.config = config;
        long perLink = config.sendBytes() / count;
        int frameBytes = (int) Math.min(config.frameBytes(), Math.max(perLink / MIN_FRAMES, MIN_FRAME_BYTES));
        int framesPerLink = (int) Math.max(MIN_FRAMES, Math.min(perLink / frameBytes, Integer.MAX_VALUE));
        this.log = new SuperstepLog(clock);
        this.startedNs = clock.nanoTime();
        this.pool = new FramePool(frameBytes);
        this.inbox = new Inbox(count, pool, config.inboxBytes(), config.spillFolder());
        this.barrier = count > config.directPeers()
                ? AllReduce.alongTree(index, count, superstep, TREE_FAN_OUT)
                : new AllReduce(index, count, superstep);
        this.ownArrival = Frame.allocate(Arrival.FIXED_BYTES + Arrival.MAX_CONTRIBUTION_BYTES);
        this.outputs = new PeerOutput[count];
        this.writers = new FrameWriter[count];
        this.messagesTo = new long[count];
        for (int peer = 0; peer < count; peer++) {
            outputs[peer] = new PeerOutput(peer, framesPerLink, pool, new Outgoing());
            writers[peer] = new FrameWriter(outputs[peer], config.maxMessageBytes());
        }
        this.ownership = new LinkOwnership(transport::wakeUp);
        this.work = new LinkWork(name, index, gate, config, pool, outputs, inbox, barrier);
        LinkTimes times = new LinkTimes(config.openNs(), config.resumeNs(), config.silenceNs(), frameBytes / 2);
        this.links = new LinkGroup(
                identity(table, index),
                addresses(table, index),
                times,
                transport,
                door,
                pool,
                work::released,
                work,
                clock.nanoTime());
        this.thread = new LinkThread(work, ownership, clock);
        work.start(links, superstep);
    }

    private static LinkIdentity identity(PeerTable table, int index) {
        int attempt = table.peers().get(index).attempt().number();
        return new LinkIdentity(table.job(), table.generation(), index, attempt, table.secret());
    }

    private static List<LinkAddress> addresses(PeerTable table, int index) {
        Map<String, Integer> onHost = new HashMap<>();
        table.peers().forEach(peer -> onHost.merge(peer.host(), 1, Integer::sum));
        List<LinkAddress> addresses = new ArrayList<>();
        for (int peer = 0; peer < table.peers().size(); peer++) {
            PeerAddress at = table.peers().get(peer);
            LinkAddress address = new LinkAddress(identity(table, peer), at.host(), at.port(), onHost.get(at.host()));
            addresses.add(peer == index ? null : address);
        }
        return addresses;
    }

    void start() {
        thread.start();
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
        return work.superstep();
    }

    @Override
    public MessageWriter writer(int peer) {
        return writers[peer];
    }

    @Override
    public MessageReader reader(int sender) {
        InboxReader reader = inbox.reader(sender);
        reader.consume();
        return reader;
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
            work.waitUntil(links::isUp);
        } finally {
            release();
        }
        startedNs = clock.nanoTime();
    }

    @Override
    public BarrierResult sync(boolean votesEnd, ByteBuffer contribution) throws BspException {
        return sync(votesEnd, false, contribution);
    }

    @Override
    public BarrierResult sync(boolean votesEnd, boolean mayCheckpoint, ByteBuffer contribution) throws BspException {
        if (work.isEnded()) {
            throw new IllegalStateException("[" + name + "] all have voted for the end: there is no barrier any more");
        }
        if (contribution.remaining() > Arrival.MAX_CONTRIBUTION_BYTES) {
            throw BspException.user(
                    "a contribution to a barrier of %d bytes: at most %d",
                    contribution.remaining(), Arrival.MAX_CONTRIBUTION_BYTES);
        }
        work.check();
        ownership.acquire();
        try {
            long nowNs = clock.nanoTime();
            long superstep = work.superstep();
            boolean wants = index == 0 && gate.wantsCheckpoint(superstep, nowNs);
            int flags = (votesEnd ? Arrival.VOTES_END : 0)
                    | (mayCheckpoint ? Arrival.MAY_CHECKPOINT : 0)
                    | (wants ? Arrival.WANTS_CHECKPOINT : 0);
            arrive(superstep, flags, contribution, nowNs);
            work.awaitBarrier();
            work.open();
            note(superstep, nowNs);
            if (wants && !work.isEnded()) {
                gate.checkpointDecided(superstep, barrier.last().takesCheckpoint());
            }
        } finally {
            ownership.countTurn();
            release();
        }
        return result;
    }

    private void note(long superstep, long arrivedNs) {
        long openedNs = clock.nanoTime();
        long spilled = inbox.spilledBytes();
        log.add(superstep, startedNs, arrivedNs, openedNs, stepMessages, stepBytes, spilled - spilledBefore);
        startedNs = openedNs;
        spilledBefore = spilled;
    }

    @Override
    public void active(long vertices) {
        log.active(vertices);
    }

    @Override
    public void messages(long count) {
        log.messages(count);
    }

    @Override
    public void combined(long messages) {
        log.combined(messages);
    }

    @Override
    public void saveInbox(DataOutput out) throws IOException {
        out.writeInt(count);
        for (int sender = 0; sender < count; sender++) {
            InboxReader reader = inbox.reader(sender);
            reader.restart();
            out.writeLong(received(sender));
            out.writeLong(reader.remaining());
            try {
                reader.copyTo(out);
            } finally {
                // also where it could not be written: the program reads it all the same
                reader.restart();
            }
        }
    }

    @Override
    public void restoreInbox(DataInput in) throws IOException {
        int senders = in.readInt();
        if (senders != count) {
            throw new IOException("an inbox of " + senders + " senders in a job of " + count + " peers");
        }
        byte[] piece = new byte[pool.frameBytes()];
        for (int sender = 0; sender < count; sender++) {
            barrier.restore(sender, in.readLong());
            long left = in.readLong();
            while (left > 0) {
                int length = (int) Math.min(left, piece.length);
                in.readFully(piece, 0, length);
                restore(sender, ByteBuffer.wrap(piece, 0, length));
                left -= length;
            }
            inbox.startReading(sender, work.superstep() - 1);
        }
    }

    /** As owner, since memory is shared with what comes in meanwhile; piece by piece, so that the links stay alive. */
    private void restore(int sender, ByteBuffer piece) throws IOException {
        ownership.acquire();
        try {
            work.check();
            inbox.restore(sender, work.superstep() - 1, piece);
        } catch (BspException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            release();
        }
    }

    private void arrive(long superstep, int flags, ByteBuffer contribution, long nowNs) throws BspException {
        work.sendSealed(nowNs);
        long allMessages = 0;
        stepBytes = 0;
        long[] messages = messagesTo;
        for (int peer = 0; peer < count; peer++) {
            writers[peer].flush();
            messages[peer] = writers[peer].takeMessages();
            allMessages += messages[peer];
        }
        for (int peer = 0; peer < count; peer++) {
            if (peer != index && barrier.isTree()) {
                tellCounts(peer, superstep, messages[peer], nowNs);
            } else if (peer != index) {
                ByteBuffer frame = pool.take(Frame.HEADER_BYTES + Arrival.FIXED_BYTES + contribution.remaining());
                writeArrival(Frame.begin(frame), peer, messages[peer], allMessages, flags, contribution);
                links.send(peer, frame, FrameKind.SYNC, superstep);
                links.write(peer, nowNs);
            }
        }
        writeArrival(Frame.begin(ownArrival), index, messages[index], allMessages, flags, contribution);
        barrier.arrive(index, superstep, ownArrival.flip());
        work.passOn();
        contribution.position(contribution.limit());
        stepMessages = allMessages;
        messagesSent.lazySet(messagesSent.get() + allMessages);
        gate.arrived(superstep);
    }

    /** Along a tree nobody else could tell the receiver how much there is to come. */
    private void tellCounts(int peer, long superstep, long messages, long nowNs) {
        PeerOutput output = outputs[peer];
        if (output.frames() > 0 || messages > 0) {
            ByteBuffer frame = Frame.begin(pool.take(Frame.HEADER_BYTES + Counts.BYTES));
            Counts.write(frame, output.frames(), output.bytes(), messages);
            links.send(peer, frame, FrameKind.COUNTS, superstep);
            links.write(peer, nowNs);
            barrier.sentTo(peer);
        }
        turn(output);
    }

    private void writeArrival(
            ByteBuffer frame, int peer, long messages, long allMessages, int flags, ByteBuffer contribution) {
        PeerOutput output = outputs[peer];
        Arrival.write(frame, output.frames(), output.bytes(), messages, allMessages, flags, contribution);
        turn(output);
    }

    private void turn(PeerOutput output) {
        stepBytes += output.bytes();
        bytesSent.lazySet(bytesSent.get() + output.bytes());
        output.turn();
    }

    private void release() {
        ownership.release();
        thread.released();
    }

    // ---- any thread

    @Override
    public long memoryShare() {
        return config.inboxBytes() / 2;
    }

    @Override
    public SpillFile spillFile() {
        return new SpillFile(config.spillFolder());
    }

    @Override
    public List<SuperstepShare> takeSupersteps() {
        return log.take();
    }

    @Override
    public List<SuperstepShare> takeLastSupersteps() {
        return log.takeLast();
    }

    @Override
    public ExchangeTotals totals() {
        return new ExchangeTotals(messagesSent.get(), bytesSent.get(), inbox.spilledBytes(), work.refused());
    }

    /**
     * Gives up links and buffers; wakes a program's thread that waits in {@link #sync}, which then throws FENCED. Where all
     * have voted for the end it first waits, at most 2 s, until the peers have all they need. Any thread; one that calls it
     * out of the gate does not wait.
     */
    @Override
    public void close() {
        work.close();
        thread.awaitEnd();
    }

    /**
     * As {@link #close()}, without waiting for anything, neither peers nor the I/O thread: the peers are gone as well. Close
     * it before the endpoint is opened again. Any thread.
     */
    public void abandon() {
        work.abandon();
    }

    @Override
    public String toString() {
        return "LinkExchange[" + name + " superstep " + work.superstep() + "]";
    }

    /** Where this peer's writers bring their frames. Program's thread. */
    private final class Outgoing implements PeerOutput.Sink {
        @Override
        public void submit(int peer, ByteBuffer frame) {
            if (work.isEnded()) {
                throw new IllegalStateException("[" + name + "] a message after the end of the job");
            }
            boolean inBarrier = ownership.isHeldByCaller();
            if (inBarrier || ownership.acquireIfIdle()) {
                try {
                    long nowNs = clock.nanoTime();
                    work.send(peer, frame, nowNs);
                    if (!inBarrier) {
                        work.receiveSome(peer, nowNs);
                        ownership.countTurn();
                    }
                } catch (BspException e) {
                    work.fail(e);
                } finally {
                    if (!inBarrier) {
                        release();
                    }
                }
            } else {
                work.leave(peer, frame);
                ownership.nudge();
            }
        }

        @Override
        public void check() throws BspException {
            work.checkKept();
        }

        @Override
        public void awaitRoom(PeerOutput output) throws BspException {
            ownership.acquire();
            try {
                work.waitUntil(output::mayTake);
            } finally {
                release();
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
        public boolean takesCheckpoint() {
            return barrier.last().takesCheckpoint();
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
