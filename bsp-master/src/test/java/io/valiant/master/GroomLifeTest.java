package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.Directive;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Registration, leases, fencing, health, and the comparison of tables. */
class GroomLifeTest {
    private final MasterHarness master = new MasterHarness();

    private GroomState state(FakeGroom groom) {
        return master.core.snapshot().groom(groom.id).state();
    }

    @Test
    void registrationThatIsRepeatedChangesNothing() {
        FakeGroom groom = master.groom("g1", 3);
        JobId job = master.submit(Specs.tasks(1));
        long applied = groom.applied;
        groom.incarnation = 0;
        RegistrationReply again = groom.register();
        assertThat(((RegistrationReply.Accepted) again).incarnation()).isEqualTo(1);
        groom.applied = applied;
        master.cancel(job);
        assertThat(groom.directives).anyMatch(d -> d instanceof Directive.KillAttempt);
    }

    @Test
    void whatRunsThereAndIsInNoBookIsKilledAndHasASlot() {
        FakeGroom groom = master.groom("g1", 2);
        AttemptId stranger = new AttemptId(new JobId("job_elsewhere_7"), 0, 1);
        groom.table.put(
                stranger, new AttemptSummary(stranger, 1, AttemptState.RUNNING, 99, "g1", 7000, AttemptProgress.NONE));
        groom.beat();
        assertThat(groom.wasToldToKill(stranger)).isTrue();
        JobId job = master.submit(Specs.tasks(2));
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        groom.table.remove(stranger);
        groom.beat();
        assertThat(master.status(job).task()).allMatch(task -> task.attempts().size() == 1);
    }

    @Test
    void childrenAreThoseOfAttemptsThenSpares() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        AttemptId attached = master.attemptId(job, 1);
        groom.attach(attached);
        groom.spares = List.of(77L, 78L);
        groom.beat();
        assertThat(master.core.snapshot().groom(groom.id).children())
                .as("the other attempt has no process yet")
                .containsExactly(
                        new GroomStatus.Child(1001, "task", attached.toString()),
                        new GroomStatus.Child(77, "spare", null),
                        new GroomStatus.Child(78, "spare", null));
        groom.spares = List.of(78L);
        groom.beat();
        assertThat(master.core.snapshot().groom(groom.id).children()).hasSize(2);
        assertThat(master.core.snapshot().slotsUsed()).as("spares take no slot").isEqualTo(2);
        master.pass(10_500);
        assertThat(master.core.snapshot().groom(groom.id).children()).isEmpty();
    }

    @Test
    void silentGroomIsLostAtExpiryAndItsTasksGoElsewhere() {
        FakeGroom one = master.groom("g1", 2);
        FakeGroom two = master.groom("g2", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        AttemptId lost = master.attemptId(job, master.groomOf(job, 0) == one ? 0 : 1);
        master.passBeating(9_500, two);
        assertThat(state(one)).isEqualTo(GroomState.ACTIVE);
        master.passBeating(1_000, two);
        assertThat(state(one)).isEqualTo(GroomState.LOST);
        assertThat(master.status(job).generation()).isEqualTo(2);
        two.killAsTold();
        assertThat(two.table).hasSize(2);
        var attempt = master.status(job).task().get(lost.task()).attempts().get(0);
        assertThat(attempt.state()).isEqualTo(AttemptState.LOST);
        assertThat(attempt.charged()).isFalse();
        assertThat(attempt.cause().type()).isEqualTo(CauseType.GROOM_LOST);
    }

    @Test
    void noGroomIsLostBeforeTheMasterCanBeReached() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        master.restartUnreachable();
        master.pass(25_000);
        master.core.tick(master.nowNs, master);
        master.send(new MasterEvent.Serves());
        master.pass(9_900);
        assertThat(state(groom)).isEqualTo(GroomState.ACTIVE);
        assertThat(groom.register()).isInstanceOf(RegistrationReply.Accepted.class);
        groom.beat();
        assertThat(master.status(job).generation()).isEqualTo(1);
        master.pass(10_000);
        assertThat(state(groom)).isEqualTo(GroomState.LOST);
    }

    @Test
    void lostGroomReturnsWithANewIncarnation() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        AttemptId old = master.attemptId(job, 0);
        groom.attach(old);
        var late = groom.finished(old);
        master.pass(10_000);
        assertThat(state(groom)).isEqualTo(GroomState.LOST);
        assertThat(groom.beat()).isInstanceOf(HeartbeatReply.Fenced.class);
        assertThat(groom.report(late)).isInstanceOf(ReportReply.Fenced.class);
        assertThat(groom.register()).isInstanceOf(RegistrationReply.Fenced.class);
        groom.table.clear();
        groom.incarnation = 0;
        assertThat(groom.register()).isInstanceOf(RegistrationReply.Accepted.class);
        assertThat(groom.incarnation).isEqualTo(2);
        assertThat(state(groom)).isEqualTo(GroomState.ACTIVE);
        assertThat(master.attempt(job, 0).id()).endsWith("_a2");
        assertThat(master.attempt(job, 0).incarnation()).isEqualTo(2);
    }

    @Test
    void restartedGroomEndsItsOldIncarnationAtOnce() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        groom.processRestarts("t2");
        groom.register();
        assertThat(groom.incarnation).isEqualTo(2);
        assertThat(master.status(job).task().get(0).attempts().get(0).state()).isEqualTo(AttemptState.LOST);
        assertThat(master.attempt(job, 0).id()).endsWith("_a2");
        assertThat(groom.table).hasSize(1);
    }

    @Test
    void secondGroomOfALiveNameIsRefused() {
        master.groom("g1", 1);
        FakeGroom impostor = new FakeGroom(master, "g1", 1);
        impostor.tag = "other";
        impostor.rpcPort = 6000;
        RegistrationReply reply = impostor.register();
        assertThat(reply).isInstanceOf(RegistrationReply.Refused.class);
        assertThat(((RegistrationReply.Refused) reply).reason()).contains("g1").contains("5000");
    }

    @Test
    void groomThatIsUnhealthyFromTheStartGetsNoTasksBeforeItSaysSo() {
        JobId job = master.submit(Specs.tasks(1));
        FakeGroom groom = new FakeGroom(master, "g1", 1);
        master.grooms.put(groom.id, groom);
        groom.unhealthy = "disk is full";
        groom.register();
        assertThat(master.status(job).task().get(0).attempts()).isEmpty();
        groom.unhealthy = null;
        groom.beat();
        assertThat(master.status(job).task().get(0).attempts()).hasSize(1);
    }

    @Test
    void unhealthyGroomGetsNoTasks() {
        FakeGroom groom = master.groom("g1", 1);
        groom.unhealthy = "disk is full";
        groom.beat();
        JobId job = master.submit(Specs.tasks(1));
        assertThat(state(groom)).isEqualTo(GroomState.UNHEALTHY);
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(master.status(job).reason()).isEqualTo("needs 1 slot, cluster has 0");
        groom.unhealthy = null;
        groom.beat();
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void directivesThatWereNotPushedComeWithTheHeartbeat() {
        FakeGroom groom = master.groom("g1", 2);
        master.pushesArrive = false;
        JobId job = master.submit(Specs.tasks(2));
        assertThat(groom.table).isEmpty();
        groom.beat();
        assertThat(groom.table).hasSize(2);
        groom.beat();
        assertThat(groom.launches(master.attemptId(job, 0))).isEqualTo(1);
    }

    @Test
    void launchThatHasNotArrivedIsNotMissed() {
        FakeGroom groom = master.groom("g1", 1);
        master.pushesArrive = false;
        Heartbeat early = groom.heartbeat();
        JobId job = master.submit(Specs.tasks(1));
        groom.send(early);
        master.pass(5_000);
        assertThat(master.status(job).generation()).isEqualTo(1);
        assertThat(master.attempt(job, 0).state()).isEqualTo(AttemptState.ASSIGNED);
    }

    @Test
    void attemptThatVanishedFromTheTableIsLostAfterAGrace() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        groom.table.clear();
        groom.beat();
        master.pass(900);
        assertThat(master.status(job).generation()).isEqualTo(1);
        groom.beat();
        master.pass(100);
        assertThat(master.status(job).generation()).isEqualTo(2);
        assertThat(master.status(job).task().get(0).attempts().get(0).state()).isEqualTo(AttemptState.LOST);
        assertThat(master.status(job).task().get(0).attempts().get(0).charged()).isFalse();
    }

    @Test
    void exitReportThatComesAfterTheTableStillCounts() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        AttemptId attempt = master.attemptId(job, 0);
        groom.attach(attempt);
        var line = groom.table.remove(attempt);
        groom.beat();
        groom.table.put(attempt, line);
        groom.exit(attempt, 3);
        assertThat(master.status(job).task().get(0).attempts().get(0).exitCode())
                .isEqualTo(3);
        assertThat(master.status(job).task().get(0).attempts().get(0).charged()).isTrue();
    }

    @Test
    void attemptNobodyWantsIsKilledAndHoldsItsSlot() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        AttemptId attempt = master.attemptId(job, 0);
        var line = groom.table.get(attempt);
        groom.table.clear();
        groom.beat();
        master.pass(1_000);
        assertThat(master.attempt(job, 0).id()).endsWith("_a2");
        groom.table.clear();
        groom.table.put(attempt, line);
        groom.beat();
        assertThat(groom.wasToldToKill(attempt)).isTrue();
        assertThat(master.core.snapshot().groom(groom.id).slotsUsed()).isEqualTo(2);
    }

    @Test
    void lateHeartbeatRenewsNothing() {
        FakeGroom groom = master.groom("g1", 1);
        Heartbeat old = groom.heartbeat();
        groom.beat();
        master.pass(9_000);
        assertThat(groom.send(old)).isInstanceOf(HeartbeatReply.Accepted.class);
        master.pass(1_000);
        assertThat(state(groom)).isEqualTo(GroomState.LOST);
    }

    @Test
    void masterThatStoodStillGivesEverybodyAFullExpiry() {
        FakeGroom groom = master.groom("g1", 1);
        master.nowNs += 60_000 * MasterHarness.MS;
        master.core.tick(master.nowNs, master);
        assertThat(state(groom)).isEqualTo(GroomState.ACTIVE);
        master.pass(10_000);
        assertThat(state(groom)).isEqualTo(GroomState.LOST);
    }

    @Test
    void nodeFactsAreShown() {
        FakeGroom groom = master.groom("g1", 3);
        groom.beat();
        var status = master.core.snapshot().groom(groom.id);
        assertThat(status.cpu().processors()).isEqualTo(2);
        assertThat(status.disk().freeBytes()).isEqualTo(50);
        assertThat(status.rpc()).isEqualTo("g1:5000");
        assertThat(master.core.snapshot().slots()).isEqualTo(3);
    }
}
