package io.valiant.bsp;

import io.valiant.barrier.AllReduce;
import io.valiant.barrier.Arrival;
import io.valiant.exchange.BarrierGate;
import io.valiant.exchange.BarrierResult;
import io.valiant.exchange.Exchange;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.exchange.ExchangeTotals;
import io.valiant.exchange.SuperstepLog;
import io.valiant.message.FrameOutput;
import io.valiant.message.FrameWriter;
import io.valiant.message.Inbox;
import io.valiant.message.InboxReader;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import io.valiant.message.SpillFile;
import io.valiant.protocol.SuperstepShare;
import io.valiant.wire.Frame;
import io.valiant.wire.RefusedFrames;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The exchange of a cluster's child, with its frames, inbox and all-reduce, but with a {@link TestNetwork} instead of links: peers
 * compute in turns, frames arrive in an order drawn from the seed. Everything but {@link #close}, {@link #totals} and what is
 * taken of the log is the program's thread's, and only in its turn.
 */
final class TurnExchange implements Exchange {
    /** A peer pauses at one of so many calls, and looks for mail at one of so many. */
    private static final int ONE_IN = 6;

    /** A kill comes at most so many calls after the begin of its superstep. */
    private static final int LATEST_KILL = 8;

    private final TestNetwork network;
    private final int index;
    private final int count;
    private final BarrierGate gate;
    private final ExchangeConfig config;
    private final AllReduce barrier;
    private final Inbox inbox;
    private final FrameWriter[] writers;
    private final Outgoing[] outputs;
    private final int[] order;
    private final Result result = new Result();
    private final SuperstepLog log;

    private long superstep;
    private long startedNs;
    private long stepMessages;
    private long stepBytes;
    private long spilledBefore;
    private final AtomicLong messagesSent = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();

    /** Calls until a kill that is planned for this superstep. */
    private int callsLeft = LATEST_KILL;

    TurnExchange(TestNetwork network, int index, int count, BarrierGate gate, ExchangeConfig config, long superstep) {
        this.network = network;
        this.index = index;
        this.count = count;
        this.gate = gate;
        this.config = config;
        this.superstep = superstep;
        this.barrier = new AllReduce(index, count, superstep);
        this.inbox = new Inbox(count, network.pool(), config.inboxBytes(), config.spillFolder());
        this.writers = new FrameWriter[count];
        this.outputs = new Outgoing[count];
        this.order = new int[count];
        this.log = new SuperstepLog(config.clock());
        this.startedNs = config.clock().nanoTime();
        for (int peer = 0; peer < count; peer++) {
            outputs[peer] = new Outgoing(peer);
            writers[peer] = new FrameWriter(outputs[peer], config.maxMessageBytes());
            order[peer] = peer;
        }
    }

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
    public void checkAlive() {
        if (network.isDead(index)) {
            throw new PeerKilled(index, superstep);
        }
    }

    @Override
    public MessageWriter writer(int peer) {
        mayPause();
        return writers[peer];
    }

    @Override
    public MessageReader reader(int sender) {
        mayPause();
        return inbox.reader(sender);
    }

    @Override
    public long received(int sender) {
        return barrier.last().messages(sender);
    }

    @Override
    public int senderAt(int position) {
        return order[position];
    }

    /** Another peer may go first, mail may arrive, and this peer may be killed. */
    private void mayPause() {
        checkAlive();
        if (--callsLeft <= 0) {
            network.killIfPlanned(index, superstep);
        }
        if (network.turns().draw(ONE_IN) == 0) {
            try {
                network.turns().pause(index);
                if (network.turns().draw(2) == 0) {
                    deliver();
                }
            } catch (BspException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    /** All that is on its way to this peer arrives. */
    private void deliver() throws BspException {
        for (TestMail next = network.arriving(index); next != null; next = network.arriving(index)) {
            boolean kept = false;
            if (next.isArrival()) {
                barrier.arrive(next.sender(), next.superstep(), next.frame());
            } else {
                kept = inbox.add(next.sender(), next.superstep(), next.frame(), true);
            }
            if (!kept) {
                network.pool().give(next.frame());
            }
        }
    }

    @Override
    public BarrierResult sync(boolean votesEnd, ByteBuffer contribution) throws BspException {
        return sync(votesEnd, false, contribution);
    }

    @Override
    public BarrierResult sync(boolean votesEnd, boolean mayCheckpoint, ByteBuffer contribution) throws BspException {
        if (contribution.remaining() > Arrival.MAX_CONTRIBUTION_BYTES) {
            throw BspException.user(
                    "a contribution to a barrier of %d bytes: at most %d",
                    contribution.remaining(), Arrival.MAX_CONTRIBUTION_BYTES);
        }
        checkAlive();
        network.killIfPlanned(index, superstep);
        long arrivedNs = config.clock().nanoTime();
        network.turns().pause(index);
        boolean wants =
                index == 0 && gate.wantsCheckpoint(superstep, config.clock().nanoTime());
        int flags = (votesEnd ? Arrival.VOTES_END : 0)
                | (mayCheckpoint ? Arrival.MAY_CHECKPOINT : 0)
                | (wants ? Arrival.WANTS_CHECKPOINT : 0);
        arrive(flags, contribution);
        deliver();
        while (!barrier.isComplete()) {
            network.turns().await(index);
            deliver();
        }
        if (!gate.poll(config.clock().nanoTime())) {
            throw new BspException(BspException.Kind.FENCED, "peer " + index + " is being ended");
        }
        open();
        note(superstep - 1, arrivedNs);
        if (wants && barrier.last().endVotes() < count) {
            gate.checkpointDecided(superstep - 1, barrier.last().takesCheckpoint());
        }
        return result;
    }

    private void note(long ended, long arrivedNs) {
        long openedNs = config.clock().nanoTime();
        long spilled = inbox.spilledBytes();
        log.add(ended, startedNs, arrivedNs, openedNs, stepMessages, stepBytes, spilled - spilledBefore);
        startedNs = openedNs;
        spilledBefore = spilled;
    }

    private void arrive(int flags, ByteBuffer contribution) {
        long allMessages = 0;
        stepBytes = 0;
        long[] messages = new long[count];
        for (int peer = 0; peer < count; peer++) {
            writers[peer].flush();
            messages[peer] = writers[peer].takeMessages();
            allMessages += messages[peer];
        }
        for (int peer = 0; peer < count; peer++) {
            ByteBuffer frame = network.pool().take(Frame.HEADER_BYTES + Arrival.FIXED_BYTES + contribution.remaining());
            Outgoing output = outputs[peer];
            Frame.begin(frame);
            Arrival.write(frame, output.frames, output.bytes, messages[peer], allMessages, flags, contribution);
            network.send(index, peer, new TestMail(index, superstep, true, frame.flip()));
            stepBytes += output.bytes;
            output.frames = 0;
            output.bytes = 0;
        }
        contribution.position(contribution.limit());
        stepMessages = allMessages;
        messagesSent.lazySet(messagesSent.get() + allMessages);
        bytesSent.lazySet(bytesSent.get() + stepBytes);
        gate.arrived(superstep);
    }

    private void open() throws BspException {
        long ended = superstep;
        long bytes = 0;
        for (int peer = 0; peer < count; peer++) {
            bytes += inbox.bytes(peer, ended);
            String mismatch = barrier.mismatch(peer, inbox.frames(peer, ended), inbox.bytes(peer, ended));
            if (mismatch != null) {
                throw new IllegalStateException(mismatch);
            }
        }
        inbox.turn(ended);
        barrier.open();
        superstep = ended + 1;
        callsLeft =
                network.isKillPlanned(index, superstep) ? 1 + network.turns().draw(LATEST_KILL) : LATEST_KILL;
        if (network.isAnyOrder()) {
            mixSenders();
        }
        if (ended >= 0) {
            // before that the engine deals out records: they are no messages of the program
            record(ended, bytes);
        }
        gate.opened(ended);
    }

    /** Fisher and Yates. */
    private void mixSenders() {
        for (int i = count - 1; i > 0; i--) {
            int other = network.turns().draw(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
    }

    private void record(long ended, long bytes) throws BspException {
        TestRecorder recorder = network.recorder();
        recorder.opened(network.generation(), ended, barrier.last().allMessages(), bytes);
        try {
            for (int sender = 0; recorder.readsMessages() && sender < count; sender++) {
                InboxReader reader = inbox.reader(sender);
                recorder.received(ended, sender, index, received(sender), reader);
                reader.restart();
            }
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "messages to peer " + index + " do not read as they were written: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void saveInbox(DataOutput out) throws IOException {
        for (int sender = 0; sender < count; sender++) {
            InboxReader reader = inbox.reader(sender);
            reader.restart();
            out.writeLong(received(sender));
            out.writeLong(reader.remaining());
            reader.copyTo(out);
            reader.restart();
        }
    }

    @Override
    public void restoreInbox(DataInput in) throws IOException {
        byte[] piece = new byte[network.pool().frameBytes()];
        for (int sender = 0; sender < count; sender++) {
            barrier.restore(sender, in.readLong());
            long left = in.readLong();
            while (left > 0) {
                int length = (int) Math.min(left, piece.length);
                in.readFully(piece, 0, length);
                put(sender, ByteBuffer.wrap(piece, 0, length));
                left -= length;
            }
            inbox.startReading(sender, superstep - 1);
        }
    }

    private void put(int sender, ByteBuffer piece) throws IOException {
        try {
            inbox.restore(sender, superstep - 1, piece);
        } catch (BspException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void active(long vertices) {
        log.active(vertices);
    }

    @Override
    public void messages(long counted) {
        log.messages(counted);
    }

    @Override
    public void combined(long messages) {
        log.combined(messages);
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
    public long memoryShare() {
        return config.inboxBytes() / 2;
    }

    @Override
    public SpillFile spillFile() {
        return new SpillFile(config.spillFolder());
    }

    /** Of no use to anybody while the job runs; what tests are told comes from the {@link TestRecorder}. */
    @Override
    public ExchangeTotals totals() {
        return new ExchangeTotals(messagesSent.get(), bytesSent.get(), inbox.spilledBytes(), RefusedFrames.NONE);
    }

    /** The program is thrown out of its wait, and those of all other peers of this generation. */
    @Override
    public void close() {
        network.turns().close();
        try {
            inbox.close();
        } catch (BspException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Frames to one peer. */
    private final class Outgoing implements FrameOutput {
        /** A message may lie in so many frames before its first ones leave. */
        private static final int MOST_HELD = 16;

        private final int to;
        private long frames;
        private long bytes;

        Outgoing(int to) {
            this.to = to;
        }

        @Override
        public ByteBuffer empty() {
            return Frame.begin(network.pool().take());
        }

        @Override
        public void full(ByteBuffer frame) {
            frames++;
            bytes += frame.position() - Frame.HEADER_BYTES;
            network.send(index, to, new TestMail(index, superstep, false, frame.flip()));
        }

        @Override
        public void unused(ByteBuffer frame) {
            network.pool().give(frame);
        }

        @Override
        public int mayHold() {
            return MOST_HELD;
        }
    }

    /** What the last barrier brought. */
    private final class Result implements BarrierResult {
        @Override
        public boolean allVotedEnd() {
            return endVotes() == count;
        }

        @Override
        public int endVotes() {
            return barrier.last().endVotes();
        }

        @Override
        public boolean takesCheckpoint() {
            return barrier.last().takesCheckpoint();
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
