package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.Exit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures of attempts, links and grooms, and what they lead to. */
class RecoveryTest {
    private final MasterHarness master = new MasterHarness();

    private void fail(JobId job, int task) {
        master.groomOf(job, task).exit(master.attemptId(job, task), 1);
    }

    private void killAll() {
        master.grooms.values().forEach(FakeGroom::killAsTold);
    }

    @Test
    void failureOfOneRollsBackAll() {
        FakeGroom one = master.groom("g1", 2);
        FakeGroom two = master.groom("g2", 2);
        JobId job = master.submit(Specs.tasks(3));
        master.attachAll(job);
        AttemptId second = master.attemptId(job, 1);
        FakeGroom groomOfSecond = master.groomOf(job, 1);
        fail(job, 0);
        assertThat(master.state(job)).isEqualTo(JobState.RECOVERING);
        assertThat(master.status(job).generation()).isEqualTo(2);
        assertThat(groomOfSecond.wasToldToKill(second)).isTrue();
        assertThat(master.attempt(job, 0).charged()).isTrue();
        assertThat(master.attempt(job, 0).cause().type()).isEqualTo(CauseType.EXIT);
        assertThat(master.status(job).task().get(1).attempts())
                .as("no new one before all are gone")
                .hasSize(1);

        killAll();
        assertThat(master.status(job).task()).allMatch(task -> task.attempts().size() == 2);
        assertThat(master.status(job).task().get(1).attempts().get(0).state()).isEqualTo(AttemptState.KILLED);
        assertThat(master.status(job).task().get(1).attempts().get(0).cause().type())
                .isEqualTo(CauseType.PEER_FAILED);
        assertThat(master.status(job).task().get(1).attempts().get(0).charged()).isFalse();
        assertThat(master.state(job)).isEqualTo(JobState.RECOVERING);
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(one.peerTables(job)).extracting(t -> t.generation()).endsWith(2L);
        assertThat(one.peerTables(job).get(0).secret())
                .isNotEqualTo(one.peerTables(job).get(1).secret());
        master.finishAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
        assertThat(master.status(job).counters().get("app")).containsEntry("n", 6L);
        assertThat(one.slots + two.slots).isEqualTo(4);
    }

    @Test
    void secondAttemptGoesToTheSameGroomAndTheThirdElsewhere() {
        master.groom("g1", 1);
        master.groom("g2", 1);
        JobId job = master.submit(Specs.tasks(1));
        String first = master.attempt(job, 0).groom();
        fail(job, 0);
        assertThat(master.attempt(job, 0).groom()).isEqualTo(first);
        fail(job, 0);
        assertThat(master.attempt(job, 0).groom()).isNotEqualTo(first);
        assertThat(master.attempt(job, 0).id()).endsWith("_a3");
    }

    @Test
    void thirdAttemptStaysWhereThereIsNoOtherGroom() {
        master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        fail(job, 0);
        fail(job, 0);
        assertThat(master.attempt(job, 0).id()).endsWith("_a3");
        assertThat(master.attempt(job, 0).groom()).isEqualTo("g1");
    }

    @Test
    void thirdChargedFailureFailsTheJobWithItsCause() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        for (int round = 0; round < 2; round++) {
            fail(job, 1);
            killAll();
        }
        master.attachAll(job);
        AttemptId other = master.attemptId(job, 0);
        Cause cause = new Cause(CauseType.USER_ERROR, "boom", null, null, 4L, "x.Boom: boom", null, null);
        groom.end(master.attemptId(job, 1), new Exit(1, null), cause);
        assertThat(master.state(job)).as("the other child is still there").isEqualTo(JobState.RECOVERING);
        assertThat(groom.wasToldToKill(other)).isTrue();
        killAll();
        assertThat(master.state(job)).isEqualTo(JobState.FAILED);
        assertThat(master.status(job).cause().message()).isEqualTo("boom");
        assertThat(master.status(job).cause().attempt()).isEqualTo(job + "_t1_a3");
        assertThat(master.status(job).cause().exception()).isEqualTo("x.Boom: boom");
        assertThat(master.attempt(job, 0).charged()).isFalse();
        assertThat(groom.wasToldToForget(job)).isTrue();
    }

    @Test
    void tasksThatFailTogetherAreAllCharged() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        for (int round = 0; round < 3; round++) {
            AttemptId first = master.attemptId(job, 0);
            AttemptId second = master.attemptId(job, 1);
            groom.exit(first, 1);
            groom.exit(second, 1);
        }
        assertThat(master.state(job)).isEqualTo(JobState.FAILED);
        assertThat(master.status(job).generation()).isEqualTo(3);
    }

    @Test
    void orphanedAndFencedChildrenAreNotCharged() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        groom.end(master.attemptId(job, 0), new Exit(Exit.ORPHAN_CODE, null), Cause.of(CauseType.EXIT, "exit 69"));
        groom.end(master.attemptId(job, 1), new Exit(Exit.FENCED_CODE, null), Cause.of(CauseType.EXIT, "exit 70"));
        assertThat(master.status(job).task()).allMatch(t -> !t.attempts().get(0).charged());
        assertThat(master.status(job).task().get(0).attempts().get(0).state()).isEqualTo(AttemptState.LOST);
        assertThat(master.status(job).generation()).isEqualTo(2);
    }

    @Test
    void rollBacksWithoutCulpritAreCapped() {
        master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        for (int i = 0; i < 4; i++) {
            master.send(new MasterEvent.EndAttempt(master.call(), master.attemptId(job, 0), false, "ann"));
            killAll();
            assertThat(master.state(job)).isEqualTo(JobState.RECOVERING);
        }
        master.send(new MasterEvent.EndAttempt(master.call(), master.attemptId(job, 0), false, "ann"));
        killAll();
        assertThat(master.state(job)).isEqualTo(JobState.FAILED);
        assertThat(master.status(job).cause().message())
                .contains("rolled back 4 times")
                .contains("killed by ann");
    }

    @Test
    void attemptFailedByAnOperatorIsCharged() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        AttemptId attempt = master.attemptId(job, 1);
        master.send(new MasterEvent.EndAttempt(master.call(), attempt, true, "ann"));
        assertThat(groom.wasToldToKill(attempt)).isTrue();
        killAll();
        var ended = master.status(job).task().get(1).attempts().get(0);
        assertThat(ended.state()).isEqualTo(AttemptState.FAILED);
        assertThat(ended.charged()).isTrue();
        assertThat(ended.cause().message()).isEqualTo("failed by ann");
        master.send(new MasterEvent.EndAttempt(master.call(), attempt, true, "ann"));
        assertThat(master.rejected()).isEqualTo("AttemptEnded");
        master.send(new MasterEvent.EndAttempt(master.call(), new AttemptId(job, 5, 1), true, "ann"));
        assertThat(master.rejected()).isEqualTo("AttemptNotFound");
    }

    @Test
    void lostLinkRollsBackAfterAGrace() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        groom.linkLost(master.attemptId(job, 0), 1);
        master.pass(999);
        assertThat(master.status(job).generation()).isEqualTo(1);
        groom.beat();
        master.pass(1);
        assertThat(master.status(job).generation()).isEqualTo(2);
        killAll();
        assertThat(master.status(job).task()).allMatch(t -> !t.attempts().get(0).charged());
    }

    @Test
    void exitReportedWithinTheGraceIsCharged() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        groom.linkLost(master.attemptId(job, 0), 1);
        master.pass(500);
        Cause killed = Cause.of(CauseType.SIGNAL, "ended by SIGKILL");
        groom.end(master.attemptId(job, 1), new Exit(null, "SIGKILL"), killed);
        assertThat(master.attempt(job, 1).charged()).isTrue();
        killAll();
        master.pass(2000);
        assertThat(master.status(job).generation()).as("rolled back once").isEqualTo(2);
        assertThat(master.status(job).task().get(0).attempts().get(0).charged()).isFalse();
    }

    @Test
    void culpritThatIsReportedLateTakesTheRollBackOnItself() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        for (int i = 0; i < 4; i++) {
            master.attachAll(job);
            groom.linkLost(master.attemptId(job, 0), 1);
            groom.beat();
            master.pass(1000);
            boolean lastTry = i > 1;
            Cause killed = Cause.of(CauseType.SIGNAL, "ended by SIGKILL");
            groom.end(master.attemptId(job, 1), new Exit(null, "SIGKILL"), killed);
            killAll();
            if (lastTry) {
                break;
            }
        }
        assertThat(master.state(job)).isEqualTo(JobState.FAILED);
        assertThat(master.status(job).cause().message()).isEqualTo("ended by SIGKILL");
    }

    @Test
    void infrastructureThatFailsAgainAndAgainIsGivenTime() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        for (int i = 0; i < 3; i++) {
            master.attachAll(job);
            groom.linkLost(master.attemptId(job, 0), 1);
            groom.beat();
            master.pass(1000);
            killAll();
        }
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(master.status(job).reason()).startsWith("back-off until");
        assertThat(master.status(job).nextTryAt()).isNotNull();
        assertThat(master.status(job).task().get(0).attempts()).hasSize(3);
        master.passBeating(4500, groom);
        assertThat(master.status(job).task().get(0).attempts()).hasSize(3);
        master.passBeating(1000, groom);
        assertThat(master.status(job).task().get(0).attempts()).hasSize(4);
        assertThat(master.status(job).nextTryAt()).isNull();
    }

    @Test
    void resultOfAnOlderGenerationIsNotTaken() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        AttemptId old = master.attemptId(job, 1);
        var late = groom.finished(old);
        fail(job, 0);
        groom.report(late);
        killAll();
        groom.report(late);
        var ended = master.status(job).task().get(1).attempts().get(0);
        assertThat(ended.state()).isEqualTo(AttemptState.KILLED);
        assertThat(master.status(job).generation()).isEqualTo(2);
    }

    @Test
    void finishedPeerIsDroppedWhenAnotherFails() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        AttemptId done = master.attemptId(job, 1);
        groom.finish(done);
        groom.exit(done, 0);
        assertThat(master.attempt(job, 1).state()).isEqualTo(AttemptState.COMMITTING);
        fail(job, 0);
        assertThat(master.status(job).task().get(1).attempts().get(0).state()).isEqualTo(AttemptState.KILLED);
        assertThat(master.status(job).task().get(1).attempts()).hasSize(2);
        master.attachAll(job);
        master.finishAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
        assertThat(master.status(job).counters().get("app")).containsEntry("n", 3L);
    }

    @Test
    void childThatDiesAfterItsResultWasStoredIsNotMissed() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        AttemptId done = master.attemptId(job, 1);
        groom.finish(done);
        groom.end(done, new Exit(null, "SIGKILL"), Cause.of(CauseType.SIGNAL, "ended by SIGKILL"));
        assertThat(master.status(job).generation()).isEqualTo(1);
        groom.finish(master.attemptId(job, 0));
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
        assertThat(master.attempt(job, 1).signal()).isEqualTo("SIGKILL");
    }

    @Test
    void exitWithoutAResultIsAFailureWhateverTheCode() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        groom.exit(master.attemptId(job, 0), 0);
        assertThat(master.status(job).task().get(0).attempts().get(0).charged()).isTrue();
        assertThat(master.status(job).task().get(0).attempts().get(0).cause().message())
                .isEqualTo("ended with exit code 0 without a result");
    }

    @Test
    void sameReportTwiceCountsOnce() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        AttemptId first = master.attemptId(job, 0);
        groom.exit(first, 1);
        groom.report(new io.valiant.protocol.GroomReport.Ended(
                first, 1, new Exit(1, null), Cause.of(CauseType.EXIT, "exited with 1")));
        assertThat(master.status(job).generation()).isEqualTo(2);
        assertThat(master.status(job).task().get(0).attempts())
                .extracting(a -> a.state())
                .isEqualTo(List.of(AttemptState.FAILED, AttemptState.ASSIGNED));
    }
}
