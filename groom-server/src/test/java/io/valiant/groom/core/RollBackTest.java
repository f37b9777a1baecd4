package io.valiant.groom.core;

import static io.valiant.groom.core.GroomRig.JOB;
import static io.valiant.groom.core.GroomRig.attempt;
import static io.valiant.groom.core.GroomRig.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.id.AttemptId;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.Directive;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.PeerTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kept JVMs, checkpoints and their reports. */
class RollBackTest {
    private static final AttemptId FIRST = attempt(0, 1);
    private static final CheckpointPart PART =
            new CheckpointPart(0, "file:/c/g1-s40/part-0", 10, 11, List.of("topology-g1-s5-0"));
    private static final CheckpointRef CHECKPOINT = new CheckpointRef(1, 40, "file:/c/g1-s40", 7);

    private final GroomRig rig = GroomRig.registered();

    @Test
    void aKeptChildIsToldAndReportedOnceItListensAgain() {
        rig.run(FIRST, 1);
        rejoin(2);
        assertThat(lastToChild()).isEqualTo(new GroomMessage.Rejoin(GroomRig.assignment(FIRST, 2)));
        assertThat(summary().generation()).isEqualTo(2);
        assertThat(summary().state()).as("as one that has yet to attach").isEqualTo(AttemptState.ASSIGNED);
        assertThat(summary().host()).isNull();

        rig.said(1, new ChildMessage.Rejoined(2, "127.0.0.1", 7000));
        rig.said(1, new ChildMessage.Rejoined(2, "127.0.0.1", 7000));
        rig.answerReport();
        assertThat(rig.reports())
                .containsExactly(
                        new GroomReport.Attached(FIRST, 1, 1001, "127.0.0.1", 7000),
                        new GroomReport.Attached(FIRST, 2, 1001, "127.0.0.1", 7000));
        assertThat(summary().state()).isEqualTo(AttemptState.RUNNING);
        assertThat(summary().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void whereAKeptChildWasInTheGenerationBeforeIsNotToldOfTheNext() {
        rig.run(FIRST, 1);
        rig.ping(1, 41, true, "computing");
        assertThat(summary().progress().superstep()).isEqualTo(41);
        rejoin(2);
        rig.ping(1, 41, true, "computing");
        long first = GroomRig.assignment(FIRST, 2).firstSuperstep();
        assertThat(summary().progress()).isEqualTo(AttemptProgress.beginningAt(first));
        rig.said(1, new ChildMessage.Rejoined(2, "127.0.0.1", 7000));
        assertThat(summary().state()).isEqualTo(AttemptState.RUNNING);
        assertThat(summary().progress()).as("it has not told yet").isEqualTo(AttemptProgress.beginningAt(first));
        rig.ping(1, 40, false, "loading");
        assertThat(summary().progress().superstep()).isEqualTo(40);
    }

    private AttemptSummary summary() {
        rig.passServedMs(600);
        rig.passMs(600);
        return rig.last(GroomEffect.Beat.class).heartbeat().attempts().get(0);
    }

    @Test
    void theTableOfTheGenerationBeforeIsForgotten() {
        String token = rig.run(FIRST, 1);
        rig.push(new Directive.PublishPeers(new PeerTable(JOB, 1, "ab", List.of())));
        rejoin(2);
        rig.forgetEffects();
        rig.attach(FIRST, 5, token);
        assertThat(rig.all(GroomEffect.ToChild.class))
                .extracting(GroomEffect.ToChild::message)
                .containsExactly(new GroomMessage.Attached(GroomRig.assignment(FIRST, 2), false));

        PeerTable next = new PeerTable(JOB, 2, "cd", List.of());
        rig.push(new Directive.PublishPeers(next));
        assertThat(lastToChild()).isEqualTo(new GroomMessage.Peers(next));
    }

    @Test
    void onlyANewerGenerationIsTaken() {
        rig.run(FIRST, 1);
        rejoin(3);
        rig.forgetEffects();
        rejoin(3);
        rejoin(2);
        assertThat(rig.all(GroomEffect.ToChild.class)).isEmpty();
        assertThat(rig.core.snapshot().children().get(0).generation()).isEqualTo(3);
    }

    @Test
    void whatIsSaidOfAGenerationThatIsOverIsPassedOver() {
        rig.run(FIRST, 1);
        rejoin(2);
        rig.forgetEffects();
        rig.said(1, new ChildMessage.Finished(1, GroomRig.result()));
        rig.said(1, new ChildMessage.LinkLost(1, 1, 4, "silent"));
        rig.said(1, new ChildMessage.Rejoined(1, "127.0.0.1", 7000));
        rig.said(1, new ChildMessage.Checkpointed(1, 40, PART));
        rig.said(1, new ChildMessage.CheckpointFailed(1, 40, "no room"));
        assertThat(rig.reports()).isEmpty();
        assertThat(rig.core.snapshot().reportsWaiting()).isZero();
    }

    @Test
    void anAttemptThatHasEndedIsReportedAgain() {
        rig.run(FIRST, 1);
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(3, null), false));
        rig.answerReport();
        rig.forgetEffects();
        rejoin(2);
        assertThat(rig.ended().exit()).isEqualTo(new Exit(3, null));
        assertThat(rig.ended().generation()).isEqualTo(1);
    }

    @Test
    void anAttemptThatWasNeverHereIsReportedAsLost() {
        rejoin(2);
        assertThat(rig.ended().attempt()).isEqualTo(FIRST);
        assertThat(rig.ended().generation()).isEqualTo(2);
        assertThat(rig.ended().exit()).isNull();
        assertThat(rig.ended().cause().type()).isEqualTo(CauseType.GROOM_LOST);
    }

    @Test
    void anEndIsReportedInTheGenerationTheChildIsIn() {
        rig.run(FIRST, 1);
        rejoin(2);
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(Exit.FENCED_CODE, null), false));
        assertThat(rig.ended().generation()).isEqualTo(2);
        assertThat(rig.ended().cause().type()).isEqualTo(CauseType.PEER_FAILED);
    }

    @Test
    void aFailureToldBeforeTheRollBackWasHeardStillExplainsTheEnd() {
        rig.run(FIRST, 1);
        rejoin(2);
        rig.said(1, new ChildMessage.Failed(1, Cause.of(CauseType.USER_ERROR, "boom")));
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(1, null), false));
        assertThat(rig.ended().cause().message()).isEqualTo("boom");
    }

    @Test
    void aFailedChildIsNotAskedToRejoin() {
        rig.run(FIRST, 1);
        rig.said(1, new ChildMessage.Failed(1, Cause.of(CauseType.USER_ERROR, "boom")));
        rig.forgetEffects();
        rejoin(2);
        assertThat(rig.all(GroomEffect.ToChild.class)).isEmpty();
    }

    @Test
    void aResultIsUndoneByARollBack() {
        rig.run(FIRST, 1);
        rig.said(1, new ChildMessage.Finished(1, GroomRig.result()));
        rejoin(2);
        assertThat(lastToChild()).isEqualTo(new GroomMessage.Rejoin(GroomRig.assignment(FIRST, 2)));
        rig.answerReport();
        assertThat(lastToChild())
                .as("an answer to the report of the generation before confirms nothing")
                .isInstanceOf(GroomMessage.Rejoin.class);

        rig.said(1, new ChildMessage.Rejoined(2, "127.0.0.1", 7000));
        rig.answerReport();
        rig.said(1, new ChildMessage.Finished(2, GroomRig.result()));
        rig.answerReport();
        assertThat(lastToChild()).isEqualTo(new GroomMessage.EndConfirmed(2));
    }

    @Test
    void aChildThatIsLeavingWithItsResultDoesNotRejoinAndIsNotCharged() {
        rig.run(FIRST, 1);
        rig.said(1, new ChildMessage.Finished(1, GroomRig.result()));
        rig.answerReport();
        rig.forgetEffects();
        rejoin(2);
        assertThat(rig.all(GroomEffect.ToChild.class)).isEmpty();
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(0, null), false));
        assertThat(rig.ended().cause().type()).isEqualTo(CauseType.PEER_FAILED);
        assertThat(rig.ended().generation()).isEqualTo(2);
    }

    @Test
    void aChildThatIsKilledWithItsResultDoesNotRejoinAndIsNotCharged() {
        rig.run(FIRST, 1);
        rig.said(1, new ChildMessage.Finished(1, GroomRig.result()));
        rig.push(new Directive.KillAttempt(FIRST, true, "somebody wants it"));
        assertThat(rig.last(GroomEffect.Signal.class)).isEqualTo(new GroomEffect.Signal(FIRST, true));
        rejoin(2);
        assertThat(rig.all(GroomEffect.ToChild.class))
                .filteredOn(effect -> effect.message() instanceof GroomMessage.Rejoin)
                .isEmpty();
        rig.answerReport();
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(null, "SIGKILL"), false));
        assertThat(rig.ended().generation()).isEqualTo(2);
        assertThat(rig.ended().cause().type().isCharged()).isFalse();
    }

    @Test
    void aChildThatHasNotAttachedYetAttachesInTheNewGeneration() {
        rig.push(launch(FIRST));
        rejoin(2);
        rig.attach(FIRST, 1, rig.last(GroomEffect.Launch.class).token());
        assertThat(rig.reports()).containsExactly(new GroomReport.Attached(FIRST, 2, 1001, "127.0.0.1", 7000));
    }

    @Test
    void checkpointsAreReportedOnce() {
        rig.run(FIRST, 1);
        rig.forgetEffects();
        rig.said(1, new ChildMessage.Checkpointed(1, 40, PART));
        rig.said(1, new ChildMessage.Checkpointed(1, 40, PART));
        rig.answerReport();
        rig.said(1, new ChildMessage.Checkpointed(1, 40, PART));
        rig.said(1, new ChildMessage.CheckpointFailed(1, 60, "no room"));
        rig.answerReport();
        assertThat(rig.reports())
                .containsExactly(
                        new GroomReport.Checkpointed(FIRST, 1, 40, PART),
                        new GroomReport.CheckpointFailed(FIRST, 1, 60, "no room"));
    }

    @Test
    void aCheckpointIsAskedForUntilTheChildAnswers() {
        String token = rig.run(FIRST, 1);
        rig.push(new Directive.TakeCheckpoint(FIRST, 1));
        GroomMessage wanted = new GroomMessage.TakeCheckpoint(1);
        assertThat(lastToChild()).isEqualTo(wanted);
        rig.attach(FIRST, 2, token);
        assertThat(lastToChild()).isEqualTo(wanted);
        rig.said(2, new ChildMessage.Checkpointed(1, 40, PART));
        rig.attach(FIRST, 3, token);
        assertThat(lastToChild()).isInstanceOf(GroomMessage.Attached.class);
    }

    @Test
    void aCheckpointOfAnotherGenerationIsNotAskedFor() {
        rig.run(FIRST, 1);
        rig.forgetEffects();
        rig.push(new Directive.TakeCheckpoint(FIRST, 2));
        assertThat(rig.all(GroomEffect.ToChild.class)).isEmpty();
    }

    @Test
    void aCheckpointThatCannotBeUsedIsReportedBeforeTheEndItExplains() {
        rig.run(FIRST, 1);
        rig.forgetEffects();
        rig.said(1, new ChildMessage.RestoreFailed(1, CHECKPOINT, "block 2 is damaged"));
        rig.answerReport();
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(1, null), false));
        assertThat(rig.reports().get(0))
                .isEqualTo(new GroomReport.RestoreFailed(FIRST, 1, CHECKPOINT, "block 2 is damaged"));
        assertThat(rig.ended().cause().type()).isEqualTo(CauseType.STORAGE);
        assertThat(rig.ended().cause().message())
                .isEqualTo("checkpoint file:/c/g1-s40 cannot be used: block 2 is damaged");
    }

    @Test
    void aCheckpointThatCannotBeUsedIsReportedAlsoWhenTheJobHasBeenRolledBackSince() {
        rig.run(FIRST, 1);
        rejoin(2);
        rig.forgetEffects();
        rig.said(1, new ChildMessage.RestoreFailed(1, CHECKPOINT, "block 2 is damaged"));
        rig.answerReport();
        rig.handle(new GroomEvent.ChildExited(FIRST, new Exit(1, null), false));
        assertThat(rig.reports().get(0))
                .as("without it the end would be the child's fault")
                .isEqualTo(new GroomReport.RestoreFailed(FIRST, 1, CHECKPOINT, "block 2 is damaged"));
    }

    private void rejoin(long generation) {
        rig.push(new Directive.RejoinTask(GroomRig.assignment(FIRST, generation)));
    }

    private GroomMessage lastToChild() {
        return rig.last(GroomEffect.ToChild.class).message();
    }
}
