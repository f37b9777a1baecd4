package io.valiant.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.AttemptState;
import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobResult;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.Progress;
import io.valiant.config.BspConfiguration;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.protocol.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LocalModeTest {
    @TempDir
    private Path folder;

    @Test
    void inputIsSplitSentInOrderAndWrittenToParts() throws Exception {
        Files.writeString(folder.resolve("in"), "a\nbb\nccc\ndddd\nee\nf\n");
        JobStatus status = run(BspJob.of(LocalPrograms.Route.class)
                .tasks(2)
                .input(folder.resolve("in").toString())
                .output(output()));
        assertThat(status.cause()).isNull();
        assertThat(part(0)).containsExactly("0 bb", "1 dddd", "1 ee");
        assertThat(part(1)).containsExactly("0 a", "0 ccc", "1 f");
        assertThat(status.counters().get("route").get("lines")).isEqualTo(6);
        assertThat(status.task()).allSatisfy(task -> assertThat(task.state()).isEqualTo(AttemptState.SUCCEEDED));
        assertThat(status.superstep()).isEqualTo(1);
        assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**_temporary");
    }

    @Test
    void combinersFoldInOrderOfSendingWithinEachSender() throws Exception {
        run(BspJob.of(LocalPrograms.Spell.class)
                .tasks(2)
                .combiner(LocalPrograms.Append.class)
                .output(output()));
        assertThat(part(1)).containsExactly("1\ta0b0c0|a1b1c1|", "2\ta0b0c0|a1b1c1|");
    }

    @Test
    void keyedCombinersFoldWhatHasOneKey() throws Exception {
        JobStatus status = run(BspJob.of(LocalPrograms.Spell.class)
                .tasks(2)
                .combinerClassName(LocalPrograms.AppendVowels.class.getName())
                .output(output()));
        assertThat(status.cause()).isNull();
        assertThat(part(1)).containsExactly("1\ta0|b0c0|a1|b1c1|", "2\ta0|b0c0|a1|b1c1|");
    }

    @Test
    void whatWasCombinedIsNotSentTwiceThoughItsProgramGoesOn() throws Exception {
        JobStatus status = run(BspJob.of(LocalPrograms.GoesOnAfterAFailure.class)
                .tasks(2)
                .combiner(LocalPrograms.FailsToWrite.Last.class));
        assertThat(status.cause().message()).contains("messages that were combined could not be written");
    }

    @Test
    void withoutACombinerEachMessageArrives() throws Exception {
        run(BspJob.of(LocalPrograms.Spell.class).tasks(2).output(output()));
        assertThat(part(0)).containsExactly("1\ta0|b0|c0|a1|b1|c1|", "2\ta0|b0|c0|a1|b1|c1|");
    }

    @Test
    void aPeerThatHasEndedGoesOnVotingAndFoldsToNothing() throws Exception {
        run(BspJob.of(LocalPrograms.Folds.class)
                .tasks(3)
                .aggregator("sum", Aggregate.DOUBLE_SUM)
                .aggregator("max", Aggregate.LONG_MAX)
                .output(output()));
        double all = 1.0 + 1.0 / 2 + 1.0 / 3;
        assertThat(part(0)).containsExactly("1\t" + all + " 2");
        double last = 1.0 / 3;
        assertThat(part(2))
                .containsExactly(
                        "1\t" + all + " 2",
                        "2\t" + (0.5 + last) + " 2",
                        "3\t" + (0.5 + last) + " 2",
                        "4\t" + last + " 2",
                        "5\t" + last + " 2");
    }

    @ParameterizedTest
    @CsvSource({
        "unknown peer, USER_ERROR, peers 0 to 1",
        "unknown name, USER_ERROR, there is no peer 'peer-07'",
        "other class, USER_ERROR, org.apache.hadoop.io.Text",
        "null, USER_ERROR, a message of null",
        "other primitive, USER_ERROR, DoubleWritable",
        "no output, USER_ERROR, has no output folder",
        "no input, USER_ERROR, has no input",
        "no aggregator, USER_ERROR, 'none' is not declared",
        "throw, USER_ERROR, java.lang.IllegalStateException: boom",
        "overflow, USER_ERROR, java.lang.StackOverflowError",
        "memory, OUT_OF_MEMORY, Java heap space",
        "other thread, USER_ERROR, only the program's own thread"
    })
    void misuseFailsTheJobAtOnceAndSaysWhat(String misuse, CauseType type, String message) throws Exception {
        JobStatus status = run(BspJob.of(LocalPrograms.Misuse.class).tasks(2).set("misuse", misuse));
        assertThat(status.state()).isEqualTo(JobState.FAILED);
        Cause cause = status.cause();
        assertThat(cause.type()).isEqualTo(type);
        assertThat(cause.message()).contains(message).doesNotContain("\n");
        assertThat(cause.exception()).contains("LocalPrograms");
        assertThat(cause.superstep()).isZero();
        assertThat(cause.attempt()).isEqualTo(status.id() + "_t0_a1");
        assertThat(status.task().get(0).state()).isEqualTo(AttemptState.FAILED);
        assertThat(status.task().get(1).state()).isEqualTo(AttemptState.KILLED);
    }

    @Test
    void aStepMayNotSyncAndACleanupMayNeitherSendNorAggregate() throws Exception {
        assertThat(run(BspJob.of(LocalPrograms.SyncingStep.class)).cause().message())
                .contains("the engine does the barrier");
        assertThat(run(BspJob.of(LocalPrograms.LateSender.class)).cause().message())
                .contains("send after the end");
        BspJob late = BspJob.of(LocalPrograms.LateAggregator.class).aggregator("sum", Aggregate.LONG_SUM);
        assertThat(run(late).cause()).isNotNull();
        assertThat(run(late).cause().message()).contains("aggregate after the end");
    }

    @Test
    void messagesThatDoNotReadAsWrittenAreFound() throws Exception {
        assertThat(run(BspJob.of(LocalPrograms.SendsCrooked.class).tasks(2))
                        .cause()
                        .message())
                .contains("do not read as they were written");
    }

    @Test
    void aMessageThatCannotBeWrittenLeavesNoBytes() throws Exception {
        JobStatus status = run(BspJob.of(LocalPrograms.SendsFragile.class).tasks(2));
        assertThat(status.cause()).isNull();
        assertThat(status.counters().get("fragile"))
                .containsEntry("broken", 10L)
                .containsEntry("sum", 40L);
    }

    @Test
    void aCancelledJobIsKilledAndLeavesNoOutput() throws Exception {
        JobHandle handle = BspJob.of(LocalPrograms.Waits.class)
                .tasks(3)
                .output(output())
                .local()
                .submit();
        handle.cancel();
        JobResult result = handle.await();
        assertThat(result.status().state()).isEqualTo(JobState.KILLED);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void twoJobsAtOnceDoNotDisturbEachOther() throws Exception {
        JobHandle first = BspJob.of(LocalPrograms.Spell.class)
                .tasks(3)
                .output(folder.resolve("first").toString())
                .local()
                .submit();
        JobHandle failing = BspJob.of(LocalPrograms.Misuse.class)
                .tasks(2)
                .set("misuse", "throw")
                .local()
                .submit();
        JobHandle second = BspJob.of(LocalPrograms.Spell.class)
                .tasks(3)
                .output(folder.resolve("second").toString())
                .local()
                .submit();
        assertThat(failing.await().succeeded()).isFalse();
        assertThat(first.await().succeeded()).isTrue();
        assertThat(second.await().succeeded()).isTrue();
        assertThat(folder.resolve("first/part-00002")).hasSameTextualContentAs(folder.resolve("second/part-00002"));
    }

    @Test
    void allThatIsWrongWithAJobIsToldAtOnceBeforeItRuns() {
        assertThatThrownBy(() -> BspJob.of(LocalPrograms.Spell.class)
                        .tasks(0)
                        .id("no good")
                        .memory("lots")
                        .configure("bsp.task.memry", "1g")
                        .selector("zone")
                        .local()
                        .submit())
                .isInstanceOf(BspException.class)
                .hasMessageContainingAll(
                        "tasks, not 0", "'no good'", "memory 'lots'", "bsp.task.memry", "selector 'zone'")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> BspJob.ofClassName("no.Such").local().submit())
                .hasMessageContaining("class no.Such is not in the system");
        assertThatThrownBy(() -> BspJob.of(LocalModeTest.class).local().submit())
                .hasMessageContaining("no program");
        assertThatThrownBy(() -> BspJob.of(LocalPrograms.Route.class)
                        .input(folder.resolve("none").toString())
                        .local()
                        .submit())
                .hasMessageContaining("none does not exist");
        assertThatThrownBy(() -> BspJob.of(LocalPrograms.Spell.class)
                        .output(folder.toString())
                        .local()
                        .submit())
                .hasMessageContaining("exists");
    }

    @Test
    void anInterruptThatTheProgramLeavesBehindKeepsNoJobFromItsEnd() throws Exception {
        JobResult result = BspJob.of(LocalPrograms.Interrupts.class)
                .tasks(2)
                .output(output())
                .local()
                .submit()
                .await(Duration.ofSeconds(20), Progress.SILENT);
        assertThat(result).isNotNull();
        assertThat(result.status().cause()).isNull();
        assertThat(result.status().counters().get("interrupts"))
                .containsEntry("seen", 2L)
                .containsEntry("messages", 2L);
        assertThat(part(1)).containsExactly("done");
    }

    @Test
    void aMessageThatExtendsAnotherIsCombinedWhole() throws Exception {
        run(BspJob.of(LocalPrograms.SendsTagged.class)
                .combiner(LocalPrograms.AddTagged.class)
                .output(output()));
        assertThat(part(0)).containsExactly("3\t30");
    }

    @Test
    void inputsThatWereNotReadToTheirEndAreClosed() throws Exception {
        Path input = Files.writeString(folder.resolve("in"), "a\nb\n").toRealPath();
        JobStatus status = run(BspJob.of(LocalPrograms.ReadsOneLine.class).input(input.toString()));
        assertThat(status.counters().get("read")).containsEntry("lines", 1L);
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(Files::exists).map(LocalModeTest::target)).doesNotContain(input);
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return link;
        }
    }

    @Test
    void inputsAreReadByTheirNames() throws Exception {
        Path left = Files.writeString(folder.resolve("a"), "1\n2\n");
        Path right = Files.writeString(folder.resolve("b"), "3\n");
        run(BspJob.of(LocalPrograms.ReadsTwoInputs.class)
                .input("left", left.toString())
                .input("right", right.toString())
                .output(output()));
        assertThat(part(0)).containsExactly("left\t1", "left\t2", "right\t3");
        JobStatus status = run(BspJob.of(LocalPrograms.ReadsTwoInputs.class)
                .input("left", left.toString())
                .output(folder.resolve("none").toString()));
        assertThat(status.cause().message()).contains("no input 'right'", "left");
    }

    @Test
    void storageThatIsAwayForAMomentIsTriedAgain() throws Exception {
        Path input = Files.writeString(folder.resolve("in"), "a\nb\n").toRealPath();
        TreeMap<String, String> keys = new TreeMap<>(Map.of("fs.blinking.impl", BlinkingFileSystem.class.getName()));
        BspJob job = BspJob.of(LocalPrograms.ReadsOneLine.class).input("blinking:" + input);
        Path mark = Files.createFile(Path.of(input + BlinkingFileSystem.MARK));
        JobStatus status = new LocalSubmitter()
                .submit(job, BspConfiguration.of("test", keys))
                .await()
                .status();
        assertThat(status.cause()).isNull();
        assertThat(status.counters().get("read")).containsEntry("lines", 1L);
        assertThat(mark).doesNotExist();
        assertThat(mark.resolveSibling(mark.getFileName() + ".opened"))
                .as("it is opened again")
                .doesNotExist();
    }

    @Test
    void whatCannotBeDiscardedIsToldAndLeavesNothingElse() throws Exception {
        TreeMap<String, String> keys = new TreeMap<>(Map.of("fs.sticky.impl", StickyFileSystem.class.getName()));
        BspJob job =
                BspJob.of(LocalPrograms.Misuse.class).set("misuse", "throw").output("sticky:" + output());
        JobStatus status = new LocalSubmitter()
                .submit(job, BspConfiguration.of("test", keys))
                .await()
                .status();
        assertThat(status.cause().message()).contains("boom");
        assertThat(temporaryFolders(status.id())).isEmpty();
    }

    @Test
    void aJobThatCannotBeStartedLeavesNothing() throws Exception {
        String id = "job_unstartable_" + System.nanoTime();
        JobSpec spec = JobSpecs.of(BspJob.of(LocalPrograms.Misuse.class), BspConfiguration.defaults());
        LocalJob job = new LocalJob(
                new JobId(id), spec, BspConfiguration.defaults(), new FileStores(new TreeMap<>()), new MemoryLinks());
        // splits of too few tasks
        assertThatThrownBy(() -> job.start(List.of())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(temporaryFolders(id)).isEmpty();
    }

    private static List<String> temporaryFolders(String job) throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("valiant-" + job))
                    .toList();
        }
    }

    @Test
    void noTimeIsTooLongToWait() throws Exception {
        JobHandle handle = BspJob.of(LocalPrograms.Interrupts.class)
                .output(output())
                .local()
                .submit();
        assertThat(handle.await(Duration.ofSeconds(Long.MAX_VALUE), Progress.SILENT))
                .isNotNull();
    }

    private JobStatus run(BspJob job) throws BspException {
        return job.local().submit().await().status();
    }

    private String output() {
        return folder.resolve("out").toString();
    }

    private List<String> part(int task) throws Exception {
        return Files.readAllLines(folder.resolve("out/part-0000" + task));
    }
}
