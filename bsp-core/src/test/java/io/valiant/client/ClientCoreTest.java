package io.valiant.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Times in these tests are in seconds of the core's clock, which begins below zero. */
class ClientCoreTest {
    private static final long SECOND = 1_000_000_000;
    private static final JobId JOB = new JobId("j");

    private final ClientCore core = new ClientCore(
            new ClientConfig("127.0.0.1:1", 30 * SECOND, 10 * SECOND, SECOND / 2, 2 * SECOND), () -> 0xabcL);
    private final List<ClientEffect> effects = new ArrayList<>();
    private long nowNs = -1000 * SECOND;

    private final Output<Void, ClientEffect> out = new Output<>() {
        @Override
        public void record(Void fact) {
            throw new AssertionError("a client stores nothing");
        }

        @Override
        public void effect(ClientEffect effect) {
            effects.add(effect);
        }
    };

    private List<ClientEffect> on(ClientEvent event) {
        core.handle(event, nowNs, out);
        return taken();
    }

    /** Lets that much time go by, waking the core whenever it wants. */
    private List<ClientEffect> pass(double seconds) {
        long untilNs = nowNs + (long) (seconds * SECOND);
        while (core.nextDeadlineNs() <= untilNs) {
            nowNs = Math.max(nowNs, core.nextDeadlineNs());
            core.tick(nowNs, out);
        }
        nowNs = untilNs;
        return taken();
    }

    private List<ClientEffect> taken() {
        List<ClientEffect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    private static JobSpec spec(String key) {
        return new JobSpec(
                "n",
                "u",
                null,
                key,
                "bsp",
                "C",
                null,
                null,
                List.of(),
                1,
                List.of(),
                null,
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                1,
                List.of(),
                0,
                null,
                3,
                10);
    }

    private static ClientEvent.Failed unreachable(int attempt) {
        return new ClientEvent.Failed(1, attempt, ErrorCode.UNREACHABLE, "no master answers");
    }

    @Test
    void aSubmissionIsRepeatedWithTheSameKeyUntilItIsAnswered() {
        ClientRequest keyed = new ClientRequest.Submit(spec("0000000000000abc0000000000000abc"));
        assertThat(on(new ClientEvent.Ask(1, new ClientRequest.Submit(spec(null)))))
                .containsExactly(new ClientEffect.Send(1, 1, keyed));
        assertThat(on(unreachable(1))).isEmpty();
        assertThat(pass(0.4)).isEmpty();
        assertThat(pass(0.1)).containsExactly(new ClientEffect.Send(1, 2, keyed));
        assertThat(on(new ClientEvent.Failed(1, 2, ErrorCode.NO_LEADER, "not yet")))
                .isEmpty();
        assertThat(pass(0.9)).isEmpty();
        assertThat(pass(0.1)).containsExactly(new ClientEffect.Send(1, 3, keyed));
        assertThat(on(new ClientEvent.Answered(1, 3, "stored", true)))
                .containsExactly(new ClientEffect.Deliver(1, "stored"));
        assertNothingLeft();
    }

    @Test
    void theCallersOwnKeyIsKept() {
        assertThat(on(new ClientEvent.Ask(1, new ClientRequest.Submit(spec("mine")))))
                .containsExactly(new ClientEffect.Send(1, 1, new ClientRequest.Submit(spec("mine"))));
    }

    @Test
    void aCallWithoutAnyAnswerIsMadeAgainAndTheLateAnswerOfTheFirstIsTaken() {
        on(new ClientEvent.Ask(1, new ClientRequest.Grooms()));
        assertThat(pass(10.4)).isEmpty();
        assertThat(pass(0.1)).containsExactly(new ClientEffect.Send(1, 2, new ClientRequest.Grooms()));
        assertThat(on(unreachable(1))).as("of an earlier try").isEmpty();
        assertThat(on(new ClientEvent.Answered(1, 1, "late", true)))
                .containsExactly(new ClientEffect.Deliver(1, "late"));
        assertThat(on(new ClientEvent.Answered(1, 2, "again", true))).isEmpty();
        assertNothingLeft();
    }

    @Test
    void aRequestIsGivenUpAfterItsTimeWithTheLastReason() {
        on(new ClientEvent.Ask(1, new ClientRequest.Cluster()));
        int tries = 1;
        double waited = 0;
        while (core.size() > 0) {
            on(unreachable(tries));
            List<ClientEffect> next = pass(0.5);
            waited += 0.5;
            if (next.size() == 1 && next.get(0) instanceof ClientEffect.Send send) {
                tries = send.attempt();
            } else if (!next.isEmpty()) {
                assertThat(next)
                        .containsExactly(new ClientEffect.Refuse(
                                1, ErrorCode.UNREACHABLE, "no master answers (tried for 30000 ms)"));
            }
        }
        assertThat(waited).isEqualTo(30);
        assertThat(tries).isBetween(10, 20);
        assertNothingLeft();
    }

    @Test
    void aMasterThatIsSilentIsToldWithItsAddress() {
        on(new ClientEvent.Ask(1, new ClientRequest.Cluster()));
        List<ClientEffect> last = List.of();
        while (core.size() > 0) {
            last = pass(0.5);
        }
        assertThat(last)
                .containsExactly(new ClientEffect.Refuse(
                        1,
                        ErrorCode.UNREACHABLE,
                        "the master at 127.0.0.1:1 gives no answer; is it overloaded or stopped?"
                                + " (tried for 31500 ms)"));
        assertNothingLeft();
    }

    @Test
    void aRefusalIsFinal() {
        on(new ClientEvent.Ask(1, new ClientRequest.Job(JOB)));
        assertThat(on(new ClientEvent.Failed(1, 1, ErrorCode.JOB_NOT_FOUND, "no job j")))
                .containsExactly(new ClientEffect.Refuse(1, ErrorCode.JOB_NOT_FOUND, "no job j"));
        assertNothingLeft();
    }

    @Test
    void aCancelThatWasCarriedOutUnansweredIsDoneEvenIfTheJobHasEndedSince() {
        on(new ClientEvent.Ask(1, new ClientRequest.Cancel(JOB)));
        on(new ClientEvent.Failed(1, 1, ErrorCode.TIMED_OUT, "no answer"));
        pass(0.5);
        assertThat(on(new ClientEvent.Failed(1, 2, ErrorCode.JOB_ENDED, "has ended")))
                .containsExactly(new ClientEffect.Deliver(1, null));
        on(new ClientEvent.Ask(2, new ClientRequest.Cancel(JOB)));
        assertThat(on(new ClientEvent.Failed(2, 1, ErrorCode.JOB_ENDED, "has ended")))
                .containsExactly(new ClientEffect.Refuse(2, ErrorCode.JOB_ENDED, "has ended"));
        AttemptId attempt = new AttemptId(JOB, 0, 1);
        on(new ClientEvent.Ask(3, new ClientRequest.EndAttempt(attempt, true)));
        on(new ClientEvent.Failed(3, 1, ErrorCode.NO_LEADER, "not now"));
        pass(0.5);
        assertThat(on(new ClientEvent.Failed(3, 2, ErrorCode.ATTEMPT_ENDED, "has ended")))
                .as("a master that does not lead did nothing")
                .containsExactly(new ClientEffect.Refuse(3, ErrorCode.ATTEMPT_ENDED, "has ended"));
    }

    @Test
    void aResumeThatWasCarriedOutUnansweredIsDone() {
        on(new ClientEvent.Ask(1, new ClientRequest.ResumeTask(JOB, 0)));
        on(new ClientEvent.Failed(1, 1, ErrorCode.TIMED_OUT, "no answer"));
        pass(0.5);
        assertThat(on(new ClientEvent.Failed(1, 2, ErrorCode.TASK_NOT_STOPPED, "is not stopped")))
                .containsExactly(new ClientEffect.Deliver(1, null));
        on(new ClientEvent.Ask(2, new ClientRequest.ResumeTask(JOB, 0)));
        assertThat(on(new ClientEvent.Failed(2, 1, ErrorCode.TASK_NOT_STOPPED, "is not stopped")))
                .containsExactly(new ClientEffect.Refuse(2, ErrorCode.TASK_NOT_STOPPED, "is not stopped"));
    }

    @Test
    void aRemovalThatWasCarriedOutUnansweredIsDone() {
        GroomId groom = new GroomId("g1");
        on(new ClientEvent.Ask(1, new ClientRequest.RemoveGroom(groom)));
        on(new ClientEvent.Failed(1, 1, ErrorCode.TIMED_OUT, "no answer"));
        pass(0.5);
        assertThat(on(new ClientEvent.Failed(1, 2, ErrorCode.GROOM_NOT_FOUND, "no groom g1")))
                .containsExactly(new ClientEffect.Deliver(1, null));
        on(new ClientEvent.Ask(2, new ClientRequest.DrainGroom(groom)));
        on(new ClientEvent.Failed(2, 1, ErrorCode.TIMED_OUT, "no answer"));
        pass(0.5);
        assertThat(on(new ClientEvent.Failed(2, 2, ErrorCode.GROOM_NOT_FOUND, "no groom g1")))
                .containsExactly(new ClientEffect.Refuse(2, ErrorCode.GROOM_NOT_FOUND, "no groom g1"));
    }

    @Test
    void aJobIsFollowedByLongPollsOverARestartOfTheMaster() {
        ClientRequest poll = new ClientRequest.Await(JOB, SECOND);
        assertThat(on(new ClientEvent.Follow(1, JOB, SECOND, Long.MAX_VALUE)))
                .containsExactly(new ClientEffect.Send(1, 1, poll));
        pass(1);
        assertThat(on(new ClientEvent.Answered(1, 1, "running", false)))
                .containsExactly(new ClientEffect.Tell(1, "running"), new ClientEffect.Send(1, 2, poll));
        on(unreachable(2));
        assertThat(pass(0.5)).containsExactly(new ClientEffect.Send(1, 3, poll));
        on(unreachable(3));
        assertThat(pass(1)).containsExactly(new ClientEffect.Send(1, 4, poll));
        assertThat(on(new ClientEvent.Answered(1, 4, "succeeded", true)))
                .containsExactly(new ClientEffect.Deliver(1, "succeeded"));
        assertNothingLeft();
    }

    @Test
    void theTimeWithoutAMasterIsCountedFromItsLastAnswer() {
        on(new ClientEvent.Follow(1, JOB, SECOND, Long.MAX_VALUE));
        int attempt = 1;
        for (int i = 0; i < 100; i++) {
            pass(1);
            on(new ClientEvent.Answered(1, attempt++, "running", false));
        }
        on(unreachable(attempt));
        assertThat(pass(29.9)).noneMatch(ClientEffect.Refuse.class::isInstance);
        assertThat(pass(10)).anyMatch(ClientEffect.Refuse.class::isInstance);
        assertNothingLeft();
    }

    @Test
    void whoHasWaitedLongEnoughIsToldSo() {
        on(new ClientEvent.Follow(1, JOB, SECOND, nowNs + 3 * SECOND / 2));
        pass(1);
        assertThat(on(new ClientEvent.Answered(1, 1, "running", false)))
                .contains(new ClientEffect.Send(1, 2, new ClientRequest.Await(JOB, SECOND / 2)));
        assertThat(pass(0.5)).as("also without an answer").containsExactly(new ClientEffect.Deliver(1, null));
        on(new ClientEvent.Follow(2, JOB, SECOND, nowNs + SECOND));
        on(new ClientEvent.Failed(2, 1, ErrorCode.UNREACHABLE, "no master answers"));
        assertThat(pass(1)).endsWith(new ClientEffect.Deliver(2, null));
        assertNothingLeft();
    }

    @Test
    void aMasterThatAnswersTooEarlyIsNotAskedWithoutPause() {
        on(new ClientEvent.Follow(1, JOB, SECOND, Long.MAX_VALUE));
        assertThat(on(new ClientEvent.Answered(1, 1, "running", false)))
                .containsExactly(new ClientEffect.Tell(1, "running"));
        assertThat(pass(0.49)).isEmpty();
        assertThat(pass(0.01)).hasSize(1).first().isInstanceOf(ClientEffect.Send.class);
    }

    @Test
    void whatNobodyWantsAnyMoreIsForgotten() {
        on(new ClientEvent.Follow(1, JOB, SECOND, Long.MAX_VALUE));
        on(new ClientEvent.Forget(1));
        assertThat(on(new ClientEvent.Answered(1, 1, "succeeded", true))).isEmpty();
        assertNothingLeft();
    }

    private void assertNothingLeft() {
        assertThat(core.size()).isZero();
        assertThat(core.nextDeadlineNs()).isEqualTo(Core.NO_DEADLINE);
    }
}
