package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.TaskAssignment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A kept JVM: it gives up one generation and joins the next. And what is told of checkpoints. */
class ChildRollBackTest extends ChildCoreFixture {
    private static final CheckpointRef CHECKPOINT = new CheckpointRef(3, 40, "file:/c/g3-s40", 7);
    private static final TaskAssignment NEXT =
            new TaskAssignment(TestJobs.attempt(0), 4, TestJobs.any(), List.of(), "file:/c", CHECKPOINT);
    private static final TaskAssignment LATER = TestJobs.assignment(0, 5, TestJobs.any());
    private static final ChildEffect REJOINED = told(new ChildMessage.Rejoined(4, "h", 1));
    private static final CheckpointPart PART = new CheckpointPart(0, "file:/c/g3-s40/part-0", 10, 11, List.of());

    @Test
    void aRollBackAbandonsTheProgramAndJoinsTheNextGeneration() {
        run();
        say(new GroomMessage.Rejoin(NEXT));
        assertThat(take()).containsExactly(new ChildEffect.Abandon(3));
        assertThat(core.phase()).isEqualTo(ChildPhase.REJOINING);
        assertThat(core.mustStop()).isTrue();
        assertThat(core.mayPass()).isFalse();

        event(new ChildEvent.Abandoned(3));
        assertThat(take()).containsExactly(new ChildEffect.Prepare(NEXT), REJOINED);
        assertThat(core.phase()).isEqualTo(ChildPhase.WAITING);
        assertThat(core.mustStop()).isFalse();
        assertThat(core.superstep()).as("of the checkpoint").isEqualTo(40);

        say(new GroomMessage.Peers(TestJobs.table(4, 2)));
        event(new ChildEvent.LinksUp(4));
        assertThat(take())
                .containsExactly(new ChildEffect.OpenLinks(TestJobs.table(4, 2)), new ChildEffect.StartProgram(NEXT));
    }

    @Test
    void onlyANewerGenerationIsJoined() {
        run();
        say(new GroomMessage.Rejoin(ASSIGNMENT));
        say(new GroomMessage.Rejoin(TestJobs.assignment(0, 2, TestJobs.any())));
        assertThat(take()).isEmpty();
        assertThat(core.phase()).isEqualTo(ChildPhase.RUNNING);
    }

    @Test
    void anotherAttemptsGenerationIsNotJoined() {
        run();
        say(new GroomMessage.Rejoin(TestJobs.assignment(1, 4, TestJobs.any())));
        assertExit(Exit.FENCED_CODE);
    }

    @Test
    void whatTheProgramSaysOnItsWayOutIsNotHeard() {
        run();
        say(new GroomMessage.Rejoin(NEXT));
        take();
        event(new ChildEvent.Arrived(7));
        event(new ChildEvent.ProgramFailed(CAUSE));
        event(new ChildEvent.ProgramEnded(7));
        event(new ChildEvent.PartsClosed(RESULT));
        event(new ChildEvent.LinkLost(3, 1, 7, "closed"));
        event(new ChildEvent.LinksUp(3));
        event(new ChildEvent.Checkpointed(3, 7, PART));
        event(new ChildEvent.CheckpointFailed(3, 7, "no room"));
        event(new ChildEvent.RestoreFailed(CHECKPOINT, "damaged"));
        assertThat(take()).isEmpty();
        assertThat(core.phase()).isEqualTo(ChildPhase.REJOINING);
        assertThat(core.superstep()).isEqualTo(40);
    }

    @Test
    void eventsOfTheGenerationBeforeChangeNothingInTheNext() {
        runAgain();
        event(new ChildEvent.LinkLost(3, 1, 7, "closed"));
        event(new ChildEvent.Checkpointed(3, 7, PART));
        event(new ChildEvent.CheckpointFailed(3, 7, "no room"));
        event(new ChildEvent.Abandoned(3));
        say(new GroomMessage.EndConfirmed(3));
        say(new GroomMessage.TakeCheckpoint(3));
        assertThat(take()).isEmpty();
        assertThat(core.phase()).isEqualTo(ChildPhase.RUNNING);
    }

    @Test
    void aProgramThatDoesNotEndInTimeCostsTheJvm() {
        run();
        say(new GroomMessage.Rejoin(NEXT));
        advance(499 * MS);
        assertThat(core.phase()).isEqualTo(ChildPhase.REJOINING);
        advance(MS);
        assertExit(Exit.FENCED_CODE);
    }

    @Test
    void oneThatHasEndedInTimeMayStay() {
        runAgain();
        advance(600 * MS);
        assertThat(core.phase()).isEqualTo(ChildPhase.RUNNING);
    }

    @Test
    void anyPhaseThatKnowsItsAssignmentIsLeftForTheNextGeneration() {
        attach();
        assertThatItRejoinsFrom(ChildPhase.WAITING);
        say(new GroomMessage.Peers(TestJobs.table(4, 2)));
        say(new GroomMessage.Rejoin(LATER));
        assertThat(take()).contains(new ChildEffect.Abandon(4));
    }

    @Test
    void aLostLinkIsForgottenWithItsGeneration() {
        run();
        event(new ChildEvent.LinkLost(3, 1, 4, "silent"));
        assertThatItRejoinsFrom(ChildPhase.LINK_LOST);
        reconnect(NEXT);
        assertThat(take()).contains(REJOINED).doesNotContain(told(new ChildMessage.LinkLost(3, 1, 4, "silent")));
        for (int i = 0; i < 31; i++) {
            say(new GroomMessage.Pong(0));
            advance(PING);
        }
        assertThat(core.phase()).as("the time to be ended in is over with it").isEqualTo(ChildPhase.WAITING);
    }

    @Test
    void aResultIsForgottenWithItsGeneration() {
        run();
        event(new ChildEvent.ProgramEnded(9));
        event(new ChildEvent.PartsClosed(RESULT));
        assertThatItRejoinsFrom(ChildPhase.FINISHED);
        say(new GroomMessage.EndConfirmed(3));
        reconnect(NEXT);
        assertThat(take()).doesNotContain(told(new ChildMessage.Finished(3, RESULT)));
        assertThat(core.phase()).isEqualTo(ChildPhase.WAITING);
    }

    @Test
    void partsThatAreBeingClosedAreAbandonedToo() {
        run();
        event(new ChildEvent.ProgramEnded(9));
        assertThatItRejoinsFrom(ChildPhase.CLOSING);
    }

    private void assertThatItRejoinsFrom(ChildPhase phase) {
        assertThat(core.phase()).isEqualTo(phase);
        take();
        say(new GroomMessage.Rejoin(NEXT));
        assertThat(take()).containsExactly(new ChildEffect.Abandon(3));
        event(new ChildEvent.Abandoned(3));
        assertThat(take()).containsExactly(new ChildEffect.Prepare(NEXT), REJOINED);
    }

    @Test
    void aFailedChildDoesNotRejoin() {
        run();
        event(new ChildEvent.ProgramFailed(CAUSE));
        take();
        say(new GroomMessage.Rejoin(NEXT));
        reconnect(NEXT);
        assertThat(core.phase()).isEqualTo(ChildPhase.FAILED);
        assertThat(take()).contains(told(new ChildMessage.Failed(3, CAUSE)));
    }

    @Test
    void aRollBackDuringARollBackIsJoinedOnceTheProgramHasEnded() {
        run();
        say(new GroomMessage.Rejoin(NEXT));
        take();
        advance(300 * MS);
        say(new GroomMessage.Rejoin(LATER));
        assertThat(take()).isEmpty();
        event(new ChildEvent.Abandoned(4));
        assertThat(core.phase()).isEqualTo(ChildPhase.REJOINING);
        event(new ChildEvent.Abandoned(3));
        assertThat(take()).containsExactly(new ChildEffect.Prepare(LATER), told(new ChildMessage.Rejoined(5, "h", 1)));
    }

    @Test
    void aNewerGenerationToldWhenAttachingIsARollBack() {
        run();
        reconnect(NEXT);
        assertThat(take()).contains(new ChildEffect.Abandon(3));
        event(new ChildEvent.Abandoned(3));
        assertThat(take()).contains(new ChildEffect.Prepare(NEXT), REJOINED);
    }

    @Test
    void anOlderGenerationToldWhenAttachingFencesIt() {
        run();
        reconnect(TestJobs.assignment(0, 2, TestJobs.any()));
        assertExit(Exit.FENCED_CODE);
    }

    @Test
    void thatItHasRejoinedIsToldUntilThePeersAreKnown() {
        run();
        say(new GroomMessage.Rejoin(NEXT));
        event(new ChildEvent.GroomDisconnected("reset"));
        event(new ChildEvent.Abandoned(3));
        assertThat(take()).doesNotContain(REJOINED);
        connectAgain(NEXT);
        assertThat(take()).contains(REJOINED);
        reconnect(NEXT);
        assertThat(take()).contains(REJOINED);
        say(new GroomMessage.Peers(TestJobs.table(4, 2)));
        reconnect(NEXT);
        assertThat(take()).doesNotContain(REJOINED);
    }

    @Test
    void aChildWhoseFirstConnectionBrokeTellsThatItListens() {
        event(new ChildEvent.Started(42, "h", 1));
        event(new ChildEvent.GroomConnected());
        event(new ChildEvent.GroomDisconnected("reset"));
        connectAgain(NEXT);
        assertThat(take()).contains(new ChildEffect.Prepare(NEXT), REJOINED);
    }

    @Test
    void peersThatComeEarlyAreLinkedToOnceTheProgramHasEnded() {
        run();
        say(new GroomMessage.Rejoin(NEXT));
        take();
        say(new GroomMessage.Peers(TestJobs.table(3, 2)));
        say(new GroomMessage.Peers(TestJobs.table(4, 2)));
        assertThat(take()).isEmpty();
        event(new ChildEvent.Abandoned(3));
        assertThat(take())
                .containsExactly(new ChildEffect.Prepare(NEXT), new ChildEffect.OpenLinks(TestJobs.table(4, 2)));
    }

    @Test
    void aProgramThatIsAbandonedDoesNotComputeInTheNextGeneration() {
        run();
        say(new GroomMessage.Rejoin(NEXT));
        event(new ChildEvent.Progress(new AttemptProgress(0, false, "computing", 1, 2, 3, 4, 5, 6)));
        take();
        reconnect(NEXT);
        assertThat(take())
                .contains(told(new ChildMessage.Ping(2, new AttemptProgress(40, false, "loading", 1, 2, 3, 4, 5, 6))));
    }

    @Test
    void theNewestCheckpointIsToldOnEachConnection() {
        run();
        event(new ChildEvent.Checkpointed(3, 20, PART));
        event(new ChildEvent.Checkpointed(3, 40, PART));
        ChildEffect first = told(new ChildMessage.Checkpointed(3, 20, PART));
        ChildEffect second = told(new ChildMessage.Checkpointed(3, 40, PART));
        assertThat(take()).containsExactly(first, second);
        reconnect(ASSIGNMENT);
        assertThat(take()).contains(second).doesNotContain(first);
        say(new GroomMessage.Rejoin(NEXT));
        reconnect(NEXT);
        assertThat(take()).doesNotContain(second);
    }

    @Test
    void aCheckpointThatFailedIsToldUntilOneIsTaken() {
        run();
        event(new ChildEvent.CheckpointFailed(3, 20, "no room"));
        ChildEffect failed = told(new ChildMessage.CheckpointFailed(3, 20, "no room"));
        assertThat(take()).containsExactly(failed);
        reconnect(ASSIGNMENT);
        assertThat(take()).contains(failed);
        event(new ChildEvent.Checkpointed(3, 40, PART));
        take();
        reconnect(ASSIGNMENT);
        assertThat(take()).doesNotContain(failed);
        assertThat(core.phase()).isEqualTo(ChildPhase.RUNNING);
    }

    @Test
    void aCheckpointIsWantedOfTheProgramThatRuns() {
        run();
        say(new GroomMessage.TakeCheckpoint(2));
        say(new GroomMessage.TakeCheckpoint(4));
        assertThat(take()).isEmpty();
        say(new GroomMessage.TakeCheckpoint(3));
        assertThat(take()).containsExactly(new ChildEffect.WantCheckpoint());
    }

    @Test
    void aWishThatComesBeforeTheProgramRunsIsHandedOnWithIt() {
        attach();
        say(new GroomMessage.TakeCheckpoint(3));
        say(new GroomMessage.Peers(TestJobs.table(3, 2)));
        assertThat(take()).doesNotContain(new ChildEffect.WantCheckpoint());
        event(new ChildEvent.LinksUp(3));
        assertThat(take()).containsExactly(new ChildEffect.StartProgram(ASSIGNMENT), new ChildEffect.WantCheckpoint());
    }

    @Test
    void aCheckpointThatCannotBeUsedIsToldAndTheChildLeaves() {
        runAgain();
        event(new ChildEvent.RestoreFailed(CHECKPOINT, "block 2 is damaged"));
        ChildEffect failed = told(new ChildMessage.RestoreFailed(4, CHECKPOINT, "block 2 is damaged"));
        assertThat(take()).first().isEqualTo(failed);
        assertThat(core.mustStop()).isTrue();
        reconnect(NEXT);
        assertThat(take()).contains(failed);
        say(new GroomMessage.Pong(3));
        assertExit(1);
    }

    private void runAgain() {
        run();
        say(new GroomMessage.Rejoin(NEXT));
        event(new ChildEvent.Abandoned(3));
        say(new GroomMessage.Peers(TestJobs.table(4, 2)));
        event(new ChildEvent.LinksUp(4));
        take();
    }

    private void reconnect(TaskAssignment assignment) {
        event(new ChildEvent.GroomDisconnected("reset"));
        connectAgain(assignment);
    }

    private void connectAgain(TaskAssignment assignment) {
        advance(200 * MS);
        event(new ChildEvent.GroomConnected());
        say(new GroomMessage.Attached(assignment, false));
    }

    private static ChildEffect told(ChildMessage message) {
        return new ChildEffect.ToGroom(message);
    }
}
