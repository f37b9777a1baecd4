package io.valiant.simulator;

import io.valiant.concurrent.Output;
import io.valiant.groom.core.GroomAddresses;
import io.valiant.groom.core.GroomCore;
import io.valiant.groom.core.GroomEffect;
import io.valiant.groom.core.GroomEvent;
import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.id.AttemptId;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.NodeReport;
import io.valiant.simulator.engine.SimClock;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import io.valiant.simulator.engine.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A GroomServer: the daemon's core with a simulated master, process table and task-report server around it. */
final class SimGroom extends SimProcess implements Output<Void, GroomEffect> {
    /** Where every groom's worker server listens, also after a restart. */
    static final int RPC_PORT = 50_000;

    /** The task-report server closes a connection on which nobody has attached by then. */
    /** Far more than the jobs of a plan have need of. */
    private static final int MOST_DIRECTIVES = 1_000;

    private static final long ATTACH_TIME_NS = 10_000_000_000L;

    private static final long GIB = 1L << 30;
    private static final String FULL = "the disk is full";

    private final World world;
    private final GroomCore core;
    private final TreeMap<Long, Consumer<DirectiveReply>> pushes = new TreeMap<>();
    private final TreeMap<Long, Stream<Object>> connections = new TreeMap<>();
    private final TreeSet<Long> unattached = new TreeSet<>();
    private final TreeMap<AttemptId, SimChild> children = new TreeMap<>();
    private final SimSpares spares;
    private final LeaseRules lease;
    private final List<GroomEffect> effects = new ArrayList<>();
    private long obeyedEpoch;
    private long lastCall;
    private long lastConnection;

    SimGroom(World world, SimHost host, SimClock clock) {
        super(world.agenda(), host, host.toString(), clock);
        this.world = world;
        this.spares = new SimSpares(world, this);
        this.lease = new LeaseRules(world.plan());
        this.core = world.newGroomCore(this);
        host.bind(RPC_PORT, this);
    }

    GroomCore core() {
        return core;
    }

    void start() {
        String at = host().toString();
        post(new GroomEvent.Started(new GroomAddresses(at, RPC_PORT, at + ":40015", "unix:"), List.of()));
        if (host().isDiskFull()) {
            lookAtDisk();
        }
    }

    /** Its NodeManager looks at the disk, a little later. */
    void lookAtDisk() {
        later(world.luck().workNs(), "node", () -> {
            boolean full = host().isDiskFull();
            post(new GroomEvent.NodeSampled(new NodeReport(
                    2, 0.5, 8 * GIB, 4 * GIB, "/local", 100 * GIB, full ? 0 : 50 * GIB, !full, full ? FULL : null, 0)));
        });
    }

    void post(GroomEvent event) {
        world.happened(this, event);
        lease.hears(event);
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
    }

    private void act() {
        List<GroomEffect> now = List.copyOf(effects);
        effects.clear();
        now.forEach(effect -> lease.calls(effect, clockNs()));
        GroomSnapshot snapshot = core.snapshot();
        world.oracle().groomStepped(this, snapshot);
        lease.judge(this, snapshot, clockNs());
        for (GroomEffect effect : now) {
            if (isAlive()) {
                world.wanted(this, effect);
                carryOut(effect);
            }
        }
        if (isAlive() && snapshot.node().unhealthy() != null) {
            spares.judgeBadDisk();
        }
        wakeAt(core.nextDeadlineNs());
    }

    @Override
    public void record(Void record) {
        throw new IllegalStateException("a groom stores nothing");
    }

    @Override
    public void effect(GroomEffect effect) {
        effects.add(effect);
    }

    private void carryOut(GroomEffect effect) {
        if (effect instanceof GroomEffect.Register e) {
            world.network()
                    .callMaster(
                            this,
                            (master, call) -> new MasterEvent.Register(call, e.registration()),
                            (MasterReply.Registration answer) ->
                                    post(new GroomEvent.RegistrationAnswered(answer == null ? null : answer.reply())));
        } else if (effect instanceof GroomEffect.Beat e) {
            long number = e.heartbeat().number();
            world.network()
                    .callMaster(
                            this,
                            (master, call) -> new MasterEvent.Beat(call, e.heartbeat()),
                            (MasterReply.Beat answer) -> post(
                                    new GroomEvent.HeartbeatAnswered(number, answer == null ? null : answer.reply())));
        } else if (effect instanceof GroomEffect.Report e) {
            world.network()
                    .callMaster(
                            this,
                            (master, call) -> new MasterEvent.Report(call, e.message()),
                            (MasterReply.Reported answer) -> post(
                                    new GroomEvent.ReportAnswered(e.number(), answer == null ? null : answer.reply())));
        } else if (effect instanceof GroomEffect.AnswerPush e) {
            pushes.remove(e.call()).accept(e.reply());
        } else if (effect instanceof GroomEffect.Launch e) {
            launch(e);
        } else if (effect instanceof GroomEffect.Signal e) {
            signal(e);
        } else if (effect instanceof GroomEffect.LookAtProcess e) {
            look(e.attempt(), e.askedNs());
        } else if (effect instanceof GroomEffect.ToChild e) {
            Stream<Object> stream = connections.get(e.connection());
            if (e.message() instanceof GroomMessage.Attached) {
                unattached.remove(e.connection());
            }
            if (stream != null) {
                stream.sayToClient(e.message());
            }
        } else if (effect instanceof GroomEffect.CloseConnection e) {
            close(e.connection(), "closed by the groom");
        } else if (effect instanceof GroomEffect.StartSpare e) {
            spares.start(e.spare());
        } else if (effect instanceof GroomEffect.EndSpare e) {
            spares.end(e.spare());
        } else if (effect instanceof GroomEffect.RemoveJobFiles e) {
            host().removeFolder(e.job().value());
        } else if (effect instanceof GroomEffect.Stop) {
            die();
        }
    }

    /** A push arrived at the worker server. */
    void push(DirectiveBatch batch, Consumer<DirectiveReply> answer) {
        if (batch.directives().size() > MOST_DIRECTIVES) {
            throw new Violation(
                    "P1", batch.directives().size() + " directives wait for one groom: they are told anew for ever");
        }
        long call = ++lastCall;
        pushes.put(call, answer);
        post(new GroomEvent.Pushed(call, batch));
    }

    /** A child has connected to the task-report server. */
    void connected(Stream<Object> stream) {
        long connection = ++lastConnection;
        connections.put(connection, stream);
        unattached.add(connection);
        later(ATTACH_TIME_NS, "sweep", () -> {
            if (unattached.contains(connection)) {
                close(connection, "nobody has attached");
            }
        });
        stream.server(new Stream.Ear<>() {
            @Override
            public void heard(Object message) {
                post(new GroomEvent.FromChild(connection, (ChildMessage) message));
            }

            @Override
            public void closed(String why) {
                connections.remove(connection);
                unattached.remove(connection);
                post(new GroomEvent.ChildDisconnected(connection));
            }
        });
    }

    private void close(long connection, String why) {
        Stream<Object> stream = connections.remove(connection);
        unattached.remove(connection);
        if (stream != null) {
            stream.close(this, why);
        }
    }

    private void launch(GroomEffect.Launch launch) {
        AttemptId attempt = launch.assignment().attempt();
        world.oracle().launched(this, launch.assignment());
        host().addFolder(attempt.job().value());
        if (launch.spare() != GroomEffect.Launch.NO_SPARE) {
            spares.handOver(launch);
        } else {
            fork(launch);
        }
    }

    /** Starts a JVM for it. */
    void fork(GroomEffect.Launch launch) {
        AttemptId attempt = launch.assignment().attempt();
        if (world.luck().launchFails(this, host().isDiskFull())) {
            world.oracle().culprits().strikes(attempt);
            later(
                    world.luck().forkNs(),
                    "launch-failed",
                    () -> post(new GroomEvent.LaunchFailed(attempt, "no fork today")));
            return;
        }
        later(
                world.luck().forkNs(),
                "fork",
                () -> forked(launch, world.fork(this, launch.assignment(), launch.token())));
    }

    /** A JVM serves it. */
    void forked(GroomEffect.Launch launch, SimChild child) {
        children.put(launch.assignment().attempt(), child);
        post(new GroomEvent.Launched(launch.assignment().attempt(), child.pid()));
    }

    /** A child it started is gone. */
    void childDied(SimChild child, Exit exit, boolean outOfMemory) {
        later(world.luck().reapNs(), "child-exited", () -> {
            children.remove(child.attempt());
            post(new GroomEvent.ChildExited(child.attempt(), exit, outOfMemory));
        });
    }

    private void signal(GroomEffect.Signal signal) {
        world.oracle().signalled(this, signal.attempt());
        SimChild child = children.get(signal.attempt());
        if (child != null) {
            child.signal(signal.hard());
        }
    }

    private void look(AttemptId attempt, long askedNs) {
        later(world.luck().reapNs(), "look", () -> {
            SimChild child = children.get(attempt);
            ProcessLook look = child == null || !child.isAlive()
                    ? ProcessLook.GONE
                    : child.isFrozen() ? ProcessLook.STOPPED : ProcessLook.RUNNING;
            post(new GroomEvent.ProcessSeen(attempt, askedNs, look));
        });
    }

    /** The newest epoch it was seen to obey. */
    long obeyedEpoch() {
        return obeyedEpoch;
    }

    void obeyedEpoch(long epoch) {
        obeyedEpoch = epoch;
    }

    /** Children of this process, alive or not yet reaped. */
    int childCount() {
        return children.size();
    }

    List<Stream<Object>> connections() {
        return new ArrayList<>(connections.values());
    }

    @Override
    protected void died() {
        host().unbind(RPC_PORT, this);
        for (Stream<Object> stream : connections.values()) {
            stream.close(this, "the groom is gone");
        }
        connections.clear();
        spares.groomDied();
        world.groomDied(this);
    }
}
