package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.protocol.PeerTable;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A job's way from submission to its end, without failures of attempts. */
class JobLifeTest {
    private final MasterHarness master = new MasterHarness();

    @Test
    void jobGoesFromSubmissionToSuccess() {
        FakeGroom one = master.groom("g1", 2);
        FakeGroom two = master.groom("g2", 2);
        JobId job = master.submit(Specs.tasks(3));
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(master.status(job).phase()).isEqualTo("launching");
        assertThat(one.table.size() + two.table.size()).isEqualTo(3);

        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(one.peerTables(job)).hasSize(1).isEqualTo(two.peerTables(job));
        PeerTable table = one.peerTables(job).get(0);
        assertThat(table.generation()).isEqualTo(1);
        assertThat(table.secret()).hasSize(32);
        assertThat(table.peers()).extracting(PeerTable.PeerAddress::port).containsExactly(7000, 7001, 7002);

        master.finishAll(job);
        JobStatus status = master.status(job);
        assertThat(status.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(status.counters().get("app")).containsEntry("n", 6L);
        assertThat(status.counters().get("bsp")).containsEntry("vertices", 10L).containsEntry("load_ms", 7L);
        assertThat(status.superstep()).isEqualTo(7);
        assertThat(status.task()).allMatch(task -> task.state() == AttemptState.SUCCEEDED);
        assertThat(one.wasToldToForget(job)).isTrue();
        assertThat(two.wasToldToForget(job)).isTrue();
        assertThat(master.core.snapshot().slotsUsed()).isZero();
    }

    @Test
    void aWallClockThatIsSetBackMakesNothingLastLessThanNoTime() {
        master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        master.wallShift = Duration.ofMinutes(-10);
        master.finishAll(job);
        JobStatus status = master.status(job);
        assertThat(status.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(status.finishedAt()).isEqualTo(status.startedAt());
        assertThat(status.task().get(0).attempts())
                .allSatisfy(attempt -> assertThat(attempt.finishedAt()).isEqualTo(attempt.startedAt()));
    }

    @Test
    void outputIsCommittedOnlyWhenAllTasksHaveFinished() {
        master.workersWork = false;
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.send(new MasterEvent.Prepared(job, List.of(List.of(), List.of())));
        master.attachAll(job);
        groom.finish(master.attemptId(job, 0));
        assertThat(master.effects(MasterEffect.CommitOutput.class)).isEmpty();
        groom.finish(master.attemptId(job, 1));
        MasterEffect.CommitOutput commit =
                master.effects(MasterEffect.CommitOutput.class).get(0);
        assertThat(commit.parts()).extracting(part -> part.name()).containsExactly("part-00000", "part-00001");
        assertThat(master.status(job).phase()).isEqualTo("committing");
        assertThat(master.status(job).counters()).isEmpty();
        master.send(new MasterEvent.OutputCommitted(job));
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
        master.send(new MasterEvent.CommitFailed(job, Cause.of(CauseType.STORAGE, "late")));
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void jobWithoutOutputSucceedsWithoutCommit() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.withoutOutput(1));
        master.workersWork = false;
        master.attachAll(job);
        groom.finish(master.attemptId(job, 0));
        assertThat(master.effects(MasterEffect.CommitOutput.class)).isEmpty();
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
        assertThat(master.core.snapshot().slotsUsed())
                .as("its child is still leaving")
                .isEqualTo(1);
        assertThat(groom.wasToldToForget(job)).isFalse();
    }

    @Test
    void failedCommitFailsTheJob() {
        master.workersWork = false;
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.send(new MasterEvent.Prepared(job, List.of(List.of())));
        master.attachAll(job);
        groom.finish(master.attemptId(job, 0));
        groom.exit(master.attemptId(job, 0), 0);
        master.send(new MasterEvent.CommitFailed(job, Cause.of(CauseType.STORAGE, "disk is full")));
        assertThat(master.state(job)).isEqualTo(JobState.FAILED);
        assertThat(master.status(job).completion()).isEqualTo("failed: disk is full");
        assertThat(master.attempt(job, 0).state()).isEqualTo(AttemptState.KILLED);
        assertThat(master.effects(MasterEffect.DiscardTemporary.class)).hasSize(1);
    }

    @Test
    void jobThatNeverStartedOwesItsStagedJars() {
        master.workersWork = false;
        JobId job = master.submit(Specs.tasks(1).withStaged(List.of("/system/staging/a/b.jar"), new TreeMap<>()));
        master.cancel(job);
        assertThat(master.state(job)).isEqualTo(JobState.KILLED);
        assertThat(master.effects(MasterEffect.DiscardTemporary.class))
                .singleElement()
                .satisfies(discard -> assertThat(discard.started()).isFalse());
        master.restart();
        assertThat(master.effects(MasterEffect.DiscardTemporary.class)).hasSize(1);
        master.send(new MasterEvent.TemporaryDiscarded(job));
        master.restart();
        assertThat(master.effects(MasterEffect.DiscardTemporary.class)).isEmpty();
    }

    @Test
    void jobThatCannotBePreparedFailsBeforeAnythingIsLaunched() {
        master.workersWork = false;
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        assertThat(master.state(job)).isEqualTo(JobState.CREATED);
        master.send(new MasterEvent.PrepareFailed(job, Cause.of(CauseType.STORAGE, "no such file /in")));
        assertThat(master.state(job)).isEqualTo(JobState.FAILED);
        assertThat(groom.directives).isEmpty();
    }

    @Test
    void sameIdempotencyKeyIsTheSameJob() {
        JobId first = master.submit(Specs.withId(null, "k"));
        JobId second = master.submit(Specs.withId(null, "k"));
        assertThat(second).isEqualTo(first);
        assertThat(((MasterReply.Submitted) master.reply()).existed()).isTrue();
        master.restart();
        assertThat(master.submit(Specs.withId(null, "k"))).isEqualTo(first);
    }

    @Test
    void chosenIdIsUsedOnce() {
        JobId job = master.submit(Specs.withId("mine", null));
        assertThat(job.value()).isEqualTo("mine");
        master.send(new MasterEvent.Submit(master.call(), Specs.withId("mine", null)));
        assertThat(master.rejected()).isEqualTo("JobExists");
        String given = "job_" + master.core.snapshot().clusterId() + "_99";
        master.send(new MasterEvent.Submit(master.call(), Specs.withId(given, null)));
        assertThat(master.rejected()).isEqualTo("JobExists");
        master.send(new MasterEvent.Submit(master.call(), Specs.withId("no good", null)));
        assertThat(master.rejected()).isEqualTo("BadRequest");
    }

    @Test
    void numbersRiseOverRestarts() {
        String first = master.submit(Specs.tasks(1)).value();
        master.restart();
        String second = master.submit(Specs.tasks(1)).value();
        assertThat(first).endsWith("_1");
        assertThat(second).endsWith("_2").startsWith(first.substring(0, first.length() - 1));
    }

    @Test
    void badSelectorIsRefused() {
        master.send(new MasterEvent.Submit(master.call(), Specs.withSelector(1, "zone~(")));
        assertThat(master.rejected()).isEqualTo("BadRequest");
    }

    @Test
    void waiterIsAnsweredAtTheEnd() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.withoutOutput(1));
        long call = master.call();
        master.send(new MasterEvent.AwaitEnd(call, job, master.nowNs + 60_000 * MasterHarness.MS));
        assertThat(master.isAnswered(call)).isFalse();
        master.attachAll(job);
        groom.finish(master.attemptId(job, 0));
        assertThat(master.reply(call)).isEqualTo(new MasterReply.Ended(job, JobState.SUCCEEDED));
    }

    @Test
    void waiterIsAnsweredWhenItsTimeIsOver() {
        JobId job = master.submit(Specs.tasks(1));
        long call = master.call();
        master.send(new MasterEvent.AwaitEnd(call, job, master.nowNs + 100 * MasterHarness.MS));
        master.pass(99);
        assertThat(master.isAnswered(call)).isFalse();
        master.pass(1);
        assertThat(master.reply(call)).isEqualTo(new MasterReply.Ended(job, JobState.PENDING));
        assertThat(master.hasDeadline()).isFalse();
        master.send(new MasterEvent.AwaitEnd(master.call(), new JobId("nobody"), 0));
        assertThat(master.rejected()).isEqualTo("JobNotFound");
    }

    @Test
    void cancelledJobWaitsUntilItsProcessesAreGone() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        master.cancel(job);
        assertThat(master.reply()).isEqualTo(new MasterReply.Done());
        assertThat(master.state(job)).isEqualTo(JobState.CANCELING);
        groom.finish(master.attemptId(job, 0));
        assertThat(master.attempt(job, 0).state()).isEqualTo(AttemptState.RUNNING);
        groom.killAsTold();
        assertThat(master.state(job)).isEqualTo(JobState.KILLED);
        assertThat(master.status(job).completion()).isEqualTo("cancelled by ann");
        assertThat(master.attempt(job, 1).charged()).isFalse();
        assertThat(master.core.snapshot().slotsUsed()).isZero();
        master.cancel(job);
        assertThat(master.reply()).isEqualTo(new MasterReply.Done());
    }

    @Test
    void waitingJobIsCancelledAtOnce() {
        JobId job = master.submit(Specs.tasks(2));
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        master.cancel(job);
        assertThat(master.state(job)).isEqualTo(JobState.KILLED);
    }

    @Test
    void cancelComesTooLateForACommit() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        master.workersWork = false;
        groom.finish(master.attemptId(job, 0));
        master.cancel(job);
        assertThat(master.rejected()).isEqualTo("JobCommitting");
        master.send(new MasterEvent.OutputCommitted(job));
        master.cancel(job);
        assertThat(master.rejected()).isEqualTo("JobEnded");
    }

    @Test
    void snapshotIsTheSameUntilSomethingChanges() {
        FakeGroom groom = master.groom("g1", 2);
        JobId quiet = master.submit(Specs.tasks(5));
        JobId job = master.submit(Specs.tasks(1));
        MasterSnapshot before = master.core.snapshot();
        assertThat(master.core.snapshot()).isSameAs(before);
        groom.attach(master.attemptId(job, 0));
        MasterSnapshot after = master.core.snapshot();
        assertThat(after).isNotSameAs(before);
        assertThat(after.job(quiet)).isSameAs(before.job(quiet));
        assertThat(after.jobsByNumber()).extracting(JobStatus::id).containsExactly(quiet.value(), job.value());
    }
}
