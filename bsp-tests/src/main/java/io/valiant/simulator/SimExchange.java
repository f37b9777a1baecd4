package io.valiant.simulator;

import io.valiant.barrier.AllReduce;
import io.valiant.barrier.Arrival;
import io.valiant.examples.LedgerFold;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PeerTable;
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
 * A child's side of the data plane and its program's loop: compute, send, arrive, wait until all have arrived and the groom
 * does not hold, go on.
 */
final class SimExchange {
    private static final int MOST_PARKED = 16;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final World world;
    private final SimChild child;
    private final List<Parked> parked = new ArrayList<>();
    private PeerTable table;
    private SimLink[] links = new SimLink[0];
    private ByteBuffer[] received;
    private ByteBuffer[][] inbox;
    private AllReduce barrier;
    private SimProgram program;
    private boolean linksTold;
    private boolean computing;
    private boolean ended;
    private long superstep;

    SimExchange(World world, SimChild child) {
        this.world = world;
        this.child = child;
    }

    /** A HELLO that came before this child knew its peers. */
    private record Parked(ByteBuffer hello, Stream<ByteBuffer> stream) {}

    SimProgram program() {
        return program;
    }

    // ---- links

    void open(PeerTable published) {
        table = published;
        int tasks = child.taskCount();
        int self = child.attempt().task();
        links = new SimLink[tasks];
        received = new ByteBuffer[tasks];
        inbox = new ByteBuffer[2][tasks];
        barrier = new AllReduce(self, tasks);
        LinkIdentity identity = new LinkIdentity(
                table.job(), table.generation(), self, child.attempt().number(), table.secret());
        for (int peer = 0; peer < tasks; peer++) {
            if (peer != self) {
                PeerTable.PeerAddress address = table.peers().get(peer);
                LinkIdentity other = identity.peer(peer, address.attempt().number());
                links[peer] = new SimLink(world, child, identity, other, address);
            }
        }
        List<Parked> waiting = List.copyOf(parked);
        parked.clear();
        waiting.forEach(early -> accept(early.hello, early.stream));
        tick();
        tellIfUp();
    }

    void tick() {
        for (SimLink link : links) {
            if (link != null && child.isAlive() && !link.session().isOver()) {
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

    /** Someone has dialled: its first frame must be a HELLO. */
    void incoming(Stream<ByteBuffer> stream) {
        stream.server(new Stream.Ear<>() {
            @Override
            public void heard(ByteBuffer hello) {
                accept(hello, stream);
            }

            @Override
            public void closed(String why) {
                parked.removeIf(early -> early.stream == stream);
            }
        });
    }

    private void accept(ByteBuffer hello, Stream<ByteBuffer> stream) {
        if (table == null) {
            if (parked.size() < MOST_PARKED) {
                parked.add(new Parked(hello, stream));
            } else {
                stream.close(child, "too many");
            }
            return;
        }
        int sender = Frame.sender(hello);
        SimLink link = sender >= 0 && sender < links.length ? links[sender] : null;
        if (link == null) {
            stream.close(child, "nobody of that index");
        } else {
            world.oracle().helloSeen(child, (SimChild) stream.clientProcess());
            link.accept(hello, stream);
        }
    }

    /** Something happened on a link: it may be up, it may have something to write. */
    void linkMoved(SimLink link) {
        if (!child.isAlive()) {
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
        child.post(new ChildEvent.LinksUp(child.generation()));
    }

    void linkLost(SimLink link, String detail) {
        child.post(new ChildEvent.LinkLost(child.generation(), link.peer(), superstep, detail));
    }

    // ---- the program

    void startProgram(JobSpec spec) {
        program = new SimProgram(spec, child.attempt().task());
        compute();
    }

    private void compute() {
        computing = true;
        child.later(world.stepNs(Reference.stepNs(child.spec())), "compute", this::arrive);
    }

    private void arrive() {
        if (child.core().mustStop()) {
            return;
        }
        computing = false;
        program.compute(superstep, received);
        world.oracle().arrived(child, superstep);
        boolean end = program.endsWith(superstep);
        int all = end ? 0 : LedgerFold.TARGETS;
        for (int peer = 0; peer < links.length; peer++) {
            int messages = program.messagesTo(peer, superstep);
            ByteBuffer bytes = program.messages(messages);
            ByteBuffer sync = Frame.allocate(Arrival.FIXED_BYTES);
            Arrival.write(sync, messages > 0 ? 1 : 0, bytes.remaining(), messages, all, end, NOTHING);
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
        world.oracle().frameTaken(child, link.otherEnd());
        if (kind == FrameKind.DATA) {
            frame.position(Frame.HEADER_BYTES);
            inbox(ofSuperstep)[link.peer()] = frame;
        } else {
            world.guard(child, () -> barrier.arrive(link.peer(), ofSuperstep, frame));
        }
        gateMoved();
    }

    /** The groom may have stopped holding, or somebody has arrived. */
    void gateMoved() {
        boolean waiting = program != null && !computing && !ended && child.isAlive();
        if (!waiting || !child.core().mayPass() || !barrier.isComplete()) {
            return;
        }
        world.oracle().passed(child, superstep);
        received = inbox(superstep).clone();
        Arrays.fill(inbox(superstep), null);
        for (int peer = 0; peer < links.length; peer++) {
            ByteBuffer bytes = received[peer];
            int length = bytes == null ? 0 : bytes.remaining();
            String mismatch = barrier.mismatch(peer, length > 0 ? 1 : 0, length);
            if (mismatch != null) {
                throw new Violation("I5", child + ": " + mismatch);
            }
        }
        barrier.open();
        boolean allEnd = barrier.last().endVotes() == links.length;
        long opened = superstep++;
        for (SimLink link : links) {
            if (link != null) {
                link.session().superstep(superstep);
            }
        }
        if (allEnd) {
            end();
        } else {
            compute();
        }
        child.post(new ChildEvent.Opened(opened));
        if (allEnd) {
            child.post(new ChildEvent.ProgramEnded(opened));
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
        parked.forEach(early -> early.stream.close(child, "gone"));
        for (SimLink link : links) {
            if (link != null) {
                link.died();
            }
        }
    }
}
