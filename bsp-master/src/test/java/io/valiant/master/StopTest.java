package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.protocol.Directive;
import io.valiant.protocol.GroomReport;
import org.junit.jupiter.api.Test;

/** Tasks that an operator stops and resumes. */
class StopTest {
    private final MasterHarness master = new MasterHarness();
    private final FakeGroom groom = master.groom("g1", 2);

    private JobId running() {
        JobId job = master.submit(Specs.supersteps(2));
        master.attachAll(job);
        return job;
    }

    private AttemptId stop(JobId job, int task) {
        AttemptId attempt = master.attemptId(job, task);
        master.send(new MasterEvent.StopAttempt(master.call(), attempt, "ann"));
        return attempt;
    }

    private void resume(JobId job, int task) {
        master.send(new MasterEvent.ResumeTask(master.call(), job, task, "ann"));
    }

    private JobStatus.Attempt first(JobId job, int task) {
        return master.status(job).task().get(task).attempts().get(0);
    }

    private long checkpointsAsked() {
        return groom.directives.stream()
                .filter(d -> d instanceof Directive.TakeCheckpoint)
                .count();
    }

    @Test
    void stopWaitsForACheckpointAndTheJobForResume() {
        JobId job = running();
        AttemptId stopped = stop(job, 1);
        assertThat(master.reply()).isEqualTo(new MasterReply.Done());
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(groom.directives).contains(new Directive.TakeCheckpoint(master.attemptId(job, 0), 1));
        assertThat(groom.wasToldToKill(stopped)).isFalse();
        master.checkpointAll(job, 6);
        assertThat(groom.wasToldToKill(stopped)).isTrue();
        groom.killAsTold();
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(master.status(job).reason())
                .isEqualTo("task 1 was stopped by ann; bsp task resume " + job + " 1 lets the job go on");
        assertThat(first(job, 1).state()).isEqualTo(AttemptState.STOPPED);
        assertThat(first(job, 1).cause().type()).isEqualTo(CauseType.STOPPED);
        assertThat(first(job, 0).state()).isEqualTo(AttemptState.KILLED);
        assertThat(first(job, 0).charged()).isFalse();
        assertThat(master.core.snapshot().slotsUsed()).isZero();
        master.passBeating(5_000, groom);
        assertThat(groom.table).isEmpty();

        resume(job, 1);
        assertThat(master.reply()).isEqualTo(new MasterReply.Done());
        assertThat(groom.launched(master.attemptId(job, 1)).restore().superstep())
                .isEqualTo(6);
        assertThat(master.status(job).reason()).isNull();
        master.attachAll(job);
        master.finishAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
        assertThat(checkpointsAsked()).isEqualTo(1);
    }

    @Test
    void stopIsCarriedOutWhereNoCheckpointCanBeTaken() {
        JobId job = running();
        stop(job, 0);
        groom.report(new GroomReport.CheckpointFailed(master.attemptId(job, 0), 1, 3, "the program did not save"));
        groom.killAsTold();
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(first(job, 0).state()).isEqualTo(AttemptState.STOPPED);
        resume(job, 0);
        assertThat(groom.launched(master.attemptId(job, 0)).restore()).isNull();
    }

    @Test
    void stoppedJobIsCancelledAtOnce() {
        JobId job = running();
        stop(job, 0);
        master.checkpointAll(job, 6);
        groom.killAsTold();
        master.cancel(job);
        assertThat(master.state(job)).isEqualTo(JobState.KILLED);
        assertThat(master.status(job).reason()).isNull();
        resume(job, 0);
        assertThat(master.rejected()).isEqualTo("JobEnded");
    }

    @Test
    void failureMeanwhileKeepsTheStop() {
        JobId job = running();
        master.checkpointAll(job, 4);
        stop(job, 1);
        groom.exit(master.attemptId(job, 0), 1);
        groom.killAsTold();
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(first(job, 0).state()).isEqualTo(AttemptState.FAILED);
        assertThat(first(job, 0).charged()).isTrue();
        assertThat(first(job, 1).state()).isEqualTo(AttemptState.STOPPED);
        resume(job, 1);
        assertThat(groom.launched(master.attemptId(job, 1)).restore().superstep())
                .isEqualTo(4);
    }

    @Test
    void restartedMasterKeepsTheStopAndAsksAgain() {
        JobId job = running();
        AttemptId attempt = stop(job, 1);
        master.restart();
        groom.register();
        assertThat(checkpointsAsked()).isEqualTo(2);
        master.checkpointAll(job, 6);
        assertThat(groom.wasToldToKill(attempt)).isTrue();
        master.restart();
        groom.register();
        groom.killAsTold();
        assertThat(first(job, 1).state()).isEqualTo(AttemptState.STOPPED);
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(groom.table).isEmpty();
        resume(job, 1);
        assertThat(groom.table).hasSize(2);
    }

    @Test
    void resumeBeforeTheCheckpointTakesTheStopBack() {
        JobId job = running();
        AttemptId attempt = stop(job, 1);
        resume(job, 1);
        master.checkpointAll(job, 6);
        assertThat(groom.wasToldToKill(attempt)).isFalse();
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void jobThatFinishesFirstSucceeds() {
        JobId job = running();
        stop(job, 1);
        master.finishAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void refusalsSayWhy() {
        JobId job = running();
        resume(job, 0);
        assertThat(master.rejected()).isEqualTo("TaskNotStopped");
        AttemptId attempt = stop(job, 1);
        stop(job, 1);
        assertThat(master.reply()).as("asked again").isEqualTo(new MasterReply.Done());
        stop(job, 0);
        assertThat(master.rejected()).isEqualTo("BadRequest");
        resume(job, 0);
        assertThat(master.rejected()).isEqualTo("TaskNotStopped");
        master.checkpointAll(job, 6);
        groom.killAsTold();
        master.send(new MasterEvent.StopAttempt(master.call(), attempt, "ann"));
        assertThat(master.rejected()).isEqualTo("AttemptEnded");
        master.send(new MasterEvent.StopAttempt(master.call(), new AttemptId(job, 7, 1), "ann"));
        assertThat(master.rejected()).isEqualTo("AttemptNotFound");
        resume(new JobId("nobody"), 0);
        assertThat(master.rejected()).isEqualTo("JobNotFound");
    }

    @Test
    void stragglerIsNamedWhileOthersWait() {
        JobId job = running();
        groom.progress(master.attemptId(job, 0), 4, true);
        groom.progress(master.attemptId(job, 1), 4, false);
        groom.beat();
        assertThat(master.status(job).waitingFor().sinceMs()).isZero();
        master.passBeating(3_000, groom);
        JobStatus.WaitingFor waiting = master.status(job).waitingFor();
        assertThat(waiting.task()).isEqualTo(1);
        assertThat(waiting.groom()).isEqualTo("g1");
        assertThat(waiting.sinceMs()).isEqualTo(3_000);
        groom.progress(master.attemptId(job, 0), 5, true);
        groom.progress(master.attemptId(job, 1), 5, false);
        groom.beat();
        assertThat(master.status(job).waitingFor().sinceMs())
                .as("of this superstep")
                .isZero();
        groom.progress(master.attemptId(job, 0), 6, false);
        groom.beat();
        assertThat(master.status(job).waitingFor()).isNull();
    }

    @Test
    void whileRecordsAreDealtOutNobodyIsWaitedForUntilSomebodyWaits() {
        JobId job = running();
        groom.progress(master.attemptId(job, 0), -2, false);
        groom.progress(master.attemptId(job, 1), -2, false);
        groom.beat();
        assertThat(master.status(job).waitingFor()).isNull();
        assertThat(master.status(job).superstep()).isEqualTo(-2);
        groom.progress(master.attemptId(job, 1), -2, true);
        groom.beat();
        assertThat(master.status(job).waitingFor().task()).isZero();
    }

    @Test
    void aSecondStopAsksForACheckpointOfItsOwn() {
        JobId job = running();
        stop(job, 1);
        resume(job, 1);
        master.checkpointAll(job, 6);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        AttemptId attempt = stop(job, 1);
        assertThat(checkpointsAsked()).isEqualTo(2);
        master.checkpointAll(job, 9);
        assertThat(groom.wasToldToKill(attempt)).isTrue();
    }
}
