package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.GroomReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checkpoints are gathered, stored, restored and removed. */
class CheckpointTest {
    private final MasterHarness master = new MasterHarness();

    private JobId running(int tasks) {
        master.groom("g1", tasks);
        JobId job = master.submit(Specs.tasks(tasks));
        master.attachAll(job);
        return job;
    }

    private void rollBack(JobId job) {
        master.send(new MasterEvent.EndAttempt(master.call(), master.attemptId(job, 0), false, "ann"));
        master.grooms.values().forEach(FakeGroom::killAsTold);
        master.attachAll(job);
    }

    private CheckpointRef restored(JobId job, int task) {
        return master.groomOf(job, task).launched(master.attemptId(job, task)).restore();
    }

    private List<Long> kept(JobId job) {
        return ((MasterRecord.Checkpoints) master.rows.get("checkpoints " + job))
                .kept().stream().map(each -> each.ref().superstep()).toList();
    }

    private List<String> deleted() {
        return master.effects(MasterEffect.DeleteCheckpoint.class).stream()
                .map(MasterEffect.DeleteCheckpoint::folder)
                .toList();
    }

    @Test
    void manifestIsWrittenWhenTheLastPartIsThere() {
        JobId job = running(2);
        master.workersWork = false;
        FakeGroom groom = master.groomOf(job, 0);
        assertThat(groom.launched(master.attemptId(job, 0)).checkpoints()).isEqualTo("/system/checkpoints/" + job);
        groom.checkpoint(master.attemptId(job, 1), 5);
        groom.checkpoint(master.attemptId(job, 1), 5);
        assertThat(master.effects(MasterEffect.WriteManifest.class)).isEmpty();
        groom.checkpoint(master.attemptId(job, 0), 5);
        MasterEffect.WriteManifest write =
                master.effects(MasterEffect.WriteManifest.class).get(0);
        assertThat(write.folder()).isEqualTo("/system/checkpoints/" + job + "/g1-s5");
        assertThat(write.parts()).extracting(part -> part.task()).containsExactly(0, 1);
        assertThat(master.status(job).checkpoint()).isNull();
        master.send(MasterHarness.written(write));
        JobStatus.Checkpoint shown = master.status(job).checkpoint();
        assertThat(shown.superstep()).isEqualTo(5);
        assertThat(shown.path()).isEqualTo(write.folder());
        assertThat(kept(job)).containsExactly(5L);
        groom.checkpoint(master.attemptId(job, 0), 5);
        groom.checkpoint(master.attemptId(job, 1), 5);
        assertThat(master.effects(MasterEffect.WriteManifest.class)).hasSize(1);
    }

    @Test
    void rollBackGoesToTheNewestCheckpoint() {
        JobId job = running(2);
        master.checkpointAll(job, 5);
        master.checkpointAll(job, 9);
        rollBack(job);
        assertThat(restored(job, 0).superstep()).isEqualTo(9);
        assertThat(restored(job, 1)).isEqualTo(restored(job, 0));
        assertThat(master.attempt(job, 1).startSuperstep()).isEqualTo(9);
        master.finishAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void restartedMasterRestoresWhatTheGenerationBeganWith() {
        JobId job = running(1);
        master.checkpointAll(job, 5);
        master.pushesArrive = false;
        master.send(new MasterEvent.EndAttempt(master.call(), master.attemptId(job, 0), false, "ann"));
        FakeGroom groom = master.groomOf(job, 0);
        master.pushesArrive = true;
        master.restart();
        groom.register();
        groom.killAsTold();
        assertThat(restored(job, 0).superstep()).isEqualTo(5);
        assertThat(master.status(job).checkpoint().superstep()).isEqualTo(5);
    }

    @Test
    void checkpointsBeyondThoseKeptAreRemovedAfterTheRowIsStored() {
        JobId job = running(1);
        master.checkpointAll(job, 5);
        master.checkpointAll(job, 9);
        assertThat(deleted()).isEmpty();
        assertThat(master.effects(MasterEffect.DeleteUnnamedSections.class)).isEmpty();
        master.checkpointAll(job, 12);
        assertThat(kept(job)).containsExactly(9L, 12L);
        assertThat(deleted()).containsExactly("/system/checkpoints/" + job + "/g1-s5");
        List<MasterEffect.DeleteUnnamedSections> sections = master.effects(MasterEffect.DeleteUnnamedSections.class);
        assertThat(sections).hasSize(1);
        assertThat(sections.get(0).folder()).isEqualTo("/system/checkpoints/" + job);
        assertThat(sections.get(0).kept())
                .extracting(CheckpointRef::superstep)
                .as("oldest first")
                .containsExactly(9L, 12L);
    }

    @Test
    void whatTheGenerationBeganFromStaysUntilOneBeginsFromAnother() {
        JobId job = running(1);
        master.checkpointAll(job, 5);
        rollBack(job);
        for (long superstep = 9; superstep <= 18; superstep += 3) {
            master.checkpointAll(job, superstep);
        }
        assertThat(kept(job)).as("besides the newest two").containsExactly(5L, 15L, 18L);
        assertThat(deleted()).doesNotContain("/system/checkpoints/" + job + "/g1-s5");
        List<MasterEffect.DeleteUnnamedSections> sections = master.effects(MasterEffect.DeleteUnnamedSections.class);
        assertThat(sections.get(sections.size() - 1).kept())
                .extracting(CheckpointRef::superstep)
                .containsExactly(5L, 15L, 18L);
        rollBack(job);
        assertThat(restored(job, 0).superstep()).isEqualTo(18);
        assertThat(deleted()).doesNotContain("/system/checkpoints/" + job + "/g1-s5");
        master.checkpointAll(job, 21);
        assertThat(kept(job)).containsExactly(18L, 21L);
        assertThat(deleted()).contains("/system/checkpoints/" + job + "/g1-s5");
    }

    @Test
    void checkpointThatNeverBecameWholeGoesWithTheNextThatIs() {
        JobId job = running(2);
        FakeGroom groom = master.groomOf(job, 0);
        groom.checkpoint(master.attemptId(job, 0), 5);
        groom.report(new GroomReport.CheckpointFailed(master.attemptId(job, 1), 1, 5, "no room"));
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        groom.checkpoint(master.attemptId(job, 0), 7);
        master.checkpointAll(job, 9);
        assertThat(deleted())
                .containsExactlyInAnyOrder(
                        "/system/checkpoints/" + job + "/g1-s5", "/system/checkpoints/" + job + "/g1-s7");
        assertThat(kept(job)).containsExactly(9L);
    }

    @Test
    void partsOfAStoredCheckpointThatAreToldToANewMasterDoNotUndoIt() {
        JobId job = running(2);
        FakeGroom groom = master.groomOf(job, 0);
        master.checkpointAll(job, 5);
        master.restart();
        groom.register();
        groom.checkpoint(master.attemptId(job, 0), 5);
        master.checkpointAll(job, 9);
        assertThat(deleted()).isEmpty();
        assertThat(kept(job)).containsExactly(5L, 9L);
    }

    @Test
    void partsOfACheckpointThatMayStillBecomeWholeAreNotRemovedByAnOlderOne() {
        JobId job = running(1);
        master.workersWork = false;
        master.checkpointAll(job, 5);
        master.checkpointAll(job, 9);
        MasterEffect.WriteManifest older =
                master.effects(MasterEffect.WriteManifest.class).get(0);
        master.send(new MasterEvent.ManifestFailed(job, 1, 9, Cause.of(CauseType.STORAGE, "away")));
        master.send(MasterHarness.written(older));
        assertThat(deleted()).isEmpty();
        master.workersWork = true;
        master.restart();
        master.groomOf(job, 0).register();
        master.checkpointAll(job, 9);
        assertThat(kept(job)).containsExactly(5L, 9L);
    }

    @Test
    void partOfAnOlderGenerationIsNotTaken() {
        JobId job = running(2);
        FakeGroom groom = master.groomOf(job, 0);
        GroomReport late = groom.checkpointed(master.attemptId(job, 0), 5);
        master.workersWork = false;
        rollBack(job);
        groom.report(late);
        groom.checkpoint(master.attemptId(job, 1), 5);
        assertThat(master.effects(MasterEffect.WriteManifest.class)).isEmpty();
    }

    @Test
    void manifestThatComesAfterTheRollBackIsRemoved() {
        JobId job = running(1);
        master.workersWork = false;
        master.checkpointAll(job, 5);
        MasterEffect.WriteManifest write =
                master.effects(MasterEffect.WriteManifest.class).get(0);
        rollBack(job);
        master.send(MasterHarness.written(write));
        assertThat(deleted()).containsExactly(write.folder());
        assertThat(master.status(job).checkpoint()).isNull();
        assertThat(restored(job, 0)).isNull();
    }

    @Test
    void manifestThatCannotBeWrittenLeavesTheJobRunning() {
        JobId job = running(1);
        master.workersWork = false;
        master.checkpointAll(job, 5);
        master.send(new MasterEvent.ManifestFailed(job, 1, 5, Cause.of(CauseType.STORAGE, "away")));
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(master.status(job).checkpoint()).isNull();
        master.effects.clear();
        master.workersWork = true;
        master.checkpointAll(job, 9);
        assertThat(kept(job)).containsExactly(9L);
    }

    @Test
    void roundsOfRollBacksAreCountedFromTheNewestCheckpoint() {
        JobId job = running(1);
        for (long superstep = 1; superstep <= 3; superstep++) {
            for (int i = 0; i < 4; i++) {
                rollBack(job);
            }
            master.checkpointAll(job, superstep);
        }
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        assertThat(master.status(job).rollbacks()).isEqualTo(12);
        for (int i = 0; i < 4; i++) {
            rollBack(job);
        }
        master.send(new MasterEvent.EndAttempt(master.call(), master.attemptId(job, 0), false, "ann"));
        master.grooms.values().forEach(FakeGroom::killAsTold);
        assertThat(master.state(job)).isEqualTo(JobState.FAILED);
        assertThat(master.status(job).cause().message()).contains("4 times without a new checkpoint");
    }

    @Test
    void badCheckpointIsPassedOverWithoutACharge() {
        JobId job = running(2);
        master.checkpointAll(job, 5);
        master.checkpointAll(job, 9);
        rollBack(job);
        for (long expected : new long[] {9, 5}) {
            CheckpointRef bad = restored(job, 1);
            assertThat(bad.superstep()).isEqualTo(expected);
            AttemptId finder = master.attemptId(job, 1);
            master.groomOf(job, 1).restoreFailed(finder, bad);
            master.groomOf(job, 0).killAsTold();
            master.attachAll(job);
            List<JobStatus.Attempt> attempts = master.status(job).task().get(1).attempts();
            JobStatus.Attempt ended = attempts.get(attempts.size() - 2);
            assertThat(ended.charged()).isFalse();
            assertThat(ended.state()).isEqualTo(AttemptState.KILLED);
            assertThat(ended.cause().type()).isEqualTo(CauseType.STORAGE);
            assertThat(ended.cause().message()).contains("block 2 is damaged");
        }
        assertThat(restored(job, 0)).isNull();
        assertThat(kept(job)).isEmpty();
        assertThat(master.status(job).rollbacks()).isEqualTo(3);
        MasterRecord.Job row = (MasterRecord.Job) master.rows.get("job " + job);
        assertThat(row.rollbacks()).as("counted against the cap").isEqualTo(1);
    }

    @Test
    void folderIsNotRemovedWhileAManifestIsWrittenIntoIt() {
        JobId job = running(1);
        master.workersWork = false;
        master.checkpointAll(job, 5);
        master.cancel(job);
        master.groomOf(job, 0).killAsTold();
        assertThat(master.state(job)).isEqualTo(JobState.KILLED);
        assertThat(master.effects(MasterEffect.DiscardTemporary.class)).isEmpty();
        master.send(MasterHarness.written(
                master.effects(MasterEffect.WriteManifest.class).get(0)));
        assertThat(master.effects(MasterEffect.DiscardTemporary.class)).hasSize(1);
    }

    @Test
    void rowGoesWithTheJobThatIsForgotten() {
        MasterConfig one = Configs.retaining(1);
        MasterHarness small = new MasterHarness(one);
        small.groom("g1", 1);
        for (int i = 0; i < 2; i++) {
            JobId job = small.submit(Specs.tasks(1));
            small.attachAll(job);
            small.checkpointAll(job, 5);
            small.finishAll(job);
            small.grooms.values().forEach(FakeGroom::beat);
        }
        assertThat(small.rows.keySet())
                .filteredOn(key -> key.startsWith("checkpoints "))
                .hasSize(1);
        small.restart();
        assertThat(small.core.snapshot().jobs()).hasSize(1);
    }

    @Test
    void partsOfACheckpointThatFailedGoAsSoonAsANewerOneBegins() {
        JobId job = running(2);
        FakeGroom groom = master.groomOf(job, 0);
        groom.report(new GroomReport.CheckpointFailed(master.attemptId(job, 1), 1, 5, "no room"));
        groom.checkpoint(master.attemptId(job, 0), 5);
        assertThat(deleted()).as("others may be writing theirs").isEmpty();
        groom.report(new GroomReport.CheckpointFailed(master.attemptId(job, 1), 1, 7, "no room"));
        assertThat(deleted()).containsExactly("/system/checkpoints/" + job + "/g1-s5");
        groom.checkpoint(master.attemptId(job, 0), 7);
        groom.checkpoint(master.attemptId(job, 0), 9);
        assertThat(deleted()).hasSize(2).endsWith("/system/checkpoints/" + job + "/g1-s7");
        groom.checkpoint(master.attemptId(job, 1), 9);
        assertThat(kept(job)).containsExactly(9L);
    }

    @Test
    void partsToldAgainToANewMasterDoNotRemoveWhatIsStored() {
        JobId job = running(2);
        FakeGroom groom = master.groomOf(job, 0);
        master.checkpointAll(job, 5);
        master.restart();
        groom.register();
        groom.checkpoint(master.attemptId(job, 0), 5);
        master.checkpointAll(job, 9);
        assertThat(kept(job)).containsExactly(5L, 9L);
        assertThat(deleted()).isEmpty();
    }
}
