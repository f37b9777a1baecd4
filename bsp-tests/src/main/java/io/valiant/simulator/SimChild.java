package io.valiant.simulator;

import io.valiant.concurrent.Output;
import io.valiant.id.AttemptId;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.simulator.engine.SimProcess;
import io.valiant.simulator.engine.Stream;
import io.valiant.task.ChildCore;
import io.valiant.task.ChildEffect;
import io.valiant.task.ChildEvent;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A child JVM: the child's core, its connection to the groom, its links, its program. */
final class SimChild extends SimProcess implements Output<Void, ChildEffect> {
    private static final int MOST_PARKED = 16;
    private static final long STUCK_NS = 800_000_000;

    private final World world;
    private final SimGroom groom;
    private final TaskAssignment assignment;
    private final String token;
    private final ChildCore core;
    private final List<ChildEffect> effects = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private final long pid;
    private final int port;
    private TaskAssignment current;
    private SimExchange exchange;

    /** It has been told of a generation. */
    private boolean begun;

    private Stream<Object> report;
    private boolean toldToHold;

    /** A JVM that is being started. */
    SimChild(World world, SimGroom groom, TaskAssignment assignment, String token) {
        this(world, groom, assignment, token, null);
    }

    /** @param spare whose JVM it is; null for one of its own */
    SimChild(World world, SimGroom groom, TaskAssignment assignment, String token, SimSpare spare) {
        super(
                world.agenda(),
                groom.host(),
                "child " + assignment.attempt(),
                spare == null ? world.luck().clock() : spare.clock());
        this.world = world;
        this.groom = groom;
        this.assignment = assignment;
        this.token = token;
        this.core = new ChildCore(world.plan().childConfig(assignment.attempt(), token));
        this.current = assignment;
        this.exchange = new SimExchange(world, this, assignment);
        this.pid = spare == null ? groom.host().startPid(this) : spare.pid();
        this.port = groom.host().bind(this);
    }

    /** A HELLO that came before this child knew the peers of its generation. */
    private record Parked(ByteBuffer hello, Stream<ByteBuffer> stream) {}

    /** The JVM is up, its data port is bound. */
    void start() {
        post(new ChildEvent.Started(pid, host().toString(), port));
    }

    void post(ChildEvent event) {
        world.happened(this, event);
        long nowNs = clockNs();
        world.guard(this, () -> {
            if (core.nextDeadlineNs() <= nowNs) {
                core.tick(nowNs, this);
            }
            core.handle(event, nowNs, this);
        });
        act();
    }

    @Override
    protected void wake() {
        long nowNs = clockNs();
        if (core.nextDeadlineNs() <= nowNs) {
            world.guard(this, () -> core.tick(nowNs, this));
        }
        act();
        if (isAlive()) {
            exchange.tick();
            rearm();
        }
    }

    private void act() {
        List<ChildEffect> now = List.copyOf(effects);
        effects.clear();
        for (ChildEffect effect : now) {
            if (isAlive()) {
                world.wanted(this, effect);
                carryOut(effect);
            }
        }
        if (isAlive()) {
            exchange.gateMoved();
            rearm();
        }
    }

    /** Wakes when the core or a link has something to do. */
    void rearm() {
        wakeAt(Math.min(core.nextDeadlineNs(), exchange.nextDeadlineNs()));
    }

    @Override
    public void record(Void record) {
        throw new IllegalStateException("a child stores nothing");
    }

    @Override
    public void effect(ChildEffect effect) {
        effects.add(effect);
    }

    private void carryOut(ChildEffect effect) {
        if (effect instanceof ChildEffect.ConnectGroom) {
            world.network().connectReport(this, this::reportConnected);
        } else if (effect instanceof ChildEffect.ToGroom e) {
            if (report != null) {
                report.sayToServer(e.message());
            }
        } else if (effect instanceof ChildEffect.Prepare e) {
            prepare(e.assignment());
        } else if (effect instanceof ChildEffect.OpenLinks e) {
            openLinks(e.table());
        } else if (effect instanceof ChildEffect.StartProgram) {
            exchange.startProgram();
        } else if (effect instanceof ChildEffect.WantCheckpoint) {
            exchange.checkpoints().want();
        } else if (effect instanceof ChildEffect.Abandon e) {
            abandon(e.generation());
        } else if (effect instanceof ChildEffect.CloseParts) {
            world.oracle().barriers().goesOn(this, "closes its parts");
            new SimOutput(world, this, exchange).close();
        } else if (effect instanceof ChildEffect.Exit e) {
            exit(e.code(), false);
        }
    }

    // ---- generations

    /** An assignment is known, the first or, after a roll-back, that of the next generation. */
    private void prepare(TaskAssignment told) {
        if (told.generation() != current.generation() && !begun) {
            // rolled back before it was told of any
            current = told;
            exchange = new SimExchange(world, this, told);
        } else if (told.generation() != current.generation()) {
            if (!exchange.isAbandoned()) {
                throw new Violation("I4", this + " begins g" + told.generation() + " before it has ended the last");
            }
            world.oracle().count("kept_jvms");
            current = told;
            exchange = new SimExchange(world, this, told);
        }
        begun = true;
        exchange.checkpoints().load(exchange::restored);
    }

    /** Links are closed at once; the program ends soon, or late, or never. */
    private void abandon(long generation) {
        boolean stuck = exchange.isEndless();
        exchange.abandon();
        if (stuck) {
            return;
        }
        stuck = world.luck().chance(0.15)
                && !world.luck().isCalm()
                && world.faults().happens("STUCK", this);
        long afterNs = stuck ? world.luck().stepNs(STUCK_NS) : world.luck().workNs();
        if (!stuck || world.luck().chance(0.7)) {
            later(afterNs, "abandoned", () -> post(new ChildEvent.Abandoned(generation)));
        }
    }

    private void openLinks(PeerTable table) {
        if (table.generation() != current.generation()) {
            throw new Violation("core", this + " opens links of " + table + " in g" + current.generation());
        }
        exchange.open(table);
        List<Parked> waiting = List.copyOf(parked);
        parked.clear();
        waiting.forEach(early -> accept(early.hello, early.stream));
        exchange.opened();
    }

    /** Someone has dialled: its first frame must be a HELLO. One of a newer generation waits until that begins here. */
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
        if (exchange.table() != null && Frame.generation(hello) <= generation()) {
            exchange.accept(hello, stream);
        } else if (parked.size() < MOST_PARKED) {
            parked.add(new Parked(hello, stream));
        } else {
            stream.close(this, "too many");
        }
    }

    private void reportConnected(Stream<Object> stream) {
        if (stream == null) {
            post(new ChildEvent.GroomDisconnected("refused"));
            return;
        }
        report = stream;
        stream.client(new Stream.Ear<>() {
            @Override
            public void heard(Object message) {
                if (report == stream) {
                    noteHold((GroomMessage) message);
                    post(new ChildEvent.FromGroom((GroomMessage) message));
                }
            }

            @Override
            public void closed(String why) {
                if (report == stream) {
                    report = null;
                    post(new ChildEvent.GroomDisconnected(why));
                }
            }
        });
        post(new ChildEvent.GroomConnected());
    }

    /** Notes, apart from the core, whether its groom has told it to hold. */
    private void noteHold(GroomMessage message) {
        if (message instanceof GroomMessage.Attached attached) {
            toldToHold = attached.holding();
        } else if (message instanceof GroomMessage.Hold) {
            toldToHold = true;
        } else if (message instanceof GroomMessage.Resume) {
            toldToHold = false;
        }
    }

    boolean isToldToHold() {
        return toldToHold;
    }

    /** Its task's own work failed for lack of storage. */
    void fail(String why) {
        world.oracle().culprits().strikes(this);
        post(new ChildEvent.ProgramFailed(Luck.storageCause(why)));
    }

    // ---- what its links tell

    void linkMoved(SimLink link) {
        exchange.linkMoved(link);
    }

    void linkLost(SimLink link, String detail) {
        exchange.linkLost(link, detail);
    }

    void delivered(SimLink link, FrameKind kind, long superstep, ByteBuffer payload) {
        exchange.delivered(link, kind, superstep, payload);
    }

    // ---- its end

    /** SIGTERM or SIGKILL. */
    void signal(boolean hard) {
        if (hard) {
            world.agenda().after(world.luck().reapNs(), "sigkill", () -> killedBy("SIGKILL"));
        } else if (world.luck().chance(0.8)) {
            later(world.luck().reapNs(), "sigterm", () -> killedBy("SIGTERM"));
        }
    }

    void killedBy(String signal) {
        end(new Exit(null, signal), false);
    }

    void exit(int code, boolean outOfMemory) {
        end(new Exit(code, null), outOfMemory);
    }

    private void end(Exit exit, boolean outOfMemory) {
        if (isAlive()) {
            world.tell(this, "ends: " + exit);
            die();
            groom.childDied(this, exit, outOfMemory);
        }
    }

    @Override
    protected void died() {
        host().endPid(pid);
        host().unbind(port, this);
        if (report != null) {
            report.close(this, "the child is gone");
        }
        exchange.died();
        parked.forEach(early -> early.stream.close(this, "gone"));
        world.childDied(this);
    }

    // ---- facts

    ChildCore core() {
        return core;
    }

    long pid() {
        return pid;
    }

    AttemptId attempt() {
        return assignment.attempt();
    }

    long generation() {
        return current.generation();
    }

    JobSpec spec() {
        return assignment.spec();
    }

    /** What its present generation begins with. */
    long firstSuperstep() {
        return current.firstSuperstep();
    }

    int taskCount() {
        return assignment.spec().tasks();
    }

    SimGroom groom() {
        return groom;
    }

    String token() {
        return token;
    }

    SimExchange exchange() {
        return exchange;
    }

    List<Stream<ByteBuffer>> linkStreams() {
        return exchange.streams();
    }
}
