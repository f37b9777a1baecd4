package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.JobState;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.Directive;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A new leadership takes up what the one before left. */
class RestartTest {
    private final MasterHarness master = new MasterHarness();

    @Test
    void epochIsTheFirstThingStored() {
        assertThat(master.core.snapshot().epoch()).isEqualTo(1);
        master.restart();
        assertThat(((MasterRecord.Cluster) master.rows.get("cluster")).epoch()).isEqualTo(2);
        assertThat(master.core.snapshot().clusterId()).isNotEmpty();
    }

    @Test
    void runningJobGoesOnWithoutARollBack() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        master.restart();
        assertThat(groom.beat()).isInstanceOf(HeartbeatReply.Register.class);
        assertThat(groom.register()).isInstanceOf(RegistrationReply.Accepted.class);
        assertThat(groom.incarnation).isEqualTo(1);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(master.status(job).generation()).isEqualTo(1);
        assertThat(master.core.snapshot().slotsUsed()).isEqualTo(2);
        assertThat(groom.launches(master.attemptId(job, 0))).isEqualTo(1);
        assertThat(groom.peerTables(job))
                .as("told again, the same")
                .hasSize(2)
                .containsOnly(groom.peerTables(job).get(0));
        master.finishAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void launchThatNeverArrivedIsGivenAgain() {
        FakeGroom groom = master.groom("g1", 1);
        master.pushesArrive = false;
        JobId job = master.submit(Specs.tasks(1));
        master.pushesArrive = true;
        master.restart();
        groom.register();
        assertThat(groom.launches(master.attemptId(job, 0))).isEqualTo(1);
        assertThat(master.attempt(job, 0).id()).endsWith("_a1");
    }

    @Test
    void everyGroomHasAFullExpiryToComeBack() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        master.pass(9_000);
        master.restart();
        master.pass(9_000);
        assertThat(master.core.snapshot().groom(groom.id).state()).isEqualTo(GroomState.ACTIVE);
        groom.register();
        assertThat(master.attempt(job, 0).state()).isEqualTo(AttemptState.RUNNING);
    }

    @Test
    void groomThatDoesNotComeBackIsLost() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        master.restart();
        master.pass(10_000);
        assertThat(master.core.snapshot().groom(groom.id).state()).isEqualTo(GroomState.LOST);
        assertThat(master.attempt(job, 0).state()).isEqualTo(AttemptState.LOST);
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
    }

    @Test
    void killsThatWereOwedAreGivenAgain() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        AttemptId innocent = master.attemptId(job, 1);
        master.pushesArrive = false;
        groom.exit(master.attemptId(job, 0), 1);
        master.pushesArrive = true;
        master.restart();
        groom.register();
        assertThat(groom.wasToldToKill(innocent)).isTrue();
        groom.killAsTold();
        assertThat(master.attempt(job, 1).id()).endsWith("_a2");
        assertThat(groom.launches(innocent)).isEqualTo(1);
    }

    @Test
    void commitThatWasUnderWayIsDoneAgain() {
        master.workersWork = false;
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.send(new MasterEvent.Prepared(job, List.of(List.of())));
        master.attachAll(job);
        groom.finish(master.attemptId(job, 0));
        var commit = master.effects(MasterEffect.CommitOutput.class);
        master.restart();
        assertThat(master.effects(MasterEffect.CommitOutput.class)).isEqualTo(commit);
        master.send(new MasterEvent.OutputCommitted(job));
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
        assertThat(master.status(job).counters().get("app")).containsEntry("n", 1L);
    }

    @Test
    void preparationIsAskedForAgain() {
        master.workersWork = false;
        JobId job = master.submit(Specs.tasks(1));
        master.restart();
        assertThat(master.effects(MasterEffect.Prepare.class)).hasSize(1);
        assertThat(master.state(job)).isEqualTo(JobState.CREATED);
    }

    @Test
    void cancelThatWasAcknowledgedIsCarriedOut() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        master.pushesArrive = false;
        master.cancel(job);
        master.pushesArrive = true;
        master.restart();
        assertThat(master.state(job)).isEqualTo(JobState.CANCELING);
        groom.register();
        groom.killAsTold();
        assertThat(master.state(job)).isEqualTo(JobState.KILLED);
    }

    @Test
    void lostLinkThatWasAcknowledgedIsNotForgotten() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        groom.linkLost(master.attemptId(job, 0), 1);
        master.restart();
        groom.register();
        master.pass(1_000);
        assertThat(master.status(job).generation()).isEqualTo(2);
    }

    @Test
    void reportOfAnOlderEpochIsAskedForAgain() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        AttemptId attempt = master.attemptId(job, 0);
        groom.attach(attempt);
        master.restart();
        assertThat(groom.report(groom.finished(attempt))).isInstanceOf(ReportReply.Register.class);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        groom.register();
        assertThat(groom.report(groom.finished(attempt))).isInstanceOf(ReportReply.Accepted.class);
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void whatAnEndedJobOwesIsDoneAfterARestart() {
        master.workersWork = false;
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.withoutOutput(1));
        master.send(new MasterEvent.Prepared(job, List.of(List.of())));
        master.attachAll(job);
        groom.finish(master.attemptId(job, 0));
        AttemptId attempt = master.attemptId(job, 0);
        master.workersWork = true;
        master.restart();
        groom.register();
        assertThat(groom.wasToldToForget(job)).isFalse();
        groom.exit(attempt, 0);
        assertThat(groom.wasToldToForget(job)).isTrue();
        groom.directives.clear();
        groom.beat();
        master.restart();
        groom.register();
        assertThat(groom.directives).as("nothing is owed any more").isEmpty();
    }

    @Test
    void endedJobsBeyondRetentionAreForgottenButTheirIdsStayUsed() {
        MasterConfig few = Configs.retaining(1);
        MasterHarness small = new MasterHarness(few);
        JobId first = small.submit(Specs.withId("mine", "key"));
        small.cancel(first);
        JobId second = small.submit(Specs.tasks(1));
        small.cancel(second);
        assertThat(small.core.snapshot().job(first)).isNull();
        assertThat(small.core.snapshot().job(second)).isNotNull();
        small.restart();
        assertThat(small.core.snapshot().job(first)).isNull();
        small.send(new MasterEvent.Submit(small.call(), Specs.withId("mine", null)));
        assertThat(small.rejected()).isEqualTo("JobExists");
    }

    @Test
    void jobsAreForgottenInTheOrderTheyEndedIn() {
        MasterHarness small = new MasterHarness(Configs.retaining(2));
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jobs.add(small.submit(Specs.tasks(1)));
        }
        for (int ends : new int[] {3, 0, 1}) {
            small.pass(1000);
            small.cancel(jobs.get(ends));
        }
        assertThat(small.core.snapshot().job(jobs.get(3))).isNull();
        assertThat(small.core.snapshot().job(jobs.get(0))).isNotNull();
        small.restart();
        small.pass(1000);
        small.cancel(jobs.get(2));
        assertThat(small.core.snapshot().job(jobs.get(0))).isNull();
        assertThat(small.core.snapshot().job(jobs.get(1))).isNotNull();
        assertThat(small.core.snapshot().job(jobs.get(2))).isNotNull();
    }

    @Test
    void groomUnknownToTheStoreStartsAnew() {
        FakeGroom stranger = new FakeGroom(master, "g9", 1);
        stranger.incarnation = 4;
        assertThat(stranger.register()).isInstanceOf(RegistrationReply.Fenced.class);
        assertThat(stranger.directives).noneMatch(d -> d instanceof Directive.LaunchTask);
    }
}
