package io.valiant.groom.core;

import static io.valiant.groom.core.GroomRig.EPOCH;
import static io.valiant.groom.core.GroomRig.INCARNATION;
import static io.valiant.groom.core.GroomRig.JOB;
import static io.valiant.groom.core.GroomRig.attempt;
import static io.valiant.groom.core.GroomRig.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.id.AttemptId;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.PeerTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Directives, slots, attempts and their ends. */
class GroomCoreTest {
    private static final AttemptId FIRST = attempt(0, 1);
    private static final AttemptId SECOND = attempt(1, 1);

    private final GroomRig rig = GroomRig.registered();

    @Test
    void anAttemptGoesFromLaunchToSuccess() {
        rig.run(FIRST, 1);
        rig.said(1, new ChildMessage.Finished(1, GroomRig.result()));
        assertThat(rig.last(GroomEffect.ToChild.class).message()).isInstanceOf(GroomMessage.Attached.class);

        rig.answerReport();
        assertThat(rig.last(GroomEffect.ToChild.class).message()).isEqualTo(new GroomMessage.EndConfirmed(1));

        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(0, null), false));
        assertThat(rig.reports().stream().map(r -> r.getClass().getSimpleName()))
                .containsExactly("Attached", "Finished", "Ended");
        assertThat(rig.ended()).isEqualTo(new GroomReport.Ended(FIRST, 1, new Exit(0, null), null));
        assertThat(rig.core.snapshot().children()).isEmpty();
    }

    @Test
    void directivesAreAppliedInOrderAndOnce() {
        assertThat(rig.push(EPOCH, INCARNATION, 1, launch(FIRST))).isEqualTo(new DirectiveReply(true, 1));
        assertThat(rig.push(EPOCH, INCARNATION, 3, launch(SECOND))).isEqualTo(new DirectiveReply(false, 1));
        assertThat(rig.push(EPOCH, INCARNATION, 1, launch(FIRST), launch(SECOND)))
                .isEqualTo(new DirectiveReply(true, 2));
        assertThat(rig.all(GroomEffect.Launch.class)).hasSize(2);
    }

    @Test
    void olderEpochsAndOtherIncarnationsAreRefused() {
        assertThat(rig.push(EPOCH - 1, INCARNATION, 1, launch(FIRST)).accepted())
                .isFalse();
        assertThat(rig.push(EPOCH, INCARNATION - 1, 1, launch(FIRST)).accepted())
                .isFalse();
        assertThat(rig.all(GroomEffect.Launch.class)).isEmpty();
    }

    @Test
    void aNewerEpochStartsAtNoneApplied() {
        rig.push(launch(FIRST));
        assertThat(rig.push(EPOCH + 1, INCARNATION, 1, launch(FIRST))).isEqualTo(new DirectiveReply(true, 1));
        assertThat(rig.push(EPOCH, INCARNATION, 2, launch(SECOND)).accepted()).isFalse();
        assertThat(rig.all(GroomEffect.Launch.class)).hasSize(1);
    }

    @Test
    void slotsAreNeverExceeded() {
        rig.push(launch(FIRST), launch(SECOND), launch(attempt(2, 1)));
        assertThat(rig.all(GroomEffect.Launch.class)).hasSize(2);
        assertThat(rig.ended().cause().type().isCharged()).isFalse();
        assertThat(rig.ended().attempt()).isEqualTo(attempt(2, 1));
    }

    @Test
    void aSlotIsFreeOnlyWhenTheProcessGroupIsGone() {
        rig.run(FIRST, 1);
        rig.run(SECOND, 2);
        rig.push(new Directive.KillAttempt(FIRST, true, "roll-back"));
        rig.push(launch(attempt(0, 2)));
        assertThat(rig.ended().attempt()).isEqualTo(attempt(0, 2));

        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(null, "SIGKILL"), false));
        rig.push(launch(attempt(0, 3)));
        assertThat(rig.last(GroomEffect.Launch.class).assignment().attempt()).isEqualTo(attempt(0, 3));
    }

    @Test
    void aKillIsTermThenGraceThenKill() {
        rig.run(FIRST, 1);
        rig.push(new Directive.KillAttempt(FIRST, false, "cancelled"));
        assertThat(rig.all(GroomEffect.Signal.class)).containsExactly(new GroomEffect.Signal(FIRST, false));
        rig.passMs(1999);
        assertThat(rig.all(GroomEffect.Signal.class)).hasSize(1);
        rig.passMs(1);
        assertThat(rig.last(GroomEffect.Signal.class)).isEqualTo(new GroomEffect.Signal(FIRST, true));

        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(null, "SIGKILL"), false));
        assertThat(rig.ended().cause().type()).isEqualTo(CauseType.PREEMPTED);
        assertThat(rig.ended().cause().message()).isEqualTo("cancelled");
    }

    @Test
    void whatTheChildToldWinsOverItsExitCode() {
        rig.run(FIRST, 1);
        rig.said(1, new ChildMessage.Failed(1, Cause.of(CauseType.USER_ERROR, "boom")));
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(1, null), false));
        assertThat(rig.ended().cause())
                .isEqualTo(Cause.of(CauseType.USER_ERROR, "boom").at("job_c_1_t0_a1", "groom-1"));
    }

    @Test
    void aChildThatFailedButStaysIsKilled() {
        rig.run(FIRST, 1);
        rig.said(1, new ChildMessage.Failed(1, Cause.of(CauseType.USER_ERROR, "boom")));
        rig.passMs(2000);
        assertThat(rig.all(GroomEffect.Signal.class)).containsExactly(new GroomEffect.Signal(FIRST, true));
    }

    @Test
    void waysToExitBecomeCauses() {
        assertThat(causeOf(new Exit(3, null), false)).isEqualTo(CauseType.EXIT);
        assertThat(causeOf(new Exit(0, null), false)).isEqualTo(CauseType.EXIT);
        assertThat(causeOf(new Exit(null, "SIGKILL"), false)).isEqualTo(CauseType.SIGNAL);
        assertThat(causeOf(new Exit(null, "SIGKILL"), true)).isEqualTo(CauseType.OUT_OF_MEMORY);
        assertThat(causeOf(new Exit(Exit.ORPHAN_CODE, null), false)).isEqualTo(CauseType.GROOM_LOST);
        assertThat(causeOf(new Exit(Exit.FENCED_CODE, null), false)).isEqualTo(CauseType.PEER_FAILED);
    }

    private static CauseType causeOf(Exit exit, boolean outOfMemory) {
        GroomRig one = GroomRig.registered();
        one.run(FIRST, 1);
        one.handle(new GroomEvent.ChildExited(FIRST, exit, outOfMemory));
        return one.ended().cause().type();
    }

    @Test
    void aWrongTokenIsRefused() {
        rig.push(launch(FIRST));
        rig.attach(FIRST, 1, "0".repeat(32));
        assertThat(rig.last(GroomEffect.ToChild.class).message()).isInstanceOf(GroomMessage.Refused.class);
        assertThat(rig.last(GroomEffect.CloseConnection.class).connection()).isEqualTo(1);
        rig.ping(1);
        assertThat(rig.reports()).isEmpty();
    }

    @Test
    void aChildThatConnectsAgainIsToldAgainWhatMatters() {
        String token = rig.run(FIRST, 1);
        PeerTable table = new PeerTable(JOB, 1, "ab", List.of());
        rig.push(new Directive.PublishPeers(table));
        assertThat(rig.last(GroomEffect.ToChild.class)).isEqualTo(toChild(1, new GroomMessage.Peers(table)));

        rig.attach(FIRST, 5, token);
        assertThat(rig.last(GroomEffect.ToChild.class)).isEqualTo(toChild(5, new GroomMessage.Peers(table)));
        assertThat(rig.last(GroomEffect.CloseConnection.class).connection()).isEqualTo(1);
        rig.handle(new GroomEvent.ChildDisconnected(1));
        rig.ping(5);
        assertThat(rig.last(GroomEffect.ToChild.class)).isEqualTo(toChild(5, new GroomMessage.Pong(1)));
        assertThat(rig.reports()).as("attached is reported once").hasSize(1);
    }

    private static GroomEffect.ToChild toChild(long connection, GroomMessage message) {
        return new GroomEffect.ToChild(connection, message);
    }

    @Test
    void peersOfAnotherGenerationAreNotTold() {
        rig.run(FIRST, 1);
        rig.forgetEffects();
        rig.push(new Directive.PublishPeers(new PeerTable(JOB, 2, "ab", List.of())));
        assertThat(rig.all(GroomEffect.ToChild.class)).isEmpty();
    }

    @Test
    void aLaunchOfAnEndedAttemptStartsNothingAndReportsTheEndAgain() {
        rig.run(FIRST, 1);
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(1, null), false));
        rig.answerReport();
        rig.forgetEffects();
        rig.push(launch(FIRST));
        assertThat(rig.all(GroomEffect.Launch.class)).isEmpty();
        assertThat(rig.ended().attempt()).isEqualTo(FIRST);
    }

    @Test
    void filesOfAForgottenJobGoWhenItsLastChildIsGone() {
        rig.run(FIRST, 1);
        rig.push(new Directive.ForgetJob(JOB));
        assertThat(rig.last(GroomEffect.Signal.class)).isEqualTo(new GroomEffect.Signal(FIRST, true));
        assertThat(rig.all(GroomEffect.RemoveJobFiles.class)).isEmpty();
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(null, "SIGKILL"), false));
        assertThat(rig.all(GroomEffect.RemoveJobFiles.class)).hasSize(1);
    }

    @Test
    void reportsThatHadNoAnswerGoInSmallerMessagesUntilNothingWaits() {
        rig.run(FIRST, 1);
        for (int peer = 0; peer < 5; peer++) {
            rig.said(1, new ChildMessage.LinkLost(1, peer, 0, "gone"));
        }
        assertThat(sizes()).containsExactly(1, 1);
        rig.answerReport();
        assertThat(sizes()).containsExactly(1, 1, 4);
        noAnswer();
        noAnswer();
        assertThat(sizes())
                .as("a message that is too long for the wire gets shorter")
                .endsWith(4, 2, 1);
        rig.answerReport();
        rig.answerReport();
        rig.answerReport();
        rig.answerReport();
        rig.said(1, new ChildMessage.LinkLost(1, 7, 0, "gone"));
        rig.said(1, new ChildMessage.LinkLost(1, 8, 0, "gone"));
        rig.said(1, new ChildMessage.LinkLost(1, 9, 0, "gone"));
        rig.answerReport();
        assertThat(sizes()).endsWith(1, 2);
    }

    private void noAnswer() {
        rig.handle(
                new GroomEvent.ReportAnswered(rig.last(GroomEffect.Report.class).number(), null));
        rig.passMs(500);
    }

    private List<Integer> sizes() {
        return rig.all(GroomEffect.Report.class).stream()
                .map(report -> report.message().reports().size())
                .toList();
    }

    @Test
    void reportsKeepTheirOrderWithOneMessageInFlight() {
        rig.push(launch(FIRST), launch(SECOND));
        rig.handle(new GroomEvent.LaunchFailed(FIRST, "no java"));
        rig.handle(new GroomEvent.LaunchFailed(SECOND, "no java"));
        assertThat(rig.all(GroomEffect.Report.class)).hasSize(1);

        GroomEffect.Report sent = rig.last(GroomEffect.Report.class);
        rig.handle(new GroomEvent.ReportAnswered(sent.number(), null));
        rig.passServedMs(600);
        assertThat(rig.reports()).extracting(GroomReport::attempt).containsExactly(FIRST, FIRST, SECOND);
        assertThat(rig.core.snapshot().reportsWaiting()).isZero();
    }

    @Test
    void heartbeatsTellTheWholeTable() {
        rig.run(FIRST, 1);
        rig.push(launch(SECOND));
        rig.passMs(600);
        assertThat(rig.last(GroomEffect.Beat.class).heartbeat().attempts())
                .extracting(summary -> summary.state())
                .containsExactly(AttemptState.RUNNING, AttemptState.ASSIGNED);
        assertThat(rig.last(GroomEffect.Beat.class).heartbeat().directivesApplied())
                .isEqualTo(2);
    }
}
