package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.RegistrationReply;
import org.junit.jupiter.api.Test;

/** Grooms that an operator takes out of use and back. */
class DrainTest {
    private final MasterHarness master = new MasterHarness(Configs.blacklisting(2, 30_000));

    private GroomStatus shown(FakeGroom groom) {
        return master.core.snapshot().groom(groom.id);
    }

    private void drain(FakeGroom groom) {
        master.send(new MasterEvent.DrainGroom(master.call(), groom.id, "ann"));
    }

    private void undrain(FakeGroom groom) {
        master.send(new MasterEvent.UndrainGroom(master.call(), groom.id, "ann"));
    }

    private void remove(FakeGroom groom) {
        master.send(new MasterEvent.RemoveGroom(master.call(), groom.id, "ann"));
    }

    private String refusal() {
        for (MasterEffect.Reject reject : master.effects(MasterEffect.Reject.class)) {
            return reject.code() + ": " + reject.message();
        }
        return null;
    }

    private JobId running(int tasks) {
        JobId job = master.submit(Specs.supersteps(tasks));
        master.attachAll(job);
        return job;
    }

    @Test
    void drainedGroomEndsItsTasksAndGetsNoNewOnes() {
        FakeGroom one = master.groom("g1", 2);
        JobId first = running(1);
        drain(one);
        master.reply();
        assertThat(shown(one).state()).isEqualTo(GroomState.DRAINING);
        assertThat(shown(one).reason()).isEqualTo("drained by ann");
        assertThat(one.wasToldToKill(master.attemptId(first, 0))).isFalse();
        JobId second = master.submit(Specs.supersteps(1));
        assertThat(master.state(second)).isEqualTo(JobState.PENDING);
        assertThat(master.status(second).reason()).isEqualTo("needs 1 slot, cluster has 0");
        master.finishAll(first);
        assertThat(master.state(first)).isEqualTo(JobState.SUCCEEDED);
        one.beat();
        assertThat(one.table).isEmpty();
        undrain(one);
        master.reply();
        assertThat(shown(one).state()).isEqualTo(GroomState.ACTIVE);
        assertThat(shown(one).reason()).isNull();
        assertThat(one.table).hasSize(1);
    }

    @Test
    void jvmOfADrainedGroomDoesNotStayOverARollBack() {
        FakeGroom one = master.groom("g1", 1);
        FakeGroom two = master.groom("g2", 2);
        JobId job = running(2);
        AttemptId there = one.table.firstKey();
        int elsewhere = 1 - there.task();
        drain(one);
        master.groomOf(job, elsewhere).exit(master.attemptId(job, elsewhere), 1);
        assertThat(one.wasToldToKill(there)).isTrue();
        one.killAsTold();
        assertThat(two.table).hasSize(2);
        assertThat(master.status(job).task().get(there.task()).attempts().get(0).charged())
                .isFalse();
    }

    @Test
    void drainIsStoredAndOutlivesIncarnations() {
        FakeGroom one = master.groom("g1", 1);
        drain(one);
        master.restart();
        assertThat(shown(one).state()).isEqualTo(GroomState.DRAINING);
        assertThat(shown(one).reason()).isEqualTo("drained by ann");
        one.processRestarts("t2");
        one.register();
        assertThat(one.incarnation).isEqualTo(2);
        assertThat(shown(one).state()).isEqualTo(GroomState.DRAINING);
        master.pass(10_500);
        assertThat(shown(one).state()).isEqualTo(GroomState.LOST);
        master.restart();
        assertThat(shown(one).state()).isEqualTo(GroomState.LOST);
        one.processRestarts("t3");
        one.register();
        assertThat(shown(one).state()).isEqualTo(GroomState.DRAINING);
        undrain(one);
        master.restart();
        one.register();
        assertThat(shown(one).state()).isEqualTo(GroomState.ACTIVE);
    }

    @Test
    void drainedTwiceIsDrainedOnce() {
        FakeGroom one = master.groom("g1", 1);
        drain(one);
        master.send(new MasterEvent.DrainGroom(master.call(), one.id, "bob"));
        master.reply();
        assertThat(shown(one).reason()).isEqualTo("drained by ann");
        undrain(one);
        undrain(one);
        master.reply();
        assertThat(shown(one).state()).isEqualTo(GroomState.ACTIVE);
    }

    @Test
    void undrainLiftsTheBlacklistAtOnce() {
        FakeGroom bad = master.groom("g1", 1);
        bad.labels.put("name", "g1");
        bad.register();
        master.groom("g2", 1);
        for (int i = 0; i < 2; i++) {
            JobId job = master.submit(Specs.withSelector(1, "name=g1"));
            bad.exit(master.attemptId(job, 0), 1);
            master.cancel(job);
            bad.killAsTold();
        }
        assertThat(shown(bad).state()).isEqualTo(GroomState.BLACKLISTED);
        drain(bad);
        assertThat(shown(bad).state()).isEqualTo(GroomState.DRAINING);
        undrain(bad);
        assertThat(shown(bad).state()).isEqualTo(GroomState.ACTIVE);
        JobId job = master.submit(Specs.withSelector(1, "name=g1"));
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void tasksLeaveADrainedGroomThatBecomesUnhealthy() {
        FakeGroom sick = master.groom("g1", 1);
        JobId job = running(1);
        AttemptId there = master.attemptId(job, 0);
        master.groom("g2", 1);
        drain(sick);
        sick.unhealthy = "disk /d is full";
        sick.beat();
        assertThat(sick.wasToldToKill(there)).isTrue();
        undrain(sick);
        assertThat(shown(sick).state()).isEqualTo(GroomState.UNHEALTHY);
    }

    @Test
    void groomThatIsNotThereIsRefused() {
        GroomId none = new GroomId("none");
        master.send(new MasterEvent.DrainGroom(master.call(), none, "ann"));
        assertThat(master.rejected()).isEqualTo("GroomNotFound");
        master.send(new MasterEvent.UndrainGroom(master.call(), none, "ann"));
        assertThat(master.rejected()).isEqualTo("GroomNotFound");
        master.send(new MasterEvent.RemoveGroom(master.call(), none, "ann"));
        assertThat(master.rejected()).isEqualTo("GroomNotFound");
        assertThat(refusal()).isEqualTo("GroomNotFound: no groom none; bsp groom list shows those there are");
    }

    @Test
    void groomInUseIsNotRemoved() {
        FakeGroom one = master.groom("g1", 1);
        JobId job = running(1);
        remove(one);
        assertThat(refusal())
                .isEqualTo(
                        "GroomInUse: groom g1 is ACTIVE; bsp groom drain g1 first, and wait until its tasks have ended");
        drain(one);
        master.effects.clear();
        remove(one);
        assertThat(refusal())
                .isEqualTo("GroomInUse: groom g1 is DRAINING and still has 1 task; wait until its tasks have ended");
        assertThat(shown(one)).isNotNull();
        master.finishAll(job);
        remove(one);
        master.reply();
        assertThat(shown(one)).isNull();
    }

    @Test
    void processOfARemovedGroomIsRefusedAndAnotherIsNot() {
        FakeGroom one = master.groom("g1", 1);
        drain(one);
        remove(one);
        assertThat(master.core.snapshot().grooms()).isEmpty();
        assertThat(master.core.snapshot().slots()).isZero();
        master.send(new MasterEvent.Beat(master.call(), one.heartbeat()));
        assertThat(master.reply().toString()).contains("Fenced");
        assertThat(one.register()).isInstanceOf(RegistrationReply.Fenced.class);
        one.incarnation = 0;
        assertThat(one.register())
                .isEqualTo(new RegistrationReply.Refused("groom g1 was removed; start it again to have it back"));
        master.restart();
        assertThat(master.core.snapshot().grooms()).isEmpty();
        assertThat(one.register()).isInstanceOf(RegistrationReply.Refused.class);
        one.processRestarts("t2");
        assertThat(one.register()).isInstanceOf(RegistrationReply.Accepted.class);
        assertThat(one.incarnation).as("numbers go on").isEqualTo(2);
        assertThat(shown(one).state()).as("nobody has drained this one").isEqualTo(GroomState.ACTIVE);
        drain(one);
        assertThat(shown(one).state()).isEqualTo(GroomState.DRAINING);
    }

    @Test
    void lostGroomIsRemoved() {
        FakeGroom one = master.groom("g1", 1);
        FakeGroom two = master.groom("g2", 1);
        master.passBeating(10_500, two);
        assertThat(shown(one).state()).isEqualTo(GroomState.LOST);
        remove(one);
        master.reply();
        assertThat(master.core.snapshot().grooms()).hasSize(1);
        remove(one);
        assertThat(master.rejected()).isEqualTo("GroomNotFound");
        one.processRestarts("t2");
        one.rpcPort = 7000;
        assertThat(one.register()).isInstanceOf(RegistrationReply.Accepted.class);
    }
}
