package io.valiant.simulator;

import io.valiant.concurrent.Output;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.MasterCore;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.OutputPart;
import io.valiant.simulator.engine.SimClock;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * A BSPMaster: the daemon's core, its records leaving in groups, its effects waiting for their group, as in the daemon's
 * loop. A write that failed, or of which nobody knows, ends the process: the next one loads what was stored.
 */
final class SimMaster extends SimProcess {
    static final int RPC_PORT = 40_000;

    /** How often a write is followed by a look at what replay would give. */
    private static final double REPLAYS = 0.03;

    private static final String AWAY = "storage is away";

    private final World world;
    private final SimStore store;
    private final Books books;
    private final MasterCore core;
    private final RollCall roll;
    private final TreeMap<Long, Consumer<Answer>> calls = new TreeMap<>();
    private Step gathering = new Step();
    private boolean writing;
    private long lastCall;

    SimMaster(World world, SimHost host, SimClock clock) {
        super(world.agenda(), host, "master", clock);
        this.world = world;
        this.store = world.store();
        List<MasterRecord> rows = store.rows();
        this.books = new Books(rows);
        world.oracle().loading(rows);
        this.core = world.newMasterCore(this, rows);
        this.roll = new RollCall(world, books, clockNs());
    }

    /** What a call brought: a reply, or an error by its code. */
    record Answer(Object reply, String code, String message) {}

    MasterCore core() {
        return core;
    }

    Books books() {
        return books;
    }

    RollCall roll() {
        return roll;
    }

    /** Takes over: the core's first step. A while later it can be reached. */
    void start() {
        post(new MasterEvent.Started());
        later(world.luck().serveNs(), "serve", () -> {
            host().bind(RPC_PORT, this);
            post(new MasterEvent.Serves());
        });
    }

    /** A call arrived. */
    void call(LongFunction<MasterEvent> request, Consumer<Answer> answer) {
        long call = ++lastCall;
        calls.put(call, answer);
        post(request.apply(call));
    }

    void post(MasterEvent event) {
        world.happened(this, event);
        long nowNs = clockNs();
        if (core.nextDeadlineNs() <= nowNs) {
            step(null, out -> core.tick(nowNs, out));
        }
        step(event, out -> core.handle(event, nowNs, out));
        send();
    }

    @Override
    protected void wake() {
        long nowNs = clockNs();
        if (core.nextDeadlineNs() <= nowNs) {
            step(null, out -> core.tick(nowNs, out));
            send();
        } else {
            wakeAt(core.nextDeadlineNs());
        }
    }

    private void step(MasterEvent event, Consumer<Output<MasterRecord, MasterEffect>> work) {
        Step step = new Step();
        world.guard(this, () -> work.accept(step));
        world.oracle().masterStepped(this, event, step.records, step.effects);
        for (MasterRecord row : step.records) {
            world.recorded(this, row);
        }
        gathering.records.addAll(step.records);
        gathering.effects.addAll(step.effects);
        gathering.drained = roll.drains().drained();
    }

    /** Has what the core said written and then done; as its loop does, a tick that was due and an event go together. */
    private void send() {
        writeNext();
        wakeAt(core.nextDeadlineNs());
    }

    /** Nothing the core has said is still on its way to the store. */
    boolean isAllStored() {
        return !writing && gathering.records.isEmpty();
    }

    private void writeNext() {
        if (writing) {
            return;
        }
        Step batch = gathering;
        gathering = new Step();
        if (batch.records.isEmpty()) {
            act(batch);
        } else {
            store(batch);
        }
    }

    private void store(Step batch) {
        writing = true;
        later(world.luck().writeNs(), "write", () -> land(batch));
    }

    /** The moment at which the transaction is on disk, or is not. */
    private void land(Step batch) {
        Luck.WriteFate fate = world.luck().writeFate(this);
        if (fate.isDurable()) {
            world.oracle().landing(this);
            store.commit(batch.records);
            world.oracle().stored(this, batch.records);
            world.oracle().drained(batch.drained);
        }
        later(world.luck().writeNs(), "written", () -> {
            if (fate != Luck.WriteFate.GOOD) {
                world.tell(this, "write " + fate);
                die();
                return;
            }
            writing = false;
            act(batch);
            if (isAlive() && isAllStored() && world.luck().chance(REPLAYS)) {
                Replay.judge(world, this);
            }
            writeNext();
        });
    }

    private void act(Step batch) {
        List<MasterEffect> effects = List.copyOf(batch.effects);
        batch.effects.clear();
        for (MasterEffect effect : effects) {
            if (isAlive()) {
                world.wanted(this, effect);
                carryOut(effect);
            }
        }
    }

    private void carryOut(MasterEffect effect) {
        if (effect instanceof MasterEffect.Reply e) {
            answer(e.call(), new Answer(e.reply(), null, null));
        } else if (effect instanceof MasterEffect.Reject e) {
            answer(e.call(), new Answer(null, e.code(), e.message()));
        } else if (effect instanceof MasterEffect.Push e) {
            push(e);
        } else if (effect instanceof MasterEffect.CheckOutput e) {
            // simulated jobs have outputs of their own, so nothing is ever in the way
            later(
                    world.luck().workNs(),
                    "check-output",
                    () -> post(new MasterEvent.OutputChecked(e.call(), e.spec(), null, null)));
        } else if (effect instanceof MasterEffect.Prepare e) {
            prepare(e);
        } else if (effect instanceof MasterEffect.WriteManifest e) {
            later(world.luck().workNs(), "manifest", () -> world.storage()
                    .reach(this, () -> writeManifest(e), () -> manifestFailed(e, AWAY)));
        } else if (effect instanceof MasterEffect.DeleteCheckpoint e) {
            world.oracle().checkpoints().removes(e.job(), e.folder());
            later(world.luck().workNs(), "delete-checkpoint", () -> world.storage()
                    .reach(this, () -> deleteCheckpoint(e), () -> {}));
        } else if (effect instanceof MasterEffect.DeleteUnnamedSections) {
            // parts of simulated programs have no shared sections
            return;
        } else if (effect instanceof MasterEffect.CommitOutput e) {
            world.oracle().movesOutput(e.job());
            commitPart(e, 0);
        } else if (effect instanceof MasterEffect.DiscardTemporary e) {
            later(world.luck().workNs(), "discard", () -> world.storage().reachAtLast(this, () -> discard(e)));
        }
    }

    private void discard(MasterEffect.DiscardTemporary effect) {
        world.files().removeAll(SimOutput.temporaryFolder(effect.spec(), effect.job()));
        world.files().removeAll(SimPart.ofJob(effect.job()));
        post(new MasterEvent.TemporaryDiscarded(effect.job()));
    }

    private void manifestFailed(MasterEffect.WriteManifest effect, String why) {
        post(new MasterEvent.ManifestFailed(
                effect.job(), effect.generation(), effect.superstep(), Luck.storageCause(why)));
    }

    /** Writes under another name, first half of it, then moves, so that a crash may come between. */
    private void writeManifest(MasterEffect.WriteManifest effect) {
        if (world.luck().workerFails(this)) {
            manifestFailed(effect, "no manifest today");
            return;
        }
        byte[] bytes = SimPart.manifest(effect.job(), effect.generation(), effect.superstep(), effect.parts());
        String file = SimPart.manifestFile(effect.folder());
        world.files().write(file + ".writing", Arrays.copyOf(bytes, bytes.length / 2));
        later(world.luck().workNs() / 4, "manifest-moved", () -> {
            world.files().write(file + ".writing", bytes);
            world.files().move(file + ".writing", file);
            CheckpointRef ref =
                    new CheckpointRef(effect.generation(), effect.superstep(), effect.folder(), SimPart.crc(bytes));
            long size =
                    effect.parts().stream().mapToLong(CheckpointPart::length).sum();
            post(new MasterEvent.ManifestWritten(effect.job(), ref, size));
        });
    }

    private void deleteCheckpoint(MasterEffect.DeleteCheckpoint effect) {
        if (!world.luck().workerFails(this)) {
            world.files().removeAll(effect.folder() + "/");
        }
    }

    private void answer(long call, Answer answer) {
        Consumer<Answer> caller = calls.remove(call);
        if (caller == null) {
            throw new Violation("core", "call " + call + " answered twice, now by " + answer);
        }
        caller.accept(answer);
    }

    private void push(MasterEffect.Push push) {
        world.network()
                .callGroom(
                        this,
                        push.host(),
                        push.port(),
                        push.batch(),
                        (DirectiveReply reply) -> post(new MasterEvent.Pushed(
                                push.groom(), push.batch().incarnation(), reply)));
    }

    private void prepare(MasterEffect.Prepare effect) {
        JobId job = effect.job();
        later(world.luck().workNs(), "prepare", () -> world.storage()
                .reach(this, () -> prepared(job, effect.spec().tasks()), () -> {
                    world.oracle().storageFailed(job);
                    post(new MasterEvent.PrepareFailed(job, Luck.storageCause(AWAY)));
                }));
    }

    private void prepared(JobId job, int tasks) {
        if (world.luck().workerFails(this)) {
            post(new MasterEvent.PrepareFailed(job, Luck.storageCause("no such input today")));
            return;
        }
        List<List<InputSplit>> splits = new ArrayList<>(Collections.nCopies(tasks, List.of()));
        post(new MasterEvent.Prepared(job, splits));
    }

    /** Moves one part after the other, so that a crash may come between. */
    private void commitPart(MasterEffect.CommitOutput effect, int index) {
        later(world.luck().workNs() / 4, "commit", () -> world.storage()
                .reach(this, () -> movePart(effect, index), () -> {
                    world.oracle().storageFailed(effect.job());
                    post(new MasterEvent.CommitFailed(effect.job(), Luck.storageCause(AWAY)));
                }));
    }

    private void movePart(MasterEffect.CommitOutput effect, int index) {
        if (world.luck().workerFails(this)) {
            post(new MasterEvent.CommitFailed(effect.job(), Luck.storageCause("the file system is away")));
            return;
        }
        String output = effect.spec().output();
        if (index == effect.parts().size()) {
            world.files().write(output + "/_SUCCESS", new byte[0]);
            post(new MasterEvent.OutputCommitted(effect.job()));
            return;
        }
        OutputPart part = effect.parts().get(index);
        if (!world.files().move(part.temporary(), output + "/" + part.name())) {
            throw new Violation("I7", "the part " + part + " of the COMMIT of " + effect.job() + " is nowhere");
        }
        commitPart(effect, index + 1);
    }

    /** Calls that nobody has answered yet. */
    int callsWaiting() {
        return calls.size();
    }

    @Override
    protected void died() {
        host().unbind(RPC_PORT, this);
        world.masterDied(this);
    }

    /** What the core said in one turn. */
    private static final class Step implements Output<MasterRecord, MasterEffect> {
        private final List<MasterRecord> records = new ArrayList<>();
        private final List<MasterEffect> effects = new ArrayList<>();

        /** Which grooms are drained after it. */
        private TreeSet<GroomId> drained;

        @Override
        public void record(MasterRecord record) {
            records.add(record);
        }

        @Override
        public void effect(MasterEffect effect) {
            effects.add(effect);
        }
    }
}
