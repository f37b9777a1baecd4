package io.valiant.groom.core;

import static io.valiant.groom.core.GroomRig.attempt;
import static io.valiant.groom.core.GroomRig.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.AttemptId;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.Directive;
import io.valiant.protocol.Exit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.NodeReport;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.TaskAssignment;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Child JVMs that wait for an attempt. */
class SparesTest {
    private static final AttemptId FIRST = attempt(0, 1);
    private static final AttemptId SECOND = attempt(1, 1);

    private final GroomRig rig = GroomRig.registered(1);

    @Test
    void aSpareIsStartedWhenTheGroomHasBeenCalm() {
        assertThat(started()).isEmpty();
        rig.passServedMs(1000);
        assertThat(started()).containsExactly(1L);
        rig.handle(new GroomEvent.SpareReady(1, 4711));
        rig.passServedMs(600_000);
        assertThat(started()).as("there is one").containsExactly(1L);
        assertThat(rig.core.snapshot().children())
                .containsExactly(GroomSnapshot.Child.spare(4711))
                .allMatch(GroomSnapshot.Child::isSpare);
        assertThat(rig.core.snapshot().tasks()).isEmpty();
    }

    @Test
    void heartbeatsTellTheSparesThatAreThere() {
        rig.passServedMs(1000);
        assertThat(told()).as("it is being started").isEmpty();
        rig.handle(new GroomEvent.SpareReady(1, 4711));
        assertThat(told()).containsExactly(4711L);
        rig.push(launch(FIRST));
        assertThat(told()).as("it serves an attempt").isEmpty();
    }

    /** By the next heartbeat. */
    private List<Long> told() {
        rig.passMs(600);
        List<Long> spares = rig.last(GroomEffect.Beat.class).heartbeat().spares();
        rig.answerHeartbeat();
        return spares;
    }

    @Test
    void noneIsStartedBeforeAMasterKnowsTheGroom() {
        GroomRig fresh = new GroomRig(1);
        fresh.handle(new GroomEvent.Started(new GroomAddresses("h", 1, "", "unix:/x"), List.of()));
        fresh.passMs(60_000);
        assertThat(fresh.all(GroomEffect.StartSpare.class)).isEmpty();
    }

    @Test
    void asManyAreStartedAsAreWanted() {
        GroomRig more = GroomRig.registered(3);
        more.passServedMs(1000);
        assertThat(more.all(GroomEffect.StartSpare.class)).hasSize(3);
    }

    @Test
    void aLaunchTakesTheSpareAndTheNextIsStartedOnceItHasRunForLong() {
        spareWaits();
        rig.push(launch(FIRST));
        assertThat(spareOf(FIRST)).isEqualTo(1);
        rig.passServedMs(40_000);
        assertThat(started())
                .as("nothing is started beside a child that starts")
                .containsExactly(1L);

        rig.attach(FIRST, 1, rig.last(GroomEffect.Launch.class).token());
        rig.passServedMs(29_900);
        assertThat(started()).as("a short job has the processor to itself").containsExactly(1L);
        rig.passServedMs(200);
        assertThat(started()).containsExactly(1L, 2L);
    }

    @Test
    void theNextIsStartedSoonAfterTheLastChildIsGone() {
        spareWaits();
        rig.push(launch(FIRST), launch(SECOND));
        rig.all(GroomEffect.Launch.class)
                .forEach(launch -> rig.attach(launch.assignment().attempt(), 1, launch.token()));
        rig.passServedMs(4000);
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(1, null), false));
        rig.passServedMs(4000);
        assertThat(started()).as("another runs").containsExactly(1L);
        rig.handle(new GroomEvent.ChildExited(SECOND, new Exit(1, null), false));
        rig.passServedMs(900);
        assertThat(started()).containsExactly(1L);
        rig.passServedMs(200);
        assertThat(started()).containsExactly(1L, 2L);
    }

    @Test
    void aSpareServesOneAttempt() {
        spareWaits();
        rig.push(launch(FIRST), launch(SECOND));
        assertThat(spareOf(FIRST)).isEqualTo(1);
        assertThat(spareOf(SECOND)).isEqualTo(GroomEffect.Launch.NO_SPARE);
    }

    @Test
    void aSpareWhoseProcessIsNotKnownIsNotTaken() {
        rig.passServedMs(1000);
        rig.push(launch(FIRST));
        assertThat(spareOf(FIRST)).isEqualTo(GroomEffect.Launch.NO_SPARE);
    }

    @Test
    void onlyAJobThatAsksForNothingOfItsOwnTakesASpare() {
        long gib = 1L << 30;
        assertThat(isTakenBy(GroomRig.spec(2 * gib, new TreeMap<>()))).isFalse();
        assertThat(isTakenBy(GroomRig.spec(gib, map("bsp.task.java.opts", "-Dx=y"))))
                .isFalse();
        assertThat(isTakenBy(GroomRig.spec(gib, map("bsp.no.such.key", "1")))).isTrue();
        assertThat(isTakenBy(GroomRig.spec(gib, new TreeMap<>(), map("MODE", "fast"), List.of())))
                .isFalse();
        assertThat(isTakenBy(GroomRig.spec(gib, new TreeMap<>(), new TreeMap<>(), List.of("-Dx=y"))))
                .isFalse();
        assertThat(isTakenBy(GroomRig.spec(gib, map("bsp.task.java.opts", "-Dcluster=yes"))))
                .as("the same, said again")
                .isTrue();
        assertThat(isTakenBy(GroomRig.spec(gib, map("bsp.task.ping.timeout", "8s"))))
                .isTrue();
    }

    private static TreeMap<String, String> map(String key, String value) {
        TreeMap<String, String> map = new TreeMap<>();
        map.put(key, value);
        return map;
    }

    private static boolean isTakenBy(JobSpec job) {
        GroomRig one = GroomRig.registered(1);
        one.passServedMs(1000);
        one.handle(new GroomEvent.SpareReady(1, 4711));
        one.push(new Directive.LaunchTask(new TaskAssignment(FIRST, 1, job, List.of())));
        return one.last(GroomEffect.Launch.class).spare() == 1;
    }

    @Test
    void oneThatDiedYoungIsReplacedAfterAPauseThatGrows() {
        spareWaits();
        rig.handle(new GroomEvent.SpareGone(1, "no memory"));
        assertThat(rig.last(GroomEffect.Note.class).line()).contains("spare 1").contains("no memory");
        rig.passServedMs(4900);
        assertThat(started()).hasSize(1);
        rig.passServedMs(100);
        assertThat(started()).hasSize(2);
        rig.handle(new GroomEvent.SpareGone(2, "no memory"));
        rig.passServedMs(9900);
        assertThat(started()).hasSize(2);
        rig.passServedMs(100);
        assertThat(started()).hasSize(3);
    }

    @Test
    void oneThatHasLivedLongIsReplacedAtOnce() {
        spareWaits();
        rig.passServedMs(20_000);
        rig.handle(new GroomEvent.SpareGone(1, "signal SIGKILL"));
        rig.passServedMs(100);
        assertThat(started()).hasSize(2);
    }

    @Test
    void noneIsStartedWhileTheGroomHolds() {
        rig.passMs(500);
        rig.failHeartbeat();
        rig.passMs(7000);
        rig.forgetEffects();
        rig.passMs(10_000);
        assertThat(rig.core.snapshot().holding()).isTrue();
        assertThat(started()).isEmpty();
    }

    @Test
    void anUnhealthyGroomHasNone() {
        spareWaits();
        rig.handle(new GroomEvent.NodeSampled(node("disk full")));
        assertThat(rig.all(GroomEffect.EndSpare.class)).containsExactly(new GroomEffect.EndSpare(1));
        rig.push(launch(FIRST));
        assertThat(spareOf(FIRST)).as("one that is ending is not taken").isEqualTo(GroomEffect.Launch.NO_SPARE);
        rig.handle(new GroomEvent.LaunchFailed(FIRST, "disk full"));
        rig.handle(new GroomEvent.SpareGone(1, "signal SIGKILL"));
        rig.passServedMs(10_000);
        assertThat(started()).hasSize(1);
        assertThat(rig.all(GroomEffect.EndSpare.class)).hasSize(1);

        rig.handle(new GroomEvent.NodeSampled(node(null)));
        rig.passServedMs(1000);
        assertThat(started()).hasSize(2);
    }

    @Test
    void oneThatWasStillBeingStartedIsToldAgainToEnd() {
        rig.passServedMs(1000);
        rig.handle(new GroomEvent.NodeSampled(node("disk full")));
        rig.forgetEffects();
        rig.handle(new GroomEvent.SpareReady(1, 4711));
        assertThat(rig.all(GroomEffect.EndSpare.class)).containsExactly(new GroomEffect.EndSpare(1));
    }

    private static NodeReport node(String unhealthy) {
        return new NodeReport(2, 0, 1, 1, "/d", 1, 1, true, unhealthy, 0);
    }

    @Test
    void aRefusedGroomEndsItsSpares() {
        spareWaits();
        rig.passMs(500);
        rig.handle(new GroomEvent.HeartbeatAnswered(
                rig.last(GroomEffect.Beat.class).heartbeat().number(),
                new io.valiant.protocol.HeartbeatReply.Register(GroomRig.EPOCH)));
        rig.handle(new GroomEvent.RegistrationAnswered(new RegistrationReply.Refused("the name is taken")));
        assertThat(rig.all(GroomEffect.EndSpare.class)).containsExactly(new GroomEffect.EndSpare(1));
    }

    @Test
    void anAttemptInASpareEndsLikeAnyOther() {
        spareWaits();
        rig.run(FIRST, 1);
        rig.said(1, new ChildMessage.Finished(1, GroomRig.result()));
        rig.answerReport();
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(0, null), false));
        assertThat(rig.ended().cause()).isNull();
        rig.handle(new GroomEvent.SpareGone(1, "of a spare that nobody knows any more"));
        assertThat(rig.all(GroomEffect.Note.class))
                .noneMatch(note -> note.line().contains("spare"));
    }

    private void spareWaits() {
        rig.passServedMs(1000);
        rig.handle(new GroomEvent.SpareReady(1, 4711));
    }

    private List<Long> started() {
        return rig.all(GroomEffect.StartSpare.class).stream()
                .map(GroomEffect.StartSpare::spare)
                .toList();
    }

    private long spareOf(AttemptId attempt) {
        return rig.all(GroomEffect.Launch.class).stream()
                .filter(launch -> launch.assignment().attempt().equals(attempt))
                .findFirst()
                .orElseThrow()
                .spare();
    }
}
