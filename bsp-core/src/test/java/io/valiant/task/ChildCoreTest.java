package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.concurrent.Core;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.Exit;
import io.valiant.protocol.GroomMessage;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ChildCoreTest extends ChildCoreFixture {
    @Test
    void attachesWithItsTokenOnEachConnection() {
        event(new ChildEvent.Started(42, "10.0.0.7", 555));
        assertThat(take()).containsExactly(new ChildEffect.ConnectGroom());
        for (int i = 0; i < 2; i++) {
            event(new ChildEvent.GroomConnected());
            assertThat(take())
                    .containsExactly(new ChildEffect.ToGroom(
                            new ChildMessage.Attach("token", TestJobs.attempt(0), 42, "10.0.0.7", 555)));
            event(new ChildEvent.GroomDisconnected("reset"));
            assertThat(take()).isEmpty();
            advance(200 * MS);
            assertThat(take()).containsExactly(new ChildEffect.ConnectGroom());
        }
    }

    @Test
    void isConnectedAgainBeforeItIsTakenForSilent() {
        ChildCore hasty = new ChildCore(
                new ChildConfig(TestJobs.attempt(0), "token", 60 * MS, 2_000 * MS, 1_000 * MS, 30_000 * MS));
        hasty.handle(new ChildEvent.Started(42, "10.0.0.7", 555), nowNs, sink());
        hasty.handle(new ChildEvent.GroomConnected(), nowNs, sink());
        hasty.handle(new ChildEvent.GroomDisconnected("reset"), nowNs, sink());
        take();
        hasty.tick(nowNs + 30 * MS, sink());
        assertThat(take()).containsExactly(new ChildEffect.ConnectGroom());
    }

    @Test
    void preparesThenLinksThenStarts() {
        attach();
        assertThat(take()).contains(new ChildEffect.Prepare(ASSIGNMENT));
        say(new GroomMessage.Peers(TestJobs.table(2, 2)));
        assertThat(take()).isEmpty();
        say(new GroomMessage.Peers(TestJobs.table(3, 2)));
        assertThat(take()).containsExactly(new ChildEffect.OpenLinks(TestJobs.table(3, 2)));
        say(new GroomMessage.Peers(TestJobs.table(3, 2)));
        event(new ChildEvent.LinksUp(2));
        assertThat(take()).isEmpty();
        event(new ChildEvent.LinksUp(3));
        assertThat(take()).containsExactly(new ChildEffect.StartProgram(ASSIGNMENT));
        assertThat(core.phase()).isEqualTo(ChildPhase.RUNNING);
    }

    @Test
    void aTableThatNamesAnotherAttemptOfItsTaskFencesIt() {
        attach();
        take();
        var table = TestJobs.table(3, 2);
        var others = new ArrayList<>(table.peers());
        java.util.Collections.reverse(others);
        say(new GroomMessage.Peers(new io.valiant.protocol.PeerTable(table.job(), 3, "secret", others)));
        assertExit(Exit.FENCED_CODE);
    }

    @Test
    void barriersStayShutWhileTheGroomHolds() {
        run();
        assertThat(core.mayPass()).isTrue();
        say(new GroomMessage.Hold());
        assertThat(core.mayPass()).isFalse();
        assertThat(core.mustStop()).isFalse();
        say(new GroomMessage.Resume());
        assertThat(core.mayPass()).isTrue();
    }

    @Test
    void attachingToAGroomThatHoldsHoldsToo() {
        run();
        reconnect(true);
        assertThat(core.mayPass()).isFalse();
    }

    @Test
    void closesNothingWhileTheGroomHolds() {
        run();
        say(new GroomMessage.Hold());
        take();
        event(new ChildEvent.ProgramEnded(9));
        assertThat(take()).isEmpty();
        say(new GroomMessage.Resume());
        assertThat(take()).containsExactly(new ChildEffect.CloseParts());
    }

    @Test
    void pingsWithProgressAndIsHeardAgain() {
        run();
        event(new ChildEvent.Progress(new AttemptProgress(0, false, "computing", 1, 2, 3, 4, 5, 6)));
        event(new ChildEvent.Arrived(4));
        take();
        advance(PING);
        assertThat(take())
                .containsExactly(new ChildEffect.ToGroom(
                        new ChildMessage.Ping(2, new AttemptProgress(4, true, "computing", 1, 2, 3, 4, 5, 6))));
        event(new ChildEvent.Opened(4));
        advance(PING);
        assertThat(take())
                .containsExactly(new ChildEffect.ToGroom(
                        new ChildMessage.Ping(3, new AttemptProgress(5, false, "computing", 1, 2, 3, 4, 5, 6))));
    }

    @Test
    void leavesAsAnOrphanWhenItsGroomIsSilent() {
        run();
        for (int i = 0; i < 4; i++) {
            advance(PING);
        }
        say(new GroomMessage.Pong(1));
        for (int i = 0; i < 4; i++) {
            advance(PING);
        }
        assertThat(core.phase()).isEqualTo(ChildPhase.RUNNING);
        advance(PING);
        assertExit(Exit.ORPHAN_CODE);
        assertThat(core.mayPass()).isFalse();
        assertThat(core.nextDeadlineNs()).isEqualTo(Core.NO_DEADLINE);
    }

    @Test
    void leavesAsAnOrphanAlsoWhenNobodyLetsItConnect() {
        event(new ChildEvent.Started(1, "h", 1));
        long from = nowNs;
        while (core.phase() != ChildPhase.GONE) {
            if (take().contains(new ChildEffect.ConnectGroom())) {
                event(new ChildEvent.GroomDisconnected("refused"));
            }
            nowNs = core.nextDeadlineNs();
            core.tick(nowNs, sink());
        }
        assertExit(Exit.ORPHAN_CODE);
        assertThat(nowNs - from).isEqualTo(ORPHAN);
    }

    @Test
    void onceThawedItListensBeforeItJudgesItsGroom() {
        run();
        nowNs += 60_000 * MS;
        core.tick(nowNs, sink());
        assertThat(core.phase()).isEqualTo(ChildPhase.RUNNING);
        say(new GroomMessage.Pong(1));
        advance(PING);
        assertThat(core.phase()).isEqualTo(ChildPhase.RUNNING);
        nowNs += 60_000 * MS;
        core.tick(nowNs, sink());
        advance(PING);
        assertThat(core.phase()).isEqualTo(ChildPhase.GONE);
    }

    @Test
    void leavesAtOnceWhenRefused() {
        run();
        say(new GroomMessage.Refused("attempt is over"));
        assertExit(Exit.FENCED_CODE);
    }

    @Test
    void tellsItsResultOnEachConnectionUntilItIsStored() {
        run();
        event(new ChildEvent.ProgramEnded(9));
        event(new ChildEvent.PartsClosed(RESULT));
        ChildEffect finished = new ChildEffect.ToGroom(new ChildMessage.Finished(3, RESULT));
        assertThat(take()).containsExactly(new ChildEffect.CloseParts(), finished);
        reconnect(false);
        assertThat(take()).contains(finished);
        say(new GroomMessage.EndConfirmed(2));
        assertThat(core.phase()).isEqualTo(ChildPhase.FINISHED);
        say(new GroomMessage.EndConfirmed(3));
        assertExit(0);
    }

    @Test
    void aFailureIsToldAndTheExitWaitsUntilItWasRead() {
        run();
        event(new ChildEvent.ProgramFailed(CAUSE));
        assertThat(take()).first().isEqualTo(new ChildEffect.ToGroom(new ChildMessage.Failed(3, CAUSE)));
        assertThat(core.mustStop()).isTrue();
        say(new GroomMessage.Pong(1));
        assertThat(core.phase()).isEqualTo(ChildPhase.FAILED);
        say(new GroomMessage.Pong(2));
        assertExit(1);
    }

    @Test
    void aFailureIsToldAgainOnANewConnection() {
        run();
        event(new ChildEvent.ProgramFailed(CAUSE));
        take();
        reconnect(false);
        assertThat(take()).contains(new ChildEffect.ToGroom(new ChildMessage.Failed(3, CAUSE)));
        say(new GroomMessage.Pong(2));
        assertThat(core.phase()).isEqualTo(ChildPhase.FAILED);
        say(new GroomMessage.Pong(3));
        assertExit(1);
    }

    @Test
    void aFailureThatCannotBeToldIsKeptOnlySoLong() {
        run();
        event(new ChildEvent.ProgramFailed(CAUSE));
        advance(PING);
        advance(PING);
        assertExit(1);
    }

    @Test
    void aFailureBeforeAttachingIsToldOnceAttached() {
        event(new ChildEvent.Started(42, "h", 0));
        event(new ChildEvent.ProgramFailed(CAUSE));
        event(new ChildEvent.GroomConnected());
        take();
        say(new GroomMessage.Attached(ASSIGNMENT, false));
        assertThat(take()).first().isEqualTo(new ChildEffect.ToGroom(new ChildMessage.Failed(3, CAUSE)));
        say(new GroomMessage.Pong(1));
        assertExit(1);
    }

    @Test
    void aLostLinkIsToldAndTheGroomEndsIt() {
        run();
        event(new ChildEvent.LinkLost(2, 1, 4, "old"));
        assertThat(core.phase()).isEqualTo(ChildPhase.RUNNING);
        event(new ChildEvent.LinkLost(3, 1, 4, "silent"));
        assertThat(take()).contains(new ChildEffect.ToGroom(new ChildMessage.LinkLost(3, 1, 4, "silent")));
        assertThat(core.mayPass()).isFalse();
        event(new ChildEvent.ProgramFailed(CAUSE));
        assertThat(core.phase()).isEqualTo(ChildPhase.LINK_LOST);
        for (int i = 0; i < 30; i++) {
            say(new GroomMessage.Pong(i));
            take();
            advance(PING);
        }
        assertExit(Exit.FENCED_CODE);
    }

    @Test
    void linksThatGoAfterTheLastBarrierAreNotMissed() {
        run();
        event(new ChildEvent.ProgramEnded(9));
        event(new ChildEvent.LinkLost(3, 1, 9, "closed"));
        assertThat(core.phase()).isEqualTo(ChildPhase.CLOSING);
    }
}
