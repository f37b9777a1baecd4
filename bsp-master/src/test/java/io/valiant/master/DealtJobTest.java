package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.Observation;
import io.valiant.protocol.RollBackStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of supersteps shown of a job that begins below 0. */
class DealtJobTest {
    private static final long FIRST = Specs.dealt(2).firstSuperstep();

    private final MasterHarness master = new MasterHarness();
    private final FakeGroom groom = master.groom("g1", 3);

    private JobId running() {
        JobId job = master.submit(Specs.dealt(2));
        master.attachAll(job);
        return job;
    }

    /** Task 0 fails, all others end, and all attach anew. */
    private void rollBack(JobId job) {
        groom.exit(master.attemptId(job, 0), 1);
        groom.killAsTold();
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
    }

    private void told(JobId job, long superstep, boolean inBarrier, int... tasks) {
        for (int task : tasks) {
            groom.progress(master.attemptId(job, task), superstep, inBarrier);
        }
        groom.beat();
    }

    private List<Long> shown(JobId job) {
        return master.status(job).task().stream().map(JobStatus.Task::superstep).toList();
    }

    private List<Long> begun(JobId job, int task) {
        return master.status(job).task().get(task).attempts().stream()
                .map(JobStatus.Attempt::startSuperstep)
                .toList();
    }

    @Test
    void aRollBackWithoutACheckpointGoesOnWithTheDealing() {
        JobId job = running();
        told(job, 3, false, 0, 1);
        rollBack(job);
        assertThat(begun(job, 0)).containsExactly(FIRST, FIRST);
        master.send(new MasterEvent.DescribeJob(master.call(), job));
        assertThat(((MasterReply.Described) master.reply()).rollBacks())
                .extracting(RollBackStatus::superstep)
                .containsExactly(FIRST);
        assertThat(master.effects(MasterEffect.Observed.class))
                .extracting(MasterEffect.Observed::what)
                .filteredOn(Observation.Happened.class::isInstance)
                .extracting(what -> ((Observation.Happened) what).message())
                .filteredOn(message -> message.contains("goes on from"))
                .singleElement()
                .asString()
                .contains("goes on from superstep " + SuperstepStatus.label(FIRST) + ": ");
    }

    @Test
    void aRestartedMasterKnowsWhatTheFirstAndTheNewestGenerationBeganWith() {
        JobId job = running();
        rollBack(job);
        rollBack(job);
        master.restart();
        groom.register();
        assertThat(begun(job, 0)).containsExactly(FIRST, null, FIRST);
        assertThat(shown(job)).containsExactly(FIRST, FIRST);
    }

    @Test
    void untilATaskTellsItIsWhereItsGenerationBegan() {
        JobId job = running();
        assertThat(shown(job)).containsExactly(FIRST, FIRST);
        assertThat(master.status(job).superstep()).isEqualTo(FIRST);
        told(job, FIRST, false, 0, 1);
        assertThat(shown(job)).containsExactly(FIRST, FIRST);
        told(job, 6, false, 0, 1);
        assertThat(master.status(job).superstep()).isEqualTo(6);
        rollBack(job);
        assertThat(master.status(job).superstep()).isEqualTo(FIRST);
        told(job, 6, false, 0, 1);
        master.checkpointAll(job, 5);
        rollBack(job);
        assertThat(shown(job)).containsExactly(5L, 5L);
        told(job, 7, false, 0);
        assertThat(shown(job)).containsExactly(7L, 5L);
        assertThat(master.status(job).superstep()).isEqualTo(5);
    }

    @Test
    void aTaskThatHasNotToldYetIsWaitedFor() {
        JobId job = running();
        assertThat(master.status(job).waitingFor()).isNull();
        told(job, FIRST, true, 1);
        assertThat(master.status(job).waitingFor().task()).isZero();
        told(job, FIRST, true, 0);
        assertThat(master.status(job).waitingFor()).isNull();
    }
}
