package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.valiant.bsp.Aggregate;
import io.valiant.checkpoint.CheckpointFolders;
import io.valiant.io.FileStores;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.OutputPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that are saved, thrown away and restored end as if nothing had happened. */
@Timeout(120)
class RecoveryTest {
    private static final int FAILS_IN = 13;

    @TempDir
    Path folder;

    private Path input;

    @BeforeEach
    void writeInput() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            lines.add("line " + i * i);
        }
        input = Files.write(folder.resolve("input"), lines);
    }

    private TestJobs job(Class<?> program, String name) {
        return TestJobs.of(program)
                .type(program == RecoveryPrograms.Walk.class ? "superstep" : "bsp")
                .tasks(3)
                .input(input.toString())
                .output(folder.resolve(name).toString())
                .aggregator("all", Aggregate.LONG_SUM);
    }

    private List<String> uninterrupted(Class<?> program) throws Exception {
        try (TaskRig rig = new TaskRig(job(program, "whole").spec(), folder.resolve("w"))) {
            rig.start(1, null);
            List<ChildEvent.PartsClosed> results = rig.finish();
            assertThat(results.get(0).result().parts()).hasSize(1);
            return outcome(results);
        }
    }

    /** Output, counters and facts of each task. */
    private static List<String> outcome(List<ChildEvent.PartsClosed> results) throws IOException {
        List<String> outcome = new ArrayList<>();
        for (ChildEvent.PartsClosed closed : results) {
            StringBuilder text = new StringBuilder();
            for (OutputPart part : closed.result().parts()) {
                text.append(Files.readString(FileStores.local(part.temporary()), StandardCharsets.UTF_8));
            }
            outcome.add(text + " " + closed.result().counters().get("test").get("steps") + " "
                    + closed.result().superstep() + " " + closed.result().facts());
        }
        return outcome;
    }

    @ParameterizedTest
    @CsvSource({"false, 12", "true, 12", "false, 8", "true, 4"})
    void aSuperstepProgramGoesOnFromAnyCheckpointToTheSameEnd(boolean kept, long from) throws Exception {
        goesOn(RecoveryPrograms.Walk.class, kept, from);
    }

    @Test
    void aPlainProgramThatSavesGoesOnToTheSameEnd() throws Exception {
        goesOn(RecoveryPrograms.Saves.class, false, 8);
    }

    private void goesOn(Class<?> program, boolean kept, long from) throws Exception {
        List<String> whole = uninterrupted(program);
        TestJobs job = job(program, "restored").checkpointEvery(4).set("fail", FAILS_IN);
        TaskRig first = new TaskRig(job.spec(), folder.resolve("r"));
        TaskRig second = kept ? first : new TaskRig(job.spec(), folder.resolve("r"));
        try (first;
                second) {
            first.start(1, null);
            CheckpointRef ref = first.checkpoint(1, from);
            assertThat(first.task(1)
                            .hear(ChildEvent.ProgramFailed.class)
                            .cause()
                            .message())
                    .contains("planted");
            first.abandon(1);
            second.start(2, ref);
            CheckpointRef later = second.checkpoint(2, from + 4);
            assertThat(later.folder()).endsWith("g2-s" + (from + 4));
            List<ChildEvent.PartsClosed> results = second.finish();
            assertThat(outcome(results)).isEqualTo(whole);
            List<OutputPart> parts = results.get(2).result().parts();
            assertThat(parts.get(0).name()).isEqualTo("part-00002");
            assertThat(parts.get(1).name()).isEqualTo("part-00002-0001");
            assertThat(parts.get(0).temporary()).contains("/g1/");
            assertThat(parts.get(parts.size() - 1).temporary()).contains("/g2/");
        }
    }

    @Test
    void aDamagedCheckpointIsNamedAndNothingOfItIsUsed() throws Exception {
        TestJobs job =
                job(RecoveryPrograms.Walk.class, "out").checkpointEvery(4).set("fail", FAILS_IN);
        try (TaskRig rig = new TaskRig(job.spec(), folder)) {
            rig.start(1, null);
            CheckpointRef ref = rig.checkpoint(1, 8);
            rig.abandon(1);
            Path part = FileStores.local(CheckpointFolders.part(ref.folder(), 2));
            byte[] bytes = Files.readAllBytes(part);
            bytes[bytes.length / 2] ^= 1;
            Files.write(part, bytes);
            rig.start(2, ref);
            ChildEvent.RestoreFailed told = rig.task(2).hear(ChildEvent.RestoreFailed.class);
            assertThat(told.checkpoint()).isEqualTo(ref);
            assertThat(told.reason()).contains("part-2 ").doesNotContain("\n");
            rig.abandon(2);
            rig.start(3, null);
            assertThat(outcome(rig.finish())).isEqualTo(uninterrupted(RecoveryPrograms.Walk.class));
        }
    }

    @Test
    void whatAnAbandonedGenerationHasNotClosedIsRemoved() throws Exception {
        TestJobs job =
                job(RecoveryPrograms.Walk.class, "out").checkpointEvery(4).set("fail", FAILS_IN);
        try (TaskRig rig = new TaskRig(job.spec(), folder)) {
            rig.start(1, null);
            CheckpointRef ref = rig.checkpoint(1, 12);
            assertThat(rig.task(1).hear(ChildEvent.ProgramFailed.class)).isNotNull();
            Path open = folder.resolve("out/_temporary/job_test_1/g1/part-00001-0003");
            assertThat(open).exists();
            rig.abandon(1);
            await().until(() -> !Files.exists(open));
            assertThat(open.resolveSibling("part-00001-0002")).exists();
            rig.start(2, ref);
            assertThat(outcome(rig.finish())).isEqualTo(uninterrupted(RecoveryPrograms.Walk.class));
        }
    }

    @Test
    void thatAGenerationIsOverIsSaidBeforeItsOutputIsRemoved() throws Exception {
        TestJobs job = job(RecoveryPrograms.Walk.class, "out")
                .output("waiting:" + folder.toRealPath().resolve("out"))
                .set("fail", FAILS_IN);
        try (TaskRig rig = new TaskRig(job.spec(), folder)) {
            rig.start(1, null);
            assertThat(rig.task(1).hear(ChildEvent.ProgramFailed.class)).isNotNull();
            Path open = folder.resolve("out/_temporary/job_test_1/g1/part-00001");
            assertThat(open).exists();
            rig.abandon(1);
            assertThat(open).exists();
            WaitingFileSystem.RELEASED.countDown();
            await().until(() -> !Files.exists(open));
        }
    }

    @Test
    void outputWrittenBeforeACheckpointMustStillBeThere() throws Exception {
        TestJobs job =
                job(RecoveryPrograms.Walk.class, "out").checkpointEvery(4).set("fail", FAILS_IN);
        try (TaskRig rig = new TaskRig(job.spec(), folder)) {
            rig.start(1, null);
            CheckpointRef ref = rig.checkpoint(1, 8);
            rig.abandon(1);
            Files.delete(folder.resolve("out/_temporary/job_test_1/g1/part-00001-0001"));
            rig.start(2, ref);
            assertThat(rig.task(1).hear(ChildEvent.RestoreFailed.class).reason())
                    .contains("part-00001-0001 written before it is gone");
        }
    }

    @Test
    void aDiskThatFailsCostsTheCheckpointAndNotTheJob() throws Exception {
        TestJobs job = job(RecoveryPrograms.Walk.class, "out").checkpointEvery(4);
        try (TaskRig rig = new TaskRig(job.spec(), folder)) {
            Path checkpoints = Path.of(rig.checkpoints());
            Files.createDirectories(checkpoints.getParent());
            Files.writeString(checkpoints, "no folder");
            rig.start(1, null);
            ChildEvent.CheckpointFailed failed = rig.task(0).hear(ChildEvent.CheckpointFailed.class);
            assertThat(failed.superstep()).isEqualTo(4);
            assertThat(failed.reason()).contains("g1-s4");
            assertThat(outcome(rig.finish())).isEqualTo(uninterrupted(RecoveryPrograms.Walk.class));
        }
    }

    @Test
    void aCheckpointThatFailsWithoutAWordIsToldByWhatItWas() throws Exception {
        TestJobs job =
                job(RecoveryPrograms.NeverSaved.class, "out").type("superstep").checkpointEvery(4);
        try (TaskRig rig = new TaskRig(job.spec(), folder)) {
            rig.start(1, null);
            assertThat(rig.task(0).hear(ChildEvent.CheckpointFailed.class).reason())
                    .contains("ClosedByInterruptException");
        }
    }

    @Test
    void anOperatorsWishIsAnsweredAtTheNextBarrier() throws Exception {
        try (TaskRig rig = new TaskRig(job(RecoveryPrograms.Walk.class, "out").spec(), folder)) {
            rig.task(0).work.order(new ChildEffect.WantCheckpoint());
            rig.start(1, null);
            assertThat(rig.checkpoint(1, 1).superstep()).isEqualTo(1);
        }
        try (TaskRig rig =
                new TaskRig(job(RecoveryPrograms.SavesInPart.class, "out").spec(), folder)) {
            rig.task(0).work.order(new ChildEffect.WantCheckpoint());
            rig.start(1, null);
            assertThat(rig.task(0).hear(ChildEvent.CheckpointFailed.class).reason())
                    .contains("Peer.save");
        }
    }

    @Test
    void whatAGenerationKeepsIsThereInTheNext() throws Exception {
        assertThat(kept(true)).containsExactly(2L, 2L);
    }

    @Test
    void whoBeginsAnewIsGivenNothingOfTheGenerationBefore() throws Exception {
        assertThat(kept(false)).containsExactly(0L, 0L);
    }

    /** What each task of the third generation was given, which begins from a checkpoint or not. */
    private List<Long> kept(boolean restored) throws Exception {
        TestJobs job = TestJobs.of(RecoveryPrograms.Walk.class)
                .type("keeping")
                .tasks(2)
                .checkpointEvery(4);
        try (TaskRig rig = new TaskRig(job.spec(), folder)) {
            CheckpointRef ref = null;
            for (long generation = 1; generation <= 2; generation++) {
                rig.start(generation, ref);
                ref = rig.checkpoint(generation, 4 * generation);
                rig.abandon(generation);
            }
            rig.start(3, restored ? ref : null);
            return rig.finish().stream()
                    .map(closed -> closed.result().facts().get("kept"))
                    .toList();
        }
    }

    @Test
    void aGenerationIsNotOverWhileAThreadOfItsProgramLives() throws Exception {
        TestJobs job = TestJobs.of(RecoveryPrograms.LeavesThread.class).tasks(1);
        try (TaskRig rig = new TaskRig(job.spec(), folder)) {
            rig.start(1, null);
            TaskRig.Task task = rig.task(0);
            Thread stubborn = null;
            while (stubborn == null) {
                for (Thread thread : new ProgramThreads(task.thread).left()) {
                    stubborn = thread.getName().equals("stubborn") ? thread : stubborn;
                }
            }
            task.work.order(new ChildEffect.Abandon(1));
            while (!new ProgramThreads(task.thread).left().equals(List.of(stubborn))) {
                Thread.onSpinWait();
            }
            assertThat(task.heard).noneMatch(ChildEvent.Abandoned.class::isInstance);
            RecoveryPrograms.LeavesThread.END.countDown();
            ChildEvent unused = task.hear(ChildEvent.Abandoned.class);
            assertThat(stubborn.isAlive()).isFalse();
        }
    }
}
