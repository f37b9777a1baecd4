package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.concurrent.RandomSource;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.MasterReply;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A master's core with a clock moved by hand, a store in memory, grooms that obey, and workers that do well at once. */
final class MasterHarness implements Output<MasterRecord, MasterEffect> {
    static final long MS = 1_000_000L;

    /** Rows by key: what the store holds. */
    final Map<String, MasterRecord> rows = new LinkedHashMap<>();

    final List<MasterEffect> effects = new ArrayList<>();
    final Map<GroomId, FakeGroom> grooms = new TreeMap<>();
    final MasterConfig config;

    /** Whether CheckOutput, Prepare, WriteManifest, CommitOutput and DiscardTemporary are answered well at once. */
    boolean workersWork = true;

    /** Whether pushes reach their grooms. */
    boolean pushesArrive = true;

    /** What somebody has set the wall clock ahead by. */
    Duration wallShift = Duration.ZERO;

    MasterCore core;
    long nowNs = 1_000_000_000_000L;
    private long nextCall = 1;
    private long random = 42;

    MasterHarness() {
        this(Configs.defaults());
    }

    MasterHarness(MasterConfig config) {
        this.config = config;
        restart();
    }

    /** The master dies and another leadership begins with what is stored. */
    void restart() {
        restartUnreachable();
        send(new MasterEvent.Serves());
    }

    /** The same; it cannot be called before it is sent {@link MasterEvent.Serves}. */
    void restartUnreachable() {
        effects.clear();
        RandomSource source = () -> random = random * 6364136223846793005L + 1442695040888963407L;
        core = new MasterCore(new ArrayList<>(rows.values()), config, source, new HandClock());
        send(new MasterEvent.Started());
    }

    private final class HandClock implements Clock {
        @Override
        public long nanoTime() {
            return nowNs;
        }

        @Override
        public Instant wallTime() {
            return Instant.EPOCH.plusNanos(nowNs).plus(wallShift);
        }
    }

    @Override
    public void record(MasterRecord row) {
        if (row instanceof MasterRecord.Cluster) {
            rows.put("cluster", row);
        } else if (row instanceof MasterRecord.Job job) {
            rows.put("job " + job.id(), row);
        } else if (row instanceof MasterRecord.Splits splits) {
            rows.put("splits " + splits.job(), row);
        } else if (row instanceof MasterRecord.Checkpoints checkpoints) {
            rows.put("checkpoints " + checkpoints.job(), row);
        } else if (row instanceof MasterRecord.Attempt attempt) {
            rows.put("attempt " + attempt.id(), row);
        } else if (row instanceof MasterRecord.Groom groom) {
            rows.put("groom " + groom.id(), row);
        } else if (row instanceof MasterRecord.Forget forget) {
            rows.keySet()
                    .removeIf(key -> key.equals("job " + forget.id())
                            || key.equals("splits " + forget.id())
                            || key.equals("checkpoints " + forget.id())
                            || key.startsWith("attempt " + forget.id() + "_t"));
            rows.put("forget " + forget.id(), row);
        }
    }

    @Override
    public void effect(MasterEffect effect) {
        effects.add(effect);
    }

    // ---- driving

    void send(MasterEvent event) {
        core.handle(event, nowNs, this);
        carryOut();
    }

    /** Lets time pass; ticks at every deadline on the way. */
    void pass(long millis) {
        long target = nowNs + millis * MS;
        while (core.nextDeadlineNs() <= target) {
            nowNs = Math.max(nowNs, core.nextDeadlineNs());
            core.tick(nowNs, this);
            carryOut();
        }
        nowNs = target;
    }

    /** Lets time pass while the given grooms beat as often as they should. */
    void passBeating(long millis, FakeGroom... beating) {
        for (long left = millis; left > 0; left -= 500) {
            pass(Math.min(500, left));
            for (FakeGroom groom : beating) {
                groom.beat();
            }
        }
    }

    private void carryOut() {
        for (int i = 0; i < effects.size(); i++) {
            MasterEffect effect = effects.get(i);
            if (effect instanceof MasterEffect.Push push && pushesArrive) {
                effects.remove(i--);
                FakeGroom groom = grooms.get(push.groom());
                MasterEvent.Pushed answer = new MasterEvent.Pushed(
                        push.groom(), push.batch().incarnation(), groom == null ? null : groom.apply(push.batch()));
                core.handle(answer, nowNs, this);
            } else if (workersWork && effect instanceof MasterEffect.CheckOutput check) {
                effects.remove(i--);
                core.handle(new MasterEvent.OutputChecked(check.call(), check.spec(), null, null), nowNs, this);
            } else if (workersWork && effect instanceof MasterEffect.Prepare prepare) {
                effects.remove(i--);
                List<List<InputSplit>> none = Collections.nCopies(prepare.spec().tasks(), List.of());
                core.handle(new MasterEvent.Prepared(prepare.job(), none), nowNs, this);
            } else if (workersWork && effect instanceof MasterEffect.WriteManifest write) {
                effects.remove(i--);
                core.handle(written(write), nowNs, this);
            } else if (workersWork && effect instanceof MasterEffect.CommitOutput commit) {
                effects.remove(i--);
                core.handle(new MasterEvent.OutputCommitted(commit.job()), nowNs, this);
            } else if (workersWork && effect instanceof MasterEffect.DiscardTemporary discard) {
                effects.remove(i--);
                core.handle(new MasterEvent.TemporaryDiscarded(discard.job()), nowNs, this);
            }
        }
    }

    /** A worker has done as it was told. */
    static MasterEvent.ManifestWritten written(MasterEffect.WriteManifest write) {
        CheckpointRef ref = new CheckpointRef(write.generation(), write.superstep(), write.folder(), 7);
        return new MasterEvent.ManifestWritten(write.job(), ref, 100);
    }

    /** A call's number for an event. */
    long call() {
        return nextCall++;
    }

    /** The reply to the last call. */
    MasterReply reply() {
        return reply(nextCall - 1);
    }

    MasterReply reply(long call) {
        for (MasterEffect effect : effects) {
            if (effect instanceof MasterEffect.Reply reply && reply.call() == call) {
                return reply.reply();
            }
        }
        throw new AssertionError("no reply to call " + call + " in " + effects);
    }

    boolean isAnswered(long call) {
        return effects.stream().anyMatch(effect -> effect instanceof MasterEffect.Reply reply && reply.call() == call);
    }

    /** The code of the last call's rejection. */
    String rejected() {
        for (MasterEffect effect : effects) {
            if (effect instanceof MasterEffect.Reject reject && reject.call() == nextCall - 1) {
                return reject.code();
            }
        }
        throw new AssertionError("call " + (nextCall - 1) + " was not rejected: " + effects);
    }

    <F extends MasterEffect> List<F> effects(Class<F> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    // ---- clients

    JobId submit(JobSpec spec) {
        send(new MasterEvent.Submit(call(), spec));
        return ((MasterReply.Submitted) reply()).job();
    }

    void cancel(JobId job) {
        send(new MasterEvent.Cancel(call(), job, "ann"));
    }

    JobStatus status(JobId job) {
        JobStatus status = core.snapshot().job(job);
        assertThat(status).as("job " + job).isNotNull();
        return status;
    }

    JobState state(JobId job) {
        return status(job).state();
    }

    /** The newest attempt of a task. */
    JobStatus.Attempt attempt(JobId job, int task) {
        List<JobStatus.Attempt> attempts = status(job).task().get(task).attempts();
        return attempts.get(attempts.size() - 1);
    }

    AttemptId attemptId(JobId job, int task) {
        return AttemptId.parse(attempt(job, task).id());
    }

    FakeGroom groomOf(JobId job, int task) {
        return grooms.get(new GroomId(attempt(job, task).groom()));
    }

    // ---- grooms

    /** A groom that has registered. */
    FakeGroom groom(String name, int slots) {
        FakeGroom groom = new FakeGroom(this, name, slots);
        grooms.put(groom.id, groom);
        groom.register();
        return groom;
    }

    /** Lets all children of a job's current attempts attach. */
    void attachAll(JobId job) {
        for (int task = 0; task < status(job).tasks(); task++) {
            groomOf(job, task).attach(attemptId(job, task));
        }
    }

    /** Lets all children write their parts of a checkpoint. */
    void checkpointAll(JobId job, long superstep) {
        for (int task = 0; task < status(job).tasks(); task++) {
            groomOf(job, task).checkpoint(attemptId(job, task), superstep);
        }
    }

    /** Lets all tasks finish and their children exit. */
    void finishAll(JobId job) {
        int tasks = status(job).tasks();
        for (int task = 0; task < tasks; task++) {
            groomOf(job, task).finish(attemptId(job, task));
        }
        for (int task = 0; task < tasks; task++) {
            groomOf(job, task).exit(attemptId(job, task), 0);
        }
    }

    boolean hasDeadline() {
        return core.nextDeadlineNs() != Core.NO_DEADLINE;
    }
}
