package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.JobState;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.Observation;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.RollBackStatus;
import io.valiant.protocol.SuperstepShare;
import io.valiant.protocol.SuperstepTotals;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients ask about jobs besides their status, and how jobs are forgotten on demand. */
class JobQuestionsTest {
    private final MasterHarness master = new MasterHarness();

    private void delete(JobId job) {
        master.send(new MasterEvent.DeleteJob(master.call(), job, "ann"));
    }

    private MasterReply.Described describe(JobId job) {
        master.send(new MasterEvent.DescribeJob(master.call(), job));
        return (MasterReply.Described) master.reply();
    }

    private MasterReply.Tried tryOut(int tasks, String selector) {
        master.send(new MasterEvent.TryPlacement(master.call(), tasks, selector, 0));
        return (MasterReply.Tried) master.reply();
    }

    private List<SuperstepStatus> supersteps(JobId job, int last) {
        master.send(new MasterEvent.AskSupersteps(master.call(), job, last));
        return ((MasterReply.Supersteps) master.reply()).steps();
    }

    private void tell(JobId job, int task, long superstep, long computeNs) {
        tell(job, task, superstep, computeNs, new SuperstepTotals(1, 5, 50, 0));
    }

    private void tell(JobId job, int task, long superstep, long computeNs, SuperstepTotals soFar) {
        SuperstepShare share = new SuperstepShare(superstep, 0, computeNs, 1_000_000, 5, 50, -1, 0, 3, soFar, false);
        var attempt = master.attemptId(job, task);
        long generation = master.attempt(job, task).generation();
        var unused = master.groomOf(job, task).report(new GroomReport.Supersteps(attempt, generation, List.of(share)));
    }

    @Test
    void aJobThatHasEndedIsForgottenOnDemandAndItsIdStaysUsed() {
        master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        delete(job);
        assertThat(master.rejected()).isEqualTo("JobNotEnded");
        master.finishAll(job);
        master.passBeating(1000, master.grooms.values().toArray(FakeGroom[]::new));
        delete(job);
        assertThat(master.reply()).isEqualTo(new MasterReply.Done());
        assertThat(master.core.snapshot().job(job)).isNull();
        assertThat(master.rows).doesNotContainKey("job " + job).containsKey("forget " + job);
        delete(job);
        assertThat(master.rejected()).isEqualTo("JobNotFound");
        assertThat(master.submit(Specs.tasks(1))).isNotEqualTo(job);
    }

    @Test
    void deletionIsAnsweredOnlyWhenNothingIsOwedToTheJob() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        master.workersWork = false;
        groom.finish(master.attemptId(job, 0));
        if (!master.state(job).isEnded()) {
            master.send(new MasterEvent.OutputCommitted(job));
        }
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
        long call = master.call();
        master.send(new MasterEvent.DeleteJob(call, job, "ann"));
        assertThat(master.isAnswered(call)).isFalse();
        groom.exit(master.attemptId(job, 0), 0);
        master.send(new MasterEvent.TemporaryDiscarded(job));
        master.passBeating(1000, groom);
        assertThat(master.isAnswered(call)).isTrue();
        assertThat(master.core.snapshot().job(job)).isNull();
    }

    @Test
    void superstepsAreShownOnceAllTasksHaveToldAndCounted() {
        master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        tell(job, 0, 4, 2_000_000);
        assertThat(supersteps(job, 10)).isEmpty();
        tell(job, 1, 4, 3_000_000);
        tell(job, 1, 5, 3_000_000);
        assertThat(supersteps(job, 10)).singleElement().satisfies(step -> {
            assertThat(step.superstep()).isEqualTo(4);
            assertThat(step.slowestTask()).isEqualTo(1);
            assertThat(step.messages()).isEqualTo(10);
            assertThat(step.activeVertices()).isEqualTo(6);
        });
        assertThat(master.effects(MasterEffect.Observed.class))
                .filteredOn(effect -> effect.what() instanceof Observation.SuperstepEnded)
                .hasSize(1);
        tell(job, 0, 5, 1);
        assertThat(supersteps(job, 1)).extracting(SuperstepStatus::superstep).containsExactly(5L);
    }

    private List<SuperstepTotals> counted() {
        return master.effects(MasterEffect.Observed.class).stream()
                .map(MasterEffect.Observed::what)
                .filter(Observation.SuperstepEnded.class::isInstance)
                .map(what -> ((Observation.SuperstepEnded) what).ended())
                .toList();
    }

    @Test
    void theNextLeadershipDoesNotCountAgainWhatOneBeforeHasCounted() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        tell(job, 0, 6, 1, new SuperstepTotals(7, 70, 700, 0));
        assertThat(counted()).containsExactly(new SuperstepTotals(7, 70, 700, 0));
        master.restart();
        groom.register();
        tell(job, 0, 7, 1, new SuperstepTotals(8, 80, 800, 0));
        tell(job, 0, 9, 1, new SuperstepTotals(10, 100, 1000, 0));
        assertThat(counted()).containsExactly(new SuperstepTotals(2, 20, 200, 0));
        assertThat(supersteps(job, 10)).extracting(SuperstepStatus::superstep).containsExactly(7L, 9L);
    }

    @Test
    void superstepsOfAnotherIncarnationAreNotTaken() {
        FakeGroom groom = master.groom("g1", 1);
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        long generation = master.attempt(job, 0).generation();
        SuperstepShare share = new SuperstepShare(1, 0, 1, 1, 1, 1, -1, 0, -1, SuperstepTotals.NONE, false);
        var unused = groom.report(new GroomReport.Supersteps(master.attemptId(job, 0), generation + 1, List.of(share)));
        assertThat(supersteps(job, 10)).isEmpty();
    }

    /** A job that tells of one superstep and ends, and owes nothing after that. */
    private JobId endedJob() {
        JobId job = master.submit(Specs.tasks(1));
        master.attachAll(job);
        tell(job, 0, 0, 1);
        master.finishAll(job);
        master.passBeating(1000, master.grooms.values().toArray(FakeGroom[]::new));
        master.effects.clear();
        return job;
    }

    @Test
    void onlyOfTheNewestEndedJobsSuperstepsAreKept() {
        int withSupersteps = 256;
        master.groom("g1", 2);
        JobId old = master.submit(Specs.tasks(1));
        master.attachAll(old);
        tell(old, 0, 0, 1);
        List<JobId> ended = new ArrayList<>();
        for (int i = 0; i <= withSupersteps; i++) {
            ended.add(endedJob());
        }
        assertThat(supersteps(ended.get(0), 10)).isEmpty();
        assertThat(supersteps(ended.get(1), 10)).hasSize(1);
        assertThat(supersteps(ended.get(withSupersteps), 10)).hasSize(1);
        assertThat(master.state(ended.get(0))).isEqualTo(JobState.SUCCEEDED);
        master.finishAll(old);
        master.passBeating(1000, master.grooms.values().toArray(FakeGroom[]::new));
        assertThat(supersteps(old, 10)).as("first submitted, last ended").hasSize(1);
        assertThat(supersteps(ended.get(1), 10)).isEmpty();
    }

    @Test
    void eachRollBackIsTold() {
        FakeGroom groom = master.groom("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        assertThat(describe(job).rollBacks()).isEmpty();
        groom.exit(master.attemptId(job, 0), 1);
        List<RollBackStatus> told = describe(job).rollBacks();
        assertThat(told).singleElement().satisfies(rollBack -> {
            assertThat(rollBack.generation()).isEqualTo(2);
            assertThat(rollBack.superstep()).isZero();
            assertThat(rollBack.charged()).isTrue();
            assertThat(rollBack.attempt()).isEqualTo(job + "_t0_a1");
        });
        assertThat(describe(job).spec().tasks()).isEqualTo(2);
        assertThat(master.effects(MasterEffect.Observed.class))
                .extracting(MasterEffect.Observed::what)
                .anyMatch(what -> what instanceof Observation.RolledBack)
                .anyMatch(what -> what instanceof Observation.Happened happened
                        && happened.kind().equals("JOB_ROLLED_BACK"));
    }

    @Test
    void aDryRunTellsThePlacesAndTakesNone() {
        master.groom("g1", 2);
        master.groom("g2", 2);
        var rows = master.core.rows();
        assertThat(tryOut(4, null).trial().placed()).isTrue();
        assertThat(tryOut(4, null).trial().grooms()).containsExactlyInAnyOrder("g1", "g1", "g2", "g2");
        assertThat(tryOut(5, null).trial().placed()).isFalse();
        assertThat(tryOut(5, null).trial().reason()).contains("5");
        assertThat(tryOut(1, "zone=a").trial().reason()).contains("zone=a");
        assertThat(master.core.rows()).isEqualTo(rows);
        master.send(new MasterEvent.TryPlacement(master.call(), 1, "zone", 0));
        assertThat(master.rejected()).isEqualTo("BadRequest");
    }

    @Test
    void aDryRunStandsBehindJobsThatWait() {
        master.groom("g1", 2);
        JobId first = master.submit(Specs.tasks(1));
        JobId second = master.submit(Specs.tasks(2));
        assertThat(master.state(first)).isEqualTo(JobState.RUNNING);
        assertThat(master.state(second)).isEqualTo(JobState.PENDING);
        assertThat(tryOut(1, null).trial().placed()).isFalse();
    }
}
