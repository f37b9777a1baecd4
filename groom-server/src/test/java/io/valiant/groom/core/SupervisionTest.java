package io.valiant.groom.core;

import static io.valiant.groom.core.GroomRig.attempt;
import static io.valiant.groom.core.GroomRig.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.CauseType;
import io.valiant.groom.core.GroomEvent.ProcessLook;
import io.valiant.id.AttemptId;
import io.valiant.protocol.Directive;
import io.valiant.protocol.Exit;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Silence of a child is looked into before it is judged. */
class SupervisionTest {
    private static final AttemptId FIRST = attempt(0, 1);

    private final GroomRig rig = GroomRig.registered();

    @Test
    void aSilentChildIsLookedAt() {
        rig.run(FIRST, 1);
        rig.passMs(4999);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).isEmpty();
        rig.passMs(1);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).hasSize(1);
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
    }

    @Test
    void aStoppedChildIsKilledAtOnce() {
        rig.run(FIRST, 1);
        rig.passMs(5000);
        seen(ProcessLook.STOPPED);
        assertThat(rig.all(GroomEffect.Signal.class)).containsExactly(new GroomEffect.Signal(FIRST, true));

        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(null, "SIGKILL"), false));
        assertThat(rig.ended().cause().type()).isEqualTo(CauseType.PING_TIMEOUT);
        assertThat(rig.ended().cause().message())
                .contains("no ping for 5000 ms")
                .contains("stopped");
    }

    @Test
    void aPingWhileTheProcessIsLookedAtSavesIt() {
        rig.run(FIRST, 1);
        rig.passMs(5000);
        rig.ping(1);
        seen(ProcessLook.RUNNING);
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
    }

    @Test
    void anAnswerThatComesLateIsNotJudgedBy() {
        rig.run(FIRST, 1);
        rig.passMs(5000);
        rig.freezeMs(1001);
        seen(ProcessLook.RUNNING);
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
        rig.passMs(1000);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).hasSize(2);
        seen(ProcessLook.RUNNING);
        assertThat(rig.all(GroomEffect.Signal.class)).hasSize(1);
    }

    @Test
    void anAnswerToAnEarlierLookIsNotJudgedBy() {
        rig.run(FIRST, 1);
        rig.passMs(5000);
        GroomEffect.LookAtProcess earlier = rig.last(GroomEffect.LookAtProcess.class);
        rig.ping(1);
        rig.passMs(5000);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).hasSize(2);
        rig.handle(new GroomEvent.ProcessSeen(FIRST, earlier.askedNs(), ProcessLook.RUNNING));
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
        seen(ProcessLook.RUNNING);
        assertThat(rig.all(GroomEffect.Signal.class)).hasSize(1);
    }

    @Test
    void aProcessThatIsGoneIsJudgedByItsExit() {
        rig.run(FIRST, 1);
        rig.passMs(5000);
        seen(ProcessLook.GONE);
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(null, "SIGSEGV"), false));
        assertThat(rig.ended().cause().type()).isEqualTo(CauseType.SIGNAL);
    }

    @Test
    void aGroomThatWasItselfLateJudgesNobodyForOneRound() {
        rig.run(FIRST, 1);
        rig.freezeMs(20_000);
        rig.passMs(0);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).isEmpty();
        rig.passMs(1000);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).hasSize(1);
    }

    @Test
    void aChildThatNeverAttachesHasItsOwnAllowance() {
        rig.push(launch(FIRST));
        rig.handle(new GroomEvent.Launched(FIRST, 77));
        rig.passServedMs(59_900);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).isEmpty();
        rig.passServedMs(100);
        seen(ProcessLook.RUNNING);
        assertThat(rig.last(GroomEffect.Signal.class)).isEqualTo(new GroomEffect.Signal(FIRST, true));
    }

    @Test
    void aStandstillDuringALongCallIsNoticedThoughNothingWasDue() {
        rig.push(launch(FIRST));
        rig.handle(new GroomEvent.Launched(FIRST, 77));
        rig.passServedMs(30_000);
        rig.passMs(1000);
        rig.freezeMs(5000);
        rig.passServedMs(27_000);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).isEmpty();
        rig.passServedMs(2_000);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).hasSize(1);
    }

    @Test
    void theTimeInWhichTheMachineStoodStillDoesNotCountForAStart() {
        rig.push(launch(FIRST));
        rig.handle(new GroomEvent.Launched(FIRST, 77));
        rig.passServedMs(30_000);
        rig.freezeMs(40_000);
        rig.passServedMs(29_000);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).isEmpty();
        rig.passServedMs(2_000);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).isNotEmpty();
    }

    @Test
    void aStandstillWhileAProcessIsLookedAtCountsOnce() {
        rig.push(launch(FIRST));
        rig.handle(new GroomEvent.Launched(FIRST, 77));
        rig.passServedMs(60_000);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).hasSize(1);
        rig.freezeMs(20_000);
        seen(ProcessLook.RUNNING);
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
        rig.passServedMs(2_000);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).hasSize(2);
    }

    @Test
    void aJobMayAllowMoreSilenceAndALargeHeapAddsToIt() {
        TreeMap<String, String> configuration = new TreeMap<>();
        configuration.put("bsp.task.ping.timeout", "8s");
        rig.run(launch(FIRST, 8L << 30, configuration), 1);
        rig.passMs(9999);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).isEmpty();
        rig.passMs(1);
        assertThat(rig.all(GroomEffect.LookAtProcess.class)).hasSize(1);
    }

    @Test
    void aKillThatDoesNothingIsTriedAgain() {
        rig.run(FIRST, 1);
        rig.passMs(5000);
        seen(ProcessLook.RUNNING);
        rig.passMs(2000);
        assertThat(rig.all(GroomEffect.Signal.class)).hasSize(2);
    }

    @Test
    void aChildThatComputesTooLongInOneSuperstepIsKilled() {
        runWithProgressTimeout();
        pingsFor(10_000, 7, false, "computing");
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
        pingsFor(1000, 7, false, "computing");
        assertThat(rig.all(GroomEffect.Signal.class)).containsExactly(new GroomEffect.Signal(FIRST, true));
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(null, "SIGKILL"), false));
        assertThat(rig.ended().cause().type()).isEqualTo(CauseType.PING_TIMEOUT);
        assertThat(rig.ended().cause().message()).isEqualTo("no progress in superstep 7 for 10000 ms");
    }

    @Test
    void oneThatWaitsAtABarrierOrLoadsIsNeverBlamed() {
        runWithProgressTimeout();
        pingsFor(30_000, 7, true, "computing");
        pingsFor(30_000, 7, false, "loading");
        pingsFor(30_000, 7, false, "committing");
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
    }

    @Test
    void eachSuperstepAndEachGenerationHasItsOwnTime() {
        runWithProgressTimeout();
        pingsFor(8000, 7, false, "computing");
        pingsFor(8000, 8, false, "computing");
        rig.push(new Directive.RejoinTask(GroomRig.assignment(FIRST, 2)));
        pingsFor(8000, 8, false, "computing");
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
    }

    @Test
    void aGroomThatWasItselfLateBlamesNobodyForAWantOfProgress() {
        runWithProgressTimeout();
        pingsFor(8000, 7, false, "computing");
        rig.freezeMs(20_000);
        rig.ping(1, 7, false, "computing");
        rig.ping(1, 8, false, "computing");
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
    }

    @Test
    void whereNobodyAskedForProgressItMayTakeAsLongAsItLikes() {
        rig.run(FIRST, 1);
        pingsFor(600_000, 7, false, "computing");
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
    }

    private void runWithProgressTimeout() {
        TreeMap<String, String> configuration = new TreeMap<>();
        configuration.put("bsp.task.progress.timeout", "10s");
        rig.run(launch(FIRST, 1L << 30, configuration), 1);
    }

    private void pingsFor(long ms, long superstep, boolean inBarrier, String phase) {
        for (long passed = 0; passed < ms; passed += 1000) {
            rig.ping(1, superstep, inBarrier, phase);
            rig.passServedMs(1000);
        }
    }

    private void seen(ProcessLook look) {
        rig.handle(new GroomEvent.ProcessSeen(
                FIRST, rig.last(GroomEffect.LookAtProcess.class).askedNs(), look));
    }
}
