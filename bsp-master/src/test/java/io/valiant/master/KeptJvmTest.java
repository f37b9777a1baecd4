package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomReport;
import org.junit.jupiter.api.Test;

/** JVMs that stay over a roll-back, and what becomes of those that cannot. */
class KeptJvmTest {
    private final MasterHarness master = new MasterHarness();

    private JobId running(int tasks) {
        JobId job = master.submit(Specs.supersteps(tasks));
        master.attachAll(job);
        return job;
    }

    private void fail(JobId job, int task) {
        master.groomOf(job, task).exit(master.attemptId(job, task), 1);
    }

    private void fence(JobId job, int task) {
        FakeGroom groom = master.groomOf(job, task);
        groom.end(master.attemptId(job, task), new Exit(Exit.FENCED_CODE, null), Cause.of(CauseType.EXIT, "exit 70"));
    }

    @Test
    void innocentJvmStaysAndTakesTheNewGeneration() {
        FakeGroom groom = master.groom("g1", 3);
        JobId job = running(3);
        master.checkpointAll(job, 4);
        AttemptId innocent = master.attemptId(job, 1);
        fail(job, 0);
        assertThat(master.attemptId(job, 1)).isEqualTo(innocent);
        assertThat(master.attempt(job, 1).generation()).isEqualTo(2);
        assertThat(master.attempt(job, 1).state()).isEqualTo(AttemptState.ASSIGNED);
        assertThat(master.attempt(job, 0).id()).endsWith("_a2");
        assertThat(groom.wasToldToKill(innocent)).isFalse();
        assertThat(groom.rejoined(innocent)).hasSize(1);
        assertThat(groom.rejoined(innocent).get(0).restore().superstep()).isEqualTo(4);
        assertThat(groom.rejoined(innocent).get(0).generation()).isEqualTo(2);
        groom.beat();
        assertThat(groom.rejoined(innocent)).hasSize(1);
        assertThat(groom.peerTables(job)).hasSize(1);
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(groom.peerTables(job)).hasSize(2);
        assertThat(groom.peerTables(job).get(1).peers().get(1).attempt()).isEqualTo(innocent);
        master.finishAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void addressOfTheOldGenerationIsNotBelieved() {
        FakeGroom groom = master.groom("g1", 2);
        groom.rejoins = false;
        JobId job = running(2);
        fail(job, 0);
        groom.beat();
        groom.attach(master.attemptId(job, 0));
        assertThat(master.attempt(job, 1).state()).isEqualTo(AttemptState.ASSIGNED);
        assertThat(groom.peerTables(job)).hasSize(1);
    }

    @Test
    void jvmsOfOtherGroomsStayWhenOneIsLost() {
        FakeGroom one = master.groom("g1", 2);
        FakeGroom two = master.groom("g2", 4);
        JobId job = running(3);
        int onTwo = 0;
        for (int task = 0; task < 3; task++) {
            onTwo += master.groomOf(job, task) == two ? 1 : 0;
        }
        master.passBeating(10_500, two);
        assertThat(master.status(job).generation()).isEqualTo(2);
        assertThat(two.table).hasSize(3);
        long kept = two.table.keySet().stream()
                .filter(attempt -> !two.rejoined(attempt).isEmpty())
                .count();
        assertThat(kept).isEqualTo(onTwo).isPositive();
        assertThat(one.directives).isNotEmpty();
    }

    @Test
    void jobWithoutRoomForTheMissingWaitsWithNothing() {
        FakeGroom one = master.groom("g1", 1);
        FakeGroom two = master.groom("g2", 1);
        JobId job = running(2);
        master.passBeating(10_500, two);
        AttemptId stayed = two.table.firstKey();
        assertThat(two.wasToldToKill(stayed)).isTrue();
        assertThat(two.rejoined(stayed)).isEmpty();
        two.killAsTold();
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(master.status(job).reason()).isEqualTo("needs 2 slots, cluster has 1");
        assertThat(master.core.snapshot().slotsUsed()).isZero();
        one.processRestarts("t2");
        one.register();
        assertThat(master.status(job).task()).allMatch(task -> task.attempts().size() == 2);
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void keptJvmThatCannotRejoinIsReplacedInTheSameGeneration() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        fail(job, 0);
        AttemptId stuck = master.attemptId(job, 1);
        fence(job, 1);
        assertThat(master.status(job).generation()).isEqualTo(2);
        assertThat(master.attempt(job, 1).id()).endsWith("_a2");
        assertThat(master.status(job).task().get(1).attempts().get(0).charged()).isFalse();
        assertThat(groom.launches(master.attemptId(job, 1))).isEqualTo(1);
        assertThat(groom.table).doesNotContainKey(stuck);
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(groom.peerTables(job)).hasSize(2);
    }

    @Test
    void endReportedForTheOldGenerationIsTakenToo() {
        FakeGroom groom = master.groom("g1", 2);
        groom.rejoins = false;
        JobId job = running(2);
        fail(job, 0);
        assertThat(groom.table.get(master.attemptId(job, 1)).generation()).isEqualTo(1);
        fence(job, 1);
        assertThat(master.attempt(job, 1).id()).endsWith("_a2");
        assertThat(master.status(job).generation()).isEqualTo(2);
    }

    @Test
    void keptJvmThatLeftWithItsResultOfTheOldGenerationIsNotCharged() {
        FakeGroom groom = master.groom("g1", 2);
        groom.rejoins = false;
        JobId job = running(2);
        AttemptId left = master.attemptId(job, 1);
        fail(job, 0);
        assertThat(master.attempt(job, 1).generation()).isEqualTo(2);
        assertThat(groom.table.get(left).generation()).isEqualTo(1);
        groom.exit(left, 0);
        JobStatus.Attempt ended = master.status(job).task().get(1).attempts().get(0);
        assertThat(ended.charged()).isFalse();
        assertThat(ended.state()).isEqualTo(AttemptState.KILLED);
        assertThat(master.attempt(job, 1).id()).endsWith("_a2");
        assertThat(master.status(job).generation()).isEqualTo(2);
    }

    @Test
    void keptJvmThatEndsWithoutAResultInTheNewGenerationIsCharged() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        fail(job, 0);
        groom.exit(master.attemptId(job, 1), 0);
        assertThat(master.status(job).task().get(1).attempts().get(0).charged()).isTrue();
    }

    @Test
    void keptJvmThatFailsByItselfRollsBackAgain() {
        master.groom("g1", 2);
        JobId job = running(2);
        fail(job, 0);
        fail(job, 1);
        assertThat(master.status(job).generation()).isEqualTo(3);
        assertThat(master.status(job).task().get(1).attempts().get(0).charged()).isTrue();
    }

    @Test
    void replacementWithoutRoomBeginsAnotherGenerationWithNothing() {
        FakeGroom one = master.groom("g1", 2);
        FakeGroom two = master.groom("g2", 1);
        JobId job = running(3);
        int onTwo = 0;
        while (master.groomOf(job, onTwo) != two) {
            onTwo++;
        }
        fail(job, onTwo == 0 ? 1 : 0);
        assertThat(two.rejoined(master.attemptId(job, onTwo))).hasSize(1);
        master.passBeating(10_500, one);
        assertThat(master.status(job).generation()).isEqualTo(3);
        one.killAsTold();
        assertThat(one.table).isEmpty();
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(master.core.snapshot().slotsUsed()).isZero();
    }

    @Test
    void lostLinkKeepsAllJvms() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        groom.linkLost(master.attemptId(job, 0), 1);
        groom.beat();
        master.pass(1_000);
        assertThat(master.status(job).generation()).isEqualTo(2);
        assertThat(groom.rejoined(master.attemptId(job, 0))).hasSize(1);
        assertThat(groom.rejoined(master.attemptId(job, 1))).hasSize(1);
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void attemptThatAnOperatorEndsMakesRoomBeforeTheOthersRejoin() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        AttemptId innocent = master.attemptId(job, 1);
        master.send(new MasterEvent.EndAttempt(master.call(), master.attemptId(job, 0), false, "ann"));
        assertThat(groom.rejoined(innocent)).isEmpty();
        assertThat(groom.wasToldToKill(innocent)).isFalse();
        groom.killAsTold();
        assertThat(groom.rejoined(innocent)).hasSize(1);
        assertThat(master.attempt(job, 0).id()).endsWith("_a2");
    }

    @Test
    void jobThatBacksOffKeepsNobody() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        for (int i = 0; i < 3; i++) {
            groom.linkLost(master.attemptId(job, 0), 1);
            groom.beat();
            master.pass(1_000);
            groom.killAsTold();
            if (i < 2) {
                master.attachAll(job);
            }
        }
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(groom.table).isEmpty();
    }

    @Test
    void newLeaderTellsOnlyThoseThatWereNotReached() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        master.pushesArrive = false;
        fail(job, 0);
        AttemptId innocent = master.attemptId(job, 1);
        assertThat(groom.rejoined(innocent)).isEmpty();
        master.pushesArrive = true;
        master.restart();
        groom.register();
        assertThat(groom.rejoined(innocent)).hasSize(1);
        master.restart();
        groom.register();
        assertThat(groom.rejoined(innocent)).hasSize(1);
        assertThat(groom.launches(innocent)).isEqualTo(1);
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void keptAttemptThatIsNotThereAnyMoreIsNeverLaunchedAgain() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        fail(job, 0);
        AttemptId innocent = master.attemptId(job, 1);
        master.restart();
        groom.table.remove(innocent);
        groom.register();
        assertThat(groom.launches(innocent)).isEqualTo(1);
        assertThat(master.status(job).task().get(1).attempts().get(0).state()).isEqualTo(AttemptState.LOST);
        assertThat(master.status(job).task().get(1).attempts().get(0).charged()).isFalse();
    }

    @Test
    void newLeaderDoesNotReplaceInAGenerationThatMayBePublished() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        fail(job, 0);
        master.attachAll(job);
        master.restart();
        groom.register();
        fence(job, 1);
        assertThat(master.status(job).generation()).isEqualTo(3);
    }

    @Test
    void rollBackThatANewLeaderFindsWithoutPlacesKeepsNobody() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        AttemptId innocent = master.attemptId(job, 1);
        master.pushesArrive = false;
        master.send(new MasterEvent.EndAttempt(master.call(), master.attemptId(job, 0), false, "ann"));
        master.pushesArrive = true;
        master.restart();
        groom.register();
        assertThat(groom.wasToldToKill(innocent)).isTrue();
        groom.killAsTold();
        assertThat(master.status(job).task()).allMatch(task -> task.attempts().size() == 2);
    }

    @Test
    void whatAKeptJvmWroteInTheOldGenerationIsNotTaken() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = running(2);
        GroomReport late = groom.checkpointed(master.attemptId(job, 1), 4);
        fail(job, 0);
        master.attachAll(job);
        groom.checkpoint(master.attemptId(job, 0), 4);
        groom.report(late);
        assertThat(master.status(job).checkpoint()).isNull();
        groom.checkpoint(master.attemptId(job, 1), 4);
        assertThat(master.status(job).checkpoint().path()).endsWith("/g2-s4");
    }

    @Test
    void keptJvmThatHadFoundItsCheckpointBadIsReplaced() {
        FakeGroom groom = master.groom("g1", 3);
        groom.rejoins = false;
        JobId job = running(3);
        master.checkpointAll(job, 4);
        groom.rejoins = true;
        fail(job, 0);
        master.attachAll(job);
        groom.rejoins = false;
        AttemptId late = master.attemptId(job, 2);
        var ref = groom.rejoined(late).get(0).restore();
        GroomReport second = new GroomReport.RestoreFailed(late, 2, ref, "block 2 is damaged");
        groom.restoreFailed(master.attemptId(job, 1), ref);
        assertThat(master.status(job).generation()).isEqualTo(3);
        groom.report(second);
        assertThat(groom.wasToldToKill(late)).isTrue();
        groom.killAsTold();
        assertThat(master.status(job).generation()).isEqualTo(3);
        assertThat(master.attemptId(job, 2)).isNotEqualTo(late);
        assertThat(master.status(job).task()).allMatch(task -> task.attempts().stream()
                .noneMatch(attempt -> attempt.charged() && attempt.task() > 0));
    }

    @Test
    void whatAnOperatorFailsBetweenTwoGenerationsIsChargedAndEnds() {
        FakeGroom groom = master.groom("g1", 3);
        JobId job = running(3);
        AttemptId killed = master.attemptId(job, 0);
        AttemptId failed = master.attemptId(job, 1);
        AttemptId stays = master.attemptId(job, 2);
        master.send(new MasterEvent.EndAttempt(master.call(), killed, false, "ann"));
        master.send(new MasterEvent.EndAttempt(master.call(), failed, true, "ann"));
        groom.beat();
        assertThat(groom.wasToldToKill(failed)).isTrue();
        groom.killAsTold();
        assertThat(master.attemptId(job, 1)).isNotEqualTo(failed);
        assertThat(master.attemptId(job, 2)).isEqualTo(stays);
        assertThat(master.status(job).task().get(1).attempts().get(0).charged()).isTrue();
        master.attachAll(job);
        master.finishAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
    }
}
