package io.valiant.simulator;

import io.valiant.barrier.AllReduce;
import io.valiant.barrier.Arrival;
import io.valiant.examples.LedgerFold;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.Stream;
import io.valiant.task.ChildEvent;
import io.valiant.transport.LinkIdentity;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A child's side of the data plane and its program's loop in one generation: compute, send, arrive, wait until all have
 * arrived and the groom does not hold, save the state where a checkpoint is taken, go on.
 */
final class SimExchange {
    /** Of {@link #linger}. */
    static final long FOR_EVER = -1;

    private static final AttemptProgress COMPUTING = new AttemptProgress(0, false, "computing", 0, 0, 0, 0, 0, 0);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final World world;
    private final SimChild child;
    private final TaskAssignment assignment;
    private final SimCheckpoints checkpoints;
    private PeerTable table;
    private SimLink[] links = new SimLink[0];
    private ByteBuffer[] received;
    private ByteBuffer[][] inbox;
    private AllReduce barrier;
    private SimProgram program;
    private boolean linksTold;
    private boolean startAsked;
    private boolean busy;
    private boolean ended;
    private boolean abandoned;
    private boolean losesNext;
    private boolean lost;
    private long lingersNs;
    private long superstep;

    SimExchange(World world, SimChild child, TaskAssignment assignment) {
        this.world = world;
        this.child = child;
        this.assignment = assignment;
        this.superstep = assignment.firstSuperstep();
        this.checkpoints = new SimCheckpoints(world, child, assignment);
    }

    SimProgram program() {
        return program;
    }

    SimCheckpoints checkpoints() {
        return checkpoints;
    }

    // ---- links

    void open(PeerTable published) {
        table = published;
        int tasks = child.taskCount();
        int self = child.attempt().task();
        links = new SimLink[tasks];
        received = new ByteBuffer[tasks];
        inbox = new ByteBuffer[2][tasks];
        barrier = new AllReduce(self, tasks, superstep);
        LinkIdentity identity = new LinkIdentity(
                table.job(), table.generation(), self, child.attempt().number(), table.secret());
        for (int peer = 0; peer < tasks; peer++) {
            if (peer != self) {
                PeerTable.PeerAddress address = table.peers().get(peer);
                LinkIdentity other = identity.peer(peer, address.attempt().number());
                links[peer] = new SimLink(world, child, identity, other, address);
                links[peer].session().superstep(superstep);
            }
        }
    }

    /** After the HELLOs that came early were handed in. */
    void opened() {
        tick();
        tellIfUp();
    }

    void tick() {
        for (SimLink link : links) {
            if (link != null && child.isAlive() && !abandoned && !link.session().isOver()) {
                link.tick();
            }
        }
    }

    long nextDeadlineNs() {
        long deadlineNs = Long.MAX_VALUE;
        for (SimLink link : links) {
            if (link != null) {
                deadlineNs = Math.min(deadlineNs, link.session().nextDeadlineNs());
            }
        }
        return deadlineNs;
    }

    /** A HELLO has come on that connection. */
    void accept(ByteBuffer hello, Stream<ByteBuffer> stream) {
        int sender = Frame.sender(hello);
        SimLink link = sender >= 0 && sender < links.length && !abandoned ? links[sender] : null;
        if (link == null) {
            stream.close(child, "nobody of that index");
        } else {
            world.tell(child, "hears HELLO of " + stream.clientProcess());
            link.accept(hello, stream);
        }
    }

    /** Something happened on a link: it may be up, it may have something to write. */
    void linkMoved(SimLink link) {
        if (!child.isAlive() || abandoned) {
            return;
        }
        if (!link.session().isOver()) {
            link.tick();
        }
        tellIfUp();
        if (child.isAlive()) {
            child.rearm();
        }
    }

    private void tellIfUp() {
        if (linksTold || table == null) {
            return;
        }
        for (SimLink link : links) {
            if (link != null && !link.isUp()) {
                return;
            }
        }
        linksTold = true;
        child.post(new ChildEvent.LinksUp(assignment.generation()));
    }

    void linkLost(SimLink link, String detail) {
        if (!abandoned) {
            child.post(new ChildEvent.LinkLost(assignment.generation(), link.peer(), superstep, detail));
        }
    }

    // ---- the program

    /** Starts it, as soon as what it begins from is there. */
    void startProgram() {
        startAsked = true;
        restored();
    }

    /** What it begins from may be there now. */
    void restored() {
        if (!startAsked || program != null || abandoned || !checkpoints.isLoaded()) {
            return;
        }
        SimPart part = checkpoints.loaded();
        if (part == null) {
            program = new SimProgram(assignment.spec(), child.attempt().task());
        } else {
            program = new SimProgram(assignment.spec(), child.attempt().task(), part.hash(), part.steps());
            received = part.inbox();
        }
        child.post(new ChildEvent.Progress(COMPUTING));
        if (child.isAlive()) {
            world.oracle().culprits().computes(child, superstep);
            compute();
        }
    }

    private void compute() {
        busy = true;
        child.later(world.luck().stepNs(Reference.stepNs(assignment.spec())), "compute", this::arrive);
    }

    private void arrive() {
        if (abandoned || child.core().mustStop()) {
            return;
        }
        if (lingersNs > 0) {
            long moreNs = lingersNs;
            lingersNs = 0;
            child.later(moreNs, "linger", this::arrive);
            return;
        }
        if (lingersNs == FOR_EVER) {
            return;
        }
        busy = false;
        world.oracle().culprits().computed(child);
        program.compute(superstep, received);
        world.oracle().barriers().arrived(child, superstep);
        boolean end = program.endsWith(superstep);
        int all = end ? 0 : LedgerFold.TARGETS;
        int flags = (end ? Arrival.VOTES_END : 0) | checkpoints.flags(superstep + 1);
        for (int peer = 0; peer < links.length; peer++) {
            int messages = program.messagesTo(peer, superstep);
            ByteBuffer bytes = program.messages(messages);
            ByteBuffer sync = Frame.allocate(Arrival.FIXED_BYTES);
            Arrival.write(sync, messages > 0 ? 1 : 0, bytes.remaining(), messages, all, flags, NOTHING);
            if (links[peer] == null) {
                inbox(superstep)[peer] = bytes;
                sync.flip();
                barrier.arrive(peer, superstep, sync);
            } else {
                if (messages > 0) {
                    ByteBuffer data = Frame.allocate(bytes.remaining());
                    links[peer].send(data.put(bytes), FrameKind.DATA, superstep);
                }
                links[peer].send(sync, FrameKind.SYNC, superstep);
            }
        }
        child.post(new ChildEvent.Arrived(superstep));
    }

    private ByteBuffer[] inbox(long ofSuperstep) {
        return inbox[(int) ofSuperstep & 1];
    }

    /** A frame was taken by its link. */
    void delivered(SimLink link, FrameKind kind, long ofSuperstep, ByteBuffer frame) {
        if (abandoned) {
            return;
        }
        world.oracle().frameTaken(child, link.otherEnd(), Frame.generation(frame));
        if (kind == FrameKind.DATA && losesNext) {
            losesNext = false;
            lost = true;
        } else if (kind == FrameKind.DATA) {
            frame.position(Frame.HEADER_BYTES);
            inbox(ofSuperstep)[link.peer()] = frame;
        } else {
            world.guard(child, () -> barrier.arrive(link.peer(), ofSuperstep, frame));
        }
        gateMoved();
    }

    /** The groom may have stopped holding, or somebody has arrived. */
    void gateMoved() {
        boolean waiting = program != null && !busy && !ended && !abandoned && child.isAlive();
        if (!waiting || !child.core().mayPass() || !barrier.isComplete()) {
            return;
        }
        world.oracle().barriers().passed(child, superstep);
        received = inbox(superstep).clone();
        Arrays.fill(inbox(superstep), null);
        String mismatch = mismatch();
        if (mismatch != null && lost) {
            ended = true;
            child.fail(mismatch);
            return;
        }
        if (mismatch != null) {
            throw new Violation("I5", child + ": " + mismatch);
        }
        barrier.open();
        pass();
    }

    private String mismatch() {
        String mismatch = null;
        for (int peer = 0; peer < links.length && mismatch == null; peer++) {
            int length = received[peer] == null ? 0 : received[peer].remaining();
            mismatch = barrier.mismatch(peer, length > 0 ? 1 : 0, length);
        }
        return mismatch;
    }

    private void pass() {
        boolean allEnd = barrier.last().endVotes() == links.length;
        boolean saves = barrier.last().takesCheckpoint();
        long opened = superstep++;
        world.oracle().culprits().computes(child, superstep);
        for (SimLink link : links) {
            if (link != null) {
                link.session().superstep(superstep);
            }
        }
        if (allEnd) {
            end();
        } else if (saves) {
            busy = true;
            checkpoints.save(program, superstep, received, () -> {
                if (!abandoned) {
                    compute();
                }
            });
        } else {
            compute();
        }
        child.post(new ChildEvent.Opened(opened));
        if (allEnd) {
            // What a program does after its last barrier takes a while, in which its groom may begin to hold.
            child.later(world.luck().workNs(), "program-ended", () -> {
                if (!abandoned) {
                    child.post(new ChildEvent.ProgramEnded(opened));
                }
            });
        } else if (!saves) {
            checkpoints.notTaken(superstep);
        }
    }

    private void end() {
        ended = true;
        for (SimLink link : links) {
            if (link != null) {
                link.session().finish();
                link.pump();
            }
        }
    }

    // ---- its end

    /** The generation is over: links are closed, the program ends when it next looks. */
    void abandon() {
        abandoned = true;
        checkpoints.abandon();
        for (SimLink link : links) {
            if (link != null) {
                link.session().abandon();
                link.died();
            }
        }
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** It computes so much longer in this superstep, or the next. */
    void linger(long moreNs) {
        lingersNs = moreNs;
    }

    /** Whether its program will never end by itself. */
    boolean isEndless() {
        return program != null && busy && lingersNs == FOR_EVER;
    }

    /** The next frame that is taken vanishes on its way to the program. */
    void loseNext() {
        losesNext = true;
    }

    /** Where its peers are, or null. */
    PeerTable table() {
        return table;
    }

    /** Other hosts to which it has links that are up. */
    List<SimHost> linkedHosts() {
        List<SimHost> hosts = new ArrayList<>();
        for (SimLink link : links) {
            if (link != null && link.isUp() && link.peerHost() != child.host()) {
                hosts.add(link.peerHost());
            }
        }
        return hosts;
    }

    /** Links to that host that are up are lost. */
    void loseLinksTo(SimHost host) {
        for (SimLink link : links) {
            if (link != null && link.isUp() && link.peerHost() == host) {
                link.lose();
            }
        }
    }

    /** How many frames that peer has acknowledged. */
    long acknowledgedBy(int peer) {
        return links[peer].acknowledged();
    }

    List<Stream<ByteBuffer>> streams() {
        List<Stream<ByteBuffer>> streams = new ArrayList<>();
        for (SimLink link : links) {
            if (link != null && link.connection() != null) {
                streams.add(link.connection());
            }
        }
        return streams;
    }

    void died() {
        for (SimLink link : links) {
            if (link != null) {
                link.died();
            }
        }
    }
}
