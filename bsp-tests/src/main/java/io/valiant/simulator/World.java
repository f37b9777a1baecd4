package io.valiant.simulator;

import io.valiant.client.ClientConfig;
import io.valiant.client.ClientCore;
import io.valiant.groom.core.GroomConfig;
import io.valiant.groom.core.GroomCore;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.MasterCore;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.TaskAssignment;
import io.valiant.simulator.engine.Agenda;
import io.valiant.simulator.engine.Cables;
import io.valiant.simulator.engine.Calls;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import io.valiant.simulator.engine.SimRandom;
import io.valiant.simulator.engine.Stream;
import io.valiant.simulator.engine.Trace;
import io.valiant.time.Clock;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** One cluster on virtual time: its machines, who runs on them, what connects them. Owned by one thread. */
final class World {
    private static final long MS = 1_000_000;
    private static final Instant BEGINNING = Instant.parse("2025-01-01T00:00:00Z");

    private final Plan plan;
    private final Trace trace;
    private final Agenda agenda;
    private final SimRandom random;
    private final Faults faults;
    private final Luck luck;
    private final Cables cables;
    private final SimNetwork network;
    private final List<SimHost> hosts = new ArrayList<>();
    private final SimHost masterHost;
    private final SimHost clientHost;
    private final SimStore store = new SimStore();
    private final SimFiles files = new SimFiles();
    private final SimStorage storage = new SimStorage(this);
    private final Oracle oracle;
    private final TreeMap<Integer, SimGroom> grooms = new TreeMap<>();
    private final List<SimClient> clients = new ArrayList<>();
    private final List<SimChild> children = new ArrayList<>();
    private SimMaster master;
    private Injector injector;
    private long wallJumpMs;

    /** @param only keys of the faults that may happen; null for all */
    World(Plan plan, Trace trace, Set<String> only) {
        this.plan = plan;
        this.trace = trace;
        this.agenda = new Agenda(trace);
        this.random = new SimRandom(plan.seed() ^ 0x5EED);
        this.faults = new Faults(agenda, only, only != null || trace.isTelling());
        this.luck = new Luck(plan, faults, random.split(), random.split());
        masterHost = addHost("master");
        for (int i = 1; i <= plan.grooms(); i++) {
            addHost("groom-" + i);
        }
        clientHost = addHost("client");
        this.cables = new Cables(hosts, random.split(), plan.latencyNs(), plan.localNs());
        this.network = new SimNetwork(this, new Calls(agenda, cables, random.split(), faults::happens), random);
        this.oracle = new Oracle(this, plan);
    }

    private SimHost addHost(String name) {
        SimHost host = new SimHost(hosts.size(), name, random.split());
        hosts.add(host);
        return host;
    }

    /** Starts all and lets the faults begin. */
    void begin() {
        network.begin();
        startMaster();
        groomHosts().forEach(this::startGroom);
        for (Plan.JobPlan job : plan.jobs()) {
            SimClient client = new SimClient(
                    this,
                    clientHost,
                    luck.clock(),
                    plan.clientConfig(),
                    job.number(),
                    Reference.spec(job, plan.checkpointInterval()));
            clients.add(client);
            client.later(job.submitAfterNs(), "submit", client::submit);
        }
        injector = new Injector(this, random.split());
        injector.start();
        agenda.after(plan.faultsEndNs(), "quiet", this::calmDown);
    }

    /** Nothing goes wrong any more; what was broken is mended. */
    private void calmDown() {
        tell("the faults end");
        luck.calmDown();
        network.calmDown();
        cables.healAll();
        storage.away(false);
        for (SimHost host : hosts) {
            disk(host, false);
            host.slow(1);
            processesOn(host).forEach(SimProcess::thaw);
        }
        undoOperators();
    }

    /** Where a task is stopped, or a groom drained, somebody lets it go on, now that all is quiet. */
    private void undoOperators() {
        for (MasterRecord.Job job : store.jobs()) {
            if (job.stopped() != null && !job.state().isEnded()) {
                clients.get(0).resumeTask(job.id(), job.stopped());
            }
        }
        for (MasterRecord.Groom groom : store.grooms()) {
            if (groom.drained() != null) {
                clients.get(0).undrainGroom(groom.id());
            }
        }
        agenda.after(1_000 * MS, "resume", this::undoOperators);
    }

    /** A job was rolled back. */
    void rolledBack() {
        injector.rolledBack();
    }

    // ---- processes come and go

    private void startMaster() {
        master = new SimMaster(this, masterHost, luck.clock());
        master.start();
    }

    void masterDied(SimMaster dead) {
        tell(dead, "is gone");
        agenda.after(luck.restartNs(), "master-start", this::startMaster);
    }

    private void startGroom(SimHost host) {
        SimGroom groom = new SimGroom(this, host, luck.clock());
        grooms.put(host.index(), groom);
        groom.later(luck.forkNs(), "groom-started", groom::start);
    }

    /** The daemon comes back; before it registers it ends what its predecessor has left. */
    void groomDied(SimGroom dead) {
        tell(dead, "is gone");
        agenda.after(luck.restartNs(), "groom-start", () -> {
            for (SimProcess left : dead.host().processes()) {
                if (left instanceof SimChild child) {
                    child.killedBy("SIGKILL");
                } else {
                    left.die();
                }
            }
            dead.host().folders().forEach(dead.host()::removeFolder);
            startGroom(dead.host());
        });
    }

    /** Links of children on one host to those on the other cannot be resumed, as long as faults happen. */
    void loseLinks(SimHost one, SimHost other) {
        for (SimChild child : List.copyOf(children)) {
            if (!luck.isCalm() && child.host() == one && child.isAlive() && !child.isFrozen()) {
                child.exchange().loseLinksTo(other);
            }
        }
    }

    /** The groom's daemon on that host, if there is one, is gone. */
    void killGroom(SimHost host) {
        if (!luck.isCalm() && grooms.get(host.index()).isAlive()) {
            grooms.get(host.index()).die();
        }
    }

    SimChild fork(SimGroom groom, TaskAssignment assignment, String token) {
        SimChild child = new SimChild(this, groom, assignment, token);
        children.add(child);
        child.later(luck.forkNs(), "child-started", child::start);
        return child;
    }

    /** A spare becomes the child of an attempt, as soon as it has rehearsed. */
    SimChild serve(SimGroom groom, TaskAssignment assignment, String token, SimSpare spare) {
        SimChild child = new SimChild(this, groom, assignment, token, spare);
        children.add(child);
        spare.serve(child);
        if (child.isFrozen()) {
            oracle.culprits().strikes(child);
        }
        agenda.after(spare.rehearsesNs() + luck.reapNs(), "child-started", () -> child.meet(child::start));
        return child;
    }

    void childDied(SimChild child) {
        children.remove(child);
    }

    /** The local disk of a host is full from now on, or not any more; its groom sees it at its next look. */
    void disk(SimHost host, boolean full) {
        SimGroom groom = grooms.get(host.index());
        if (host.isDiskFull() != full) {
            host.diskFull(full);
            if (groom != null) {
                groom.lookAtDisk();
            }
        }
    }

    /** The host of that name. */
    SimHost host(String name) {
        for (SimHost host : hosts) {
            if (host.toString().equals(name)) {
                return host;
            }
        }
        throw new Violation("core", "nobody has the address " + name);
    }

    void jumpWallClock(long byMs) {
        wallJumpMs += byMs;
    }

    // ---- cores

    MasterCore newMasterCore(SimMaster process, List<MasterRecord> rows) {
        return new MasterCore(rows, plan.masterConfig(), random.split(), clockOf(process));
    }

    GroomCore newGroomCore(SimGroom process) {
        GroomConfig config = plan.groomConfig(new GroomId(process.host().toString()));
        return new GroomCore(config, random.split());
    }

    ClientCore newClientCore(ClientConfig config) {
        return new ClientCore(config, random.split());
    }

    private Clock clockOf(SimProcess process) {
        return new Clock() {
            @Override
            public long nanoTime() {
                return process.clockNs();
            }

            @Override
            public Instant wallTime() {
                return BEGINNING.plusMillis(agenda.nowNs() / MS + wallJumpMs);
            }
        };
    }

    /** Lets a core work; what it throws is a finding. */
    void guard(SimProcess process, Runnable work) {
        try {
            work.run();
        } catch (Violation e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Violation("core", "the core of " + process + " threw " + e, e);
        }
    }

    // ---- the trace

    void happened(SimProcess process, Object event) {
        trace.mix(process.toString());
        trace.mix(event.getClass().getSimpleName());
        if (trace.isTelling()) {
            trace.tell(agenda.nowNs(), process + " <- " + shortened(event));
        }
    }

    void wanted(SimProcess process, Object effect) {
        trace.mix(effect.getClass().getSimpleName());
        if (trace.isTelling()) {
            trace.tell(agenda.nowNs(), process + " -> " + shortened(effect));
        }
    }

    void recorded(SimProcess process, MasterRecord row) {
        trace.mix(SimStore.key(row));
        if (row instanceof MasterRecord.Attempt attempt) {
            trace.mix(attempt.state().name());
            trace.mix(attempt.generation());
        } else if (row instanceof MasterRecord.Job job) {
            trace.mix(job.state().name());
            trace.mix(job.generation());
        }
        if (trace.isTelling()) {
            trace.tell(agenda.nowNs(), process + " == " + shortened(row));
        }
    }

    /** What is the same in each line is left out. */
    private static String shortened(Object what) {
        return what.toString()
                .replaceAll("JobSpec\\[name=([^,]*).*?maxRollbacks=\\d+\\]", "$1")
                .replaceAll("progress=AttemptProgress\\[superstep=(\\d+)[^]]*\\]", "superstep $1")
                .replaceAll("node=NodeReport\\[[^]]*\\], ", "")
                .replaceAll("intervals=Intervals\\[[^]]*\\], ", "");
    }

    void tell(Object who, String what) {
        tell(who + " " + what);
    }

    void tell(Object what) {
        if (trace.isTelling()) {
            trace.tell(agenda.nowNs(), what.toString());
        }
    }

    // ---- facts

    Plan plan() {
        return plan;
    }

    Faults faults() {
        return faults;
    }

    Luck luck() {
        return luck;
    }

    Agenda agenda() {
        return agenda;
    }

    Cables cables() {
        return cables;
    }

    SimNetwork network() {
        return network;
    }

    SimHost masterHost() {
        return masterHost;
    }

    SimStore store() {
        return store;
    }

    SimFiles files() {
        return files;
    }

    SimStorage storage() {
        return storage;
    }

    /** Spares that wait, on all hosts. */
    List<SimSpare> spares() {
        List<SimSpare> spares = new ArrayList<>();
        for (SimHost host : groomHosts()) {
            for (SimProcess process : host.processes()) {
                if (process instanceof SimSpare spare) {
                    spares.add(spare);
                }
            }
        }
        return spares;
    }

    Oracle oracle() {
        return oracle;
    }

    SimMaster master() {
        return master;
    }

    List<SimHost> hosts() {
        return hosts;
    }

    List<SimHost> groomHosts() {
        return hosts.subList(1, 1 + plan.grooms());
    }

    List<SimGroom> grooms() {
        return new ArrayList<>(grooms.values());
    }

    List<SimClient> clients() {
        return clients;
    }

    /** Whether a process of that attempt is there. */
    boolean isAlive(AttemptId attempt) {
        for (SimChild child : children) {
            if (child.attempt().equals(attempt)) {
                return true;
            }
        }
        return false;
    }

    List<SimChild> children() {
        return children;
    }

    List<SimProcess> processesOn(SimHost host) {
        List<SimProcess> processes = new ArrayList<>(host.processes());
        if (host == masterHost) {
            processes.add(master);
        } else if (grooms.containsKey(host.index())) {
            processes.add(grooms.get(host.index()));
        }
        return processes;
    }

    List<Stream<Object>> reportStreams() {
        List<Stream<Object>> streams = new ArrayList<>();
        grooms.values().forEach(groom -> streams.addAll(groom.connections()));
        return streams;
    }

    List<Stream<ByteBuffer>> linkStreams() {
        List<Stream<ByteBuffer>> streams = new ArrayList<>();
        children.forEach(child -> streams.addAll(child.linkStreams()));
        return streams;
    }

    MasterRecord.Job storedJob(JobId job) {
        return (MasterRecord.Job) store.row("2 " + job);
    }

    /** The checkpoints of a job that the store points to, oldest first. */
    List<MasterRecord.Checkpoint> storedCheckpoints(JobId job) {
        MasterRecord row = store.row(SimStore.checkpointsKey(job));
        return row == null ? List.of() : ((MasterRecord.Checkpoints) row).kept();
    }

    MasterRecord row(AttemptId attempt) {
        return store.row(SimStore.key(attempt));
    }
}
