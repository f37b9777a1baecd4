package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.JobSpec;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A pair of grooms between which a job has lost links twice is not used together in that job. */
class LostLinkTest {
    private final MasterHarness master = new MasterHarness();

    private JobId running(JobSpec spec) {
        JobId job = master.submit(spec);
        master.attachAll(job);
        return job;
    }

    /** Both ends of a link tell of its loss; the job is rolled back. */
    private void lose(JobId job, int one, int other) {
        FakeGroom first = master.groomOf(job, one);
        FakeGroom second = master.groomOf(job, other);
        first.linkLost(master.attemptId(job, one), other);
        second.linkLost(master.attemptId(job, other), one);
        beat();
        master.pass(1_000);
    }

    private void beat() {
        master.grooms.values().forEach(FakeGroom::beat);
    }

    private TreeSet<String> groomsOf(JobId job) {
        TreeSet<String> grooms = new TreeSet<>();
        for (JobStatus.Task task : master.status(job).task()) {
            grooms.add(task.attempts().get(task.attempts().size() - 1).groom());
        }
        return grooms;
    }

    @Test
    void oneLossKeepsThePairThoughBothEndsTellIt() {
        master.groom("g1", 1);
        master.groom("g2", 1);
        JobId job = running(Specs.supersteps(2));
        master.groom("g3", 1);
        lose(job, 0, 1);
        assertThat(master.status(job).generation()).isEqualTo(2);
        assertThat(groomsOf(job)).containsExactly("g1", "g2");
    }

    @Test
    void pairThatLostLinksInTwoGenerationsIsNotUsedTogether() {
        FakeGroom one = master.groom("g1", 1);
        FakeGroom two = master.groom("g2", 1);
        JobId job = running(Specs.supersteps(2));
        AttemptId first = master.attemptId(job, 0);
        AttemptId second = master.attemptId(job, 1);
        FakeGroom three = master.groom("g3", 1);
        lose(job, 0, 1);
        master.attachAll(job);
        lose(job, 0, 1);
        assertThat(one.wasToldToKill(first))
                .as("the JVM on the groom that is left out")
                .isTrue();
        assertThat(one.rejoined(first)).hasSize(1);
        one.killAsTold();
        assertThat(master.status(job).generation()).isEqualTo(3);
        assertThat(groomsOf(job)).containsExactly("g2", "g3");
        assertThat(two.rejoined(second)).as("the other stays").hasSize(2);
        assertThat(three.table).hasSize(1);
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void plainJobObeysToo() {
        master.groom("g1", 1);
        master.groom("g2", 1);
        JobId job = running(Specs.tasks(2));
        master.groom("g3", 1);
        for (int loss = 0; loss < 2; loss++) {
            lose(job, 0, 1);
            master.grooms.values().forEach(FakeGroom::killAsTold);
            master.attachAll(job);
        }
        assertThat(groomsOf(job)).hasSize(2).contains("g3");
    }

    @Test
    void otherPairsOfAGroomThatIsNotLeftOutAreUsed() {
        master.groom("g1", 2);
        master.groom("g2", 2);
        JobId job = running(Specs.supersteps(2));
        master.groom("g3", 2);
        for (int loss = 0; loss < 2; loss++) {
            lose(job, 0, 1);
            master.grooms.values().forEach(FakeGroom::killAsTold);
            master.attachAll(job);
        }
        JobId other = running(Specs.supersteps(4));
        assertThat(groomsOf(other))
                .as("it is a matter of one job")
                .contains("g1")
                .hasSize(3);
    }

    @Test
    void pairIsUsedTogetherWhereTheJobCouldNeverRunWithoutIt() {
        FakeGroom one = master.groom("g1", 1);
        FakeGroom two = master.groom("g2", 1);
        JobId job = running(Specs.supersteps(2));
        AttemptId first = master.attemptId(job, 0);
        lose(job, 0, 1);
        master.attachAll(job);
        lose(job, 0, 1);
        assertThat(groomsOf(job)).containsExactly("g1", "g2");
        assertThat(one.rejoined(first)).hasSize(2);
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(two.table).hasSize(1);
    }

    @Test
    void jobThatCouldRunWithoutThePairWaitsForRoomAndSaysSo() {
        FakeGroom one = master.groom("g1", 1);
        FakeGroom two = master.groom("g2", 1);
        JobId job = running(Specs.supersteps(2));
        FakeGroom three = master.groom("g3", 1);
        JobId other = running(Specs.supersteps(1));
        lose(job, 0, 1);
        master.attachAll(job);
        lose(job, 0, 1);
        one.killAsTold();
        two.killAsTold();
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        assertThat(master.status(job).reason())
                .isEqualTo("needs 2 slots, 1 free without g1, where the job has lost links twice");
        master.finishAll(other);
        assertThat(groomsOf(job)).containsExactly("g2", "g3");
        assertThat(three.table).hasSize(1);
    }

    @Test
    void jobThatWaitsTakesThePairOnceNobodyElseIsThere() {
        FakeGroom one = master.groom("g1", 1);
        FakeGroom two = master.groom("g2", 1);
        JobId job = running(Specs.supersteps(2));
        master.groom("g3", 1);
        running(Specs.supersteps(1));
        lose(job, 0, 1);
        master.attachAll(job);
        lose(job, 0, 1);
        one.killAsTold();
        two.killAsTold();
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        master.passBeating(10_500, one, two);
        assertThat(groomsOf(job)).containsExactly("g1", "g2");
        assertThat(master.status(job).reason()).isNull();
    }

    @Test
    void newLeadershipCountsAnew() {
        master.groom("g1", 1);
        master.groom("g2", 1);
        JobId job = running(Specs.supersteps(2));
        master.groom("g3", 1);
        lose(job, 0, 1);
        master.attachAll(job);
        master.restart();
        master.grooms.values().forEach(FakeGroom::register);
        lose(job, 0, 1);
        assertThat(master.status(job).generation()).isEqualTo(3);
        assertThat(groomsOf(job)).containsExactly("g1", "g2");
    }

    @Test
    void linkWithinAGroomAndALinkToNobodyAreNoPair() {
        FakeGroom one = master.groom("g1", 2);
        JobId job = running(Specs.supersteps(2));
        master.groom("g2", 2);
        for (int loss = 0; loss < 2; loss++) {
            one.linkLost(master.attemptId(job, 0), 7);
            one.linkLost(master.attemptId(job, 0), -1);
            lose(job, 0, 1);
            master.attachAll(job);
        }
        assertThat(groomsOf(job)).containsExactly("g1");
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
    }

    @Test
    void lossOfAGenerationThatIsOverDoesNotCount() {
        FakeGroom one = master.groom("g1", 1);
        master.groom("g2", 1);
        master.groom("g3", 1);
        JobId job = running(Specs.supersteps(3));
        master.groom("g4", 1);
        lose(job, 0, 1);
        master.attachAll(job);
        one.report(new GroomReport.LinkLost(master.attemptId(job, 0), 1, 2, 3, "told late"));
        beat();
        master.pass(1_000);
        assertThat(master.status(job).generation()).isEqualTo(2);
        lose(job, 0, 2);
        assertThat(master.status(job).generation()).isEqualTo(3);
        assertThat(groomsOf(job)).containsExactly("g1", "g2", "g3");
    }
}
