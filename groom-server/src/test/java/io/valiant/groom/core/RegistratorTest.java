package io.valiant.groom.core;

import static io.valiant.groom.core.GroomRig.EPOCH;
import static io.valiant.groom.core.GroomRig.INCARNATION;
import static io.valiant.groom.core.GroomRig.JOB;
import static io.valiant.groom.core.GroomRig.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.CauseType;
import io.valiant.id.AttemptId;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import org.junit.jupiter.api.Test;

/** Registration, heartbeats, holding and fences. */
class RegistratorTest {
    private static final AttemptId FIRST = attempt(0, 1);

    private final GroomRig rig = GroomRig.registered();

    @Test
    void aFailedRegistrationIsTriedAgain() {
        GroomRig fresh = new GroomRig();
        fresh.handle(new GroomEvent.Started(new GroomAddresses("h", 1, "", "unix:/x"), java.util.List.of()));
        assertThat(fresh.all(GroomEffect.Register.class)).hasSize(1);
        fresh.handle(new GroomEvent.RegistrationAnswered(null));
        fresh.passMs(499);
        assertThat(fresh.all(GroomEffect.Register.class)).hasSize(1);
        fresh.passMs(1);
        assertThat(fresh.all(GroomEffect.Register.class)).hasSize(2);
        assertThat(fresh.last(GroomEffect.Register.class).registration().incarnation())
                .isZero();
    }

    @Test
    void aRefusedGroomStops() {
        GroomRig fresh = new GroomRig();
        fresh.handle(new GroomEvent.Started(new GroomAddresses("h", 1, "", "unix:/x"), java.util.List.of()));
        fresh.handle(new GroomEvent.RegistrationAnswered(new RegistrationReply.Refused("the name is taken")));
        assertThat(fresh.last(GroomEffect.Stop.class).reason()).isEqualTo("the name is taken");
        assertThat(fresh.all(GroomEffect.Note.class))
                .containsExactly(new GroomEffect.Note(true, "[groom-1] is refused and stops: the name is taken"));
        fresh.passMs(60_000);
        assertThat(fresh.all(GroomEffect.Register.class)).hasSize(1);
    }

    @Test
    void theHoldIsCountedFromSendingTheLastAnsweredHeartbeat() {
        rig.run(FIRST, 1);
        rig.passMs(500);
        long sentNs = rig.nowNs;
        rig.passMs(400);
        rig.answerHeartbeat();
        rig.passMs(6599);
        assertThat(rig.core.snapshot().holding()).isFalse();
        rig.passMs(1);
        assertThat(rig.nowNs - sentNs).isEqualTo(7000 * GroomRig.MS);
        assertThat(rig.core.snapshot().holding()).isTrue();
        assertThat(rig.last(GroomEffect.ToChild.class).message()).isEqualTo(new GroomMessage.Hold());
    }

    @Test
    void anAnswerEndsTheHold() {
        rig.run(FIRST, 1);
        rig.passMs(500);
        rig.failHeartbeat();
        rig.passMs(7000);
        rig.ping(1);
        rig.failHeartbeat();
        rig.passMs(0);
        assertThat(rig.last(GroomEffect.Beat.class).heartbeat().holding()).isTrue();
        rig.answerHeartbeat();
        assertThat(rig.last(GroomEffect.ToChild.class).message()).isEqualTo(new GroomMessage.Resume());
        assertThat(rig.core.snapshot().holding()).isFalse();
    }

    @Test
    void anAnswerThatComesTooLateDoesNotEndTheHold() {
        rig.run(FIRST, 1);
        rig.passMs(500);
        rig.passMs(7000);
        rig.answerHeartbeat();
        assertThat(rig.core.snapshot().holding()).isTrue();
    }

    @Test
    void aChildThatAttachesDuringAHoldIsToldSo() {
        String token = rig.run(FIRST, 1);
        rig.passMs(7100);
        rig.attach(FIRST, 2, token);
        GroomMessage.Attached attached =
                (GroomMessage.Attached) rig.last(GroomEffect.ToChild.class).message();
        assertThat(attached.holding()).isTrue();
    }

    @Test
    void aFencedGroomComesBackAsNewOnceItsChildrenAreGone() {
        rig.run(FIRST, 1);
        rig.passMs(500);
        fence(EPOCH);
        assertThat(rig.last(GroomEffect.Signal.class)).isEqualTo(new GroomEffect.Signal(FIRST, true));
        assertThat(rig.push(EPOCH, INCARNATION, 2, GroomRig.launch(attempt(1, 1)))
                        .accepted())
                .isFalse();
        assertThat(rig.all(GroomEffect.Register.class)).isEmpty();

        rig.forgetEffects();
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(null, "SIGKILL"), false));
        assertThat(rig.last(GroomEffect.Register.class).registration().incarnation())
                .isZero();
        assertThat(rig.all(GroomEffect.RemoveJobFiles.class)).containsExactly(new GroomEffect.RemoveJobFiles(JOB));
        rig.accept(EPOCH, INCARNATION + 1);
        assertThat(rig.reports())
                .as("what the fenced incarnation did is nobody's")
                .isEmpty();
        assertThat(rig.core.snapshot().incarnation()).isEqualTo(INCARNATION + 1);
    }

    private void fence(long epoch) {
        rig.handle(new GroomEvent.HeartbeatAnswered(
                rig.last(GroomEffect.Beat.class).heartbeat().number(), new HeartbeatReply.Fenced(epoch, "LOST")));
    }

    @Test
    void anOlderMasterFencesNobody() {
        rig.run(FIRST, 1);
        rig.passMs(500);
        fence(EPOCH - 1);
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
    }

    @Test
    void aNewMasterGetsIncarnationAndTable() {
        rig.run(FIRST, 1);
        rig.passMs(500);
        rig.handle(new GroomEvent.HeartbeatAnswered(
                rig.last(GroomEffect.Beat.class).heartbeat().number(), new HeartbeatReply.Register(EPOCH + 1)));
        assertThat(rig.last(GroomEffect.Register.class).registration().incarnation())
                .isEqualTo(INCARNATION);
        assertThat(rig.last(GroomEffect.Register.class).registration().attempts())
                .hasSize(1);
        rig.accept(EPOCH + 1, INCARNATION);
        assertThat(rig.core.snapshot().children()).hasSize(1);
        assertThat(rig.core.snapshot().directivesApplied()).isZero();
    }

    @Test
    void reportsWaitForARegistrationAndFollowIt() {
        rig.run(FIRST, 1);
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(1, null), false));
        rig.handle(new GroomEvent.ReportAnswered(
                rig.last(GroomEffect.Report.class).number(), new ReportReply.Register(EPOCH + 1)));
        rig.forgetEffects();
        rig.passMs(1000);
        assertThat(rig.reports()).isEmpty();
        rig.accept(EPOCH + 1, INCARNATION);
        assertThat(rig.ended().attempt()).isEqualTo(FIRST);
    }

    @Test
    void aLongAbsenceOfMastersCostsTheChildrenButNotTheirEnds() {
        rig.run(FIRST, 1);
        for (int second = 0; second < 61; second++) {
            rig.passMs(1000);
            rig.ping(1);
        }
        assertThat(rig.last(GroomEffect.Signal.class)).isEqualTo(new GroomEffect.Signal(FIRST, true));
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(null, "SIGKILL"), false));
        assertThat(rig.ended().cause().type()).isEqualTo(CauseType.GROOM_LOST);
    }

    @Test
    void aChildThatALonelyGroomIsGivenLivesNoLongerThanTheOthers() {
        GroomRig rig = GroomRig.registered();
        AttemptId first = GroomRig.attempt(0, 1);
        AttemptId second = GroomRig.attempt(1, 1);
        rig.run(first, 1);
        rig.passMs(60_000);
        assertThat(rig.all(GroomEffect.Signal.class)).containsExactly(new GroomEffect.Signal(first, true));
        rig.handle(new GroomEvent.ChildExited(first, new Exit(null, "SIGKILL"), false));
        rig.passMs(1000);
        rig.forgetEffects();
        rig.push(GroomRig.launch(second));
        rig.passMs(59_000);
        assertThat(rig.all(GroomEffect.Signal.class)).isEmpty();
        rig.passMs(1000);
        assertThat(rig.all(GroomEffect.Signal.class)).containsExactly(new GroomEffect.Signal(second, true));
    }
}
