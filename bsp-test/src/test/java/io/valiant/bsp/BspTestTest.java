package io.valiant.bsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.KitPrograms.Adds;
import io.valiant.bsp.KitPrograms.Endless;
import io.valiant.bsp.KitPrograms.Fails;
import io.valiant.bsp.KitPrograms.ForgetsField;
import io.valiant.bsp.KitPrograms.Saves;
import io.valiant.bsp.KitPrograms.SharesStatic;
import io.valiant.bsp.KitPrograms.TakesFirst;
import io.valiant.bsp.KitPrograms.Talks;
import io.valiant.graph.GraphJob;
import io.valiant.graph.algorithm.BipartiteMatching;
import io.valiant.graph.algorithm.PageRank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import outside.CountsInStatic;

@Timeout(300)
class BspTestTest {
    @TempDir
    private Path folder;

    @Test
    void outputsCountersSuperstepsAndMessagesAreValues() throws Exception {
        TestRun run = BspTest.run(BspJob.of(Talks.class).tasks(2));
        assertThat(run.succeeded()).isTrue();
        assertThat(run.outputs().get(1))
                .containsExactly("0.0 from 0", "1.0 from 1", "0.1 from 0", "1.1 from 1", "0.2 from 0", "1.2 from 1");
        assertThat(run.outputs().get(0)).isEqualTo(run.outputs().get(1));
        assertThat(run.counter("talks", "sent")).isEqualTo(12);
        assertThat(run.counter("talks", "unheard")).isZero();
        assertThat(run.supersteps()).extracting(TestSuperstep::messages).containsExactly(4L, 4L, 4L, 0L);
        assertThat(run.supersteps()).extracting(TestSuperstep::superstep).containsExactly(0L, 1L, 2L, 3L);
        assertThat(run.messages()).hasSize(12);
        assertThat(run.messages().get(5)).isEqualTo(new TestMessage(1, 1, 0, new Text("1.1")));
        assertThat(run.messages().get(5)).hasToString("superstep 1: 1 -> 0: 1.1");
    }

    @Test
    void theJobsOwnOutputIsNotTouched() throws Exception {
        Path output = folder.resolve("mine");
        BspJob job = BspJob.of(Talks.class).tasks(2).output(output.toString());
        assertThat(BspTest.run(job).lines()).hasSize(12);
        assertThat(output).doesNotExist();
        assertThat(job.output()).isEqualTo(output.toString());
    }

    @Test
    void theSameSeedGivesTheSameInterleavingAndOthersGiveOthers() throws Exception {
        BspJob job = BspJob.of(Talks.class).tasks(3);
        Set<List<String>> traces = new HashSet<>();
        for (long seed = 1; seed <= 8; seed++) {
            List<String> trace = trace(job, seed);
            assertThat(trace(job, seed)).as("seed %d", seed).isEqualTo(trace);
            traces.add(trace);
        }
        assertThat(traces).hasSizeGreaterThan(4);
    }

    private static List<String> trace(BspJob job, long seed) throws BspException {
        KitPrograms.TRACE.clear();
        BspTest.of(job).seed(seed).run();
        return new ArrayList<>(KitPrograms.TRACE);
    }

    @Test
    void aKilledProgramIsRestoredFromTheCheckpointBefore() throws Exception {
        BspJob job = BspJob.of(Adds.class).tasks(3);
        TestRun whole = BspTest.run(job);
        TestRun killed = BspTest.of(job).kill(1, 3).run();
        assertThat(killed.outputs()).isEqualTo(whole.outputs());
        assertThat(killed.messages()).hasToString(whole.messages().toString());
        assertThat(killed.counters()).isEqualTo(whole.counters());
        assertThat(killed.rollBacks()).isEqualTo(1);
        assertThat(killed.status().checkpoint()).isNotNull();
        assertThat(BspTest.of(job).kill(1, 3).run().supersteps()).isEqualTo(killed.supersteps());
        JobStatus.Task task = killed.status().task().get(1);
        assertThat(task.attempts())
                .extracting(JobStatus.Attempt::state)
                .containsExactly(AttemptState.FAILED, AttemptState.SUCCEEDED);
        assertThat(task.attempts().get(0).cause().message()).contains("task 1 was killed by the test in superstep 3");
        // whether all peers have written the checkpoint of superstep 3 by then is up to the seed
        long restored = task.attempts().get(1).startSuperstep();
        assertThat(restored).isBetween(2L, 3L);
        assertThat(killed.supersteps())
                .allSatisfy(step -> assertThat(step.generation()).isEqualTo(step.superstep() < restored ? 1 : 2));
    }

    @Test
    void withFewerCheckpointsMoreIsComputedAgain() throws Exception {
        BspJob job = BspJob.of(Adds.class).tasks(2);
        TestRun run = BspTest.of(job).kill(0, 5).checkpointEvery(4).run();
        assertThat(run.supersteps()).extracting(TestSuperstep::generation).containsExactly(1L, 1L, 1L, 1L, 2L, 2L);
        TestRun none = BspTest.of(job).kill(0, 5).checkpointEvery(0).run();
        assertThat(none.supersteps()).extracting(TestSuperstep::generation).containsOnly(2L);
        assertThat(none.outputs())
                .isEqualTo(run.outputs())
                .isEqualTo(BspTest.run(job).outputs());
    }

    @Test
    void severalPeersMayBeKilled() throws Exception {
        BspJob job = BspJob.of(Adds.class).tasks(3);
        TestRun killed = BspTest.of(job).kill(1, 3).kill(0, 3).kill(2, 5).run();
        assertThat(killed.rollBacks()).isEqualTo(3);
        assertThat(killed.outputs()).isEqualTo(BspTest.run(job).outputs());
    }

    private BspJob dealt(String partition) throws IOException {
        Path records = folder.resolve("records");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("k" + (i * 7 % 40 + 10) + "\tv" + i);
        }
        Files.write(records, lines);
        return BspJob.of(KitPrograms.ReadsDealt.class)
                .tasks(3)
                .input(JobInput.of(records.toString()).format(Format.keyValue()).partition(partition));
    }

    @ParameterizedTest
    @ValueSource(strings = {JobInput.HASH, JobInput.RANGE})
    void theDealingOfRecordsIsNoneOfTheProgramsSupersteps(String partition) throws Exception {
        BspJob job = dealt(partition);
        TestRun run = BspTest.run(job);
        assertThat(run.cause()).isNull();
        assertThat(run.supersteps()).extracting(TestSuperstep::superstep).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(run.supersteps()).extracting(TestSuperstep::messages).containsOnly(3L);
        assertThat(run.messages()).extracting(TestMessage::superstep).startsWith(0L, 0L, 0L, 1L);
        assertThat(run.lines().get(0)).isEqualTo("1 " + run.messages().get(0).value());
        long first = partition.equals(JobInput.HASH) ? -1 : -2;
        assertThat(run.handle().supersteps().get(0).superstep()).isEqualTo(first);
        assertThat(run.status().task().get(0).attempts().get(0).startSuperstep())
                .isEqualTo(first);
        for (long superstep = 0; superstep < 5; superstep++) {
            TestRun killed = BspTest.of(job).kill(1, superstep).run();
            Cause cause = killed.status().task().get(1).attempts().get(0).cause();
            assertThat(cause.message()).endsWith("was killed by the test in superstep " + superstep);
            assertThat(cause.superstep()).isEqualTo(superstep);
            assertThat(killed.outputs()).isEqualTo(run.outputs());
            assertThat(killed.messages()).hasToString(run.messages().toString());
        }
        assertThat(BspTest.of(job).runSteady(6).counter("reads", "records")).isEqualTo(15);
    }

    @Test
    void aDeadPeerThatGoesOnMayDoNothing() throws Exception {
        BspJob job = BspJob.of(KitPrograms.GoesOn.class).tasks(3).aggregator("sum", Aggregate.LONG_SUM);
        TestRun whole = BspTest.run(job);
        assertThat(whole.lines()).hasSize(15);
        KitPrograms.GoesOn.ALLOWED.clear();
        for (long seed = 1; seed <= 6; seed++) {
            for (long superstep = 0; superstep < 4; superstep++) {
                TestRun killed = BspTest.of(job).seed(seed).kill(1, superstep).run();
                assertThat(KitPrograms.GoesOn.ALLOWED)
                        .as("seed %d, superstep %d", seed, superstep)
                        .isEmpty();
                assertThat(killed.rollBacks()).isEqualTo(1);
                assertThat(killed.outputs()).isEqualTo(whole.outputs());
                assertThat(killed.messages()).hasToString(whole.messages().toString());
                assertThat(killed.counters()).isEqualTo(whole.counters());
            }
        }
    }

    @Test
    void aDeadPeerThatEndsWellIsDeadAllTheSame() throws Exception {
        BspJob job = BspJob.of(KitPrograms.EndsNevertheless.class).tasks(10);
        TestRun killed = BspTest.of(job).kill(0, 1).run();
        assertThat(killed.rollBacks()).isEqualTo(1);
        assertThat(killed.outputs()).isEqualTo(BspTest.run(job).outputs());
    }

    @Test
    void theHandleTellsWhatThatOfAnyJobTells() throws Exception {
        TestRun run = BspTest.run(BspJob.of(Adds.class).tasks(2));
        JobHandle handle = run.handle();
        List<SuperstepStatus> steps = handle.supersteps();
        assertThat(steps).hasSameSizeAs(run.supersteps());
        for (int i = 0; i < steps.size(); i++) {
            TestSuperstep told = run.supersteps().get(i);
            assertThat(steps.get(i).superstep()).isEqualTo(told.superstep());
            assertThat(steps.get(i).messages()).isEqualTo(told.messages());
            assertThat(steps.get(i).bytes()).isEqualTo(told.bytes());
        }
        assertThat(handle.supersteps(2)).isEqualTo(steps.subList(4, 6));
        assertThat(handle.progress().newest()).isEqualTo(steps.get(5));
        assertThat(handle.await().succeeded()).isTrue();
        assertThat(handle.counters().get("adds")).containsEntry("supersteps", 12L);
    }

    @Test
    void aPlainProgramBeginsAnewUnlessItHasSaved() throws Exception {
        TestRun talks = BspTest.of(BspJob.of(Talks.class).tasks(2)).kill(1, 2).run();
        assertThat(talks.supersteps()).extracting(TestSuperstep::generation).containsOnly(2L);
        assertThat(talks.lines()).hasSize(12);

        BspJob job = BspJob.of(Saves.class).tasks(2);
        TestRun whole = BspTest.run(job);
        assertThat(whole.counter("saves", "begun")).isEqualTo(2);
        TestRun saves = BspTest.of(job).kill(1, 2).run();
        assertThat(saves.outputs()).isEqualTo(whole.outputs());
        assertThat(saves.counter("saves", "restored")).isEqualTo(2);
        assertThat(saves.supersteps()).extracting(TestSuperstep::generation).startsWith(1L, 1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(classes = {Talks.class, Adds.class, TakesFirst.class, KitPrograms.LongMessages.class})
    void aGoodProgramIsSteady(Class<?> program) throws Exception {
        assertThat(BspTest.of(BspJob.of(program).tasks(3)).runSteady(12).lines())
                .isNotEmpty();
    }

    @Test
    void whatIsNotSavedIsFound() {
        BspTest test = BspTest.of(BspJob.of(ForgetsField.class).tasks(2));
        assertThatThrownBy(() -> test.runSteady(10))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the kill of task")
                .hasMessageContaining("'0\t21'");
    }

    @Test
    void relyingOnTheOrderOfSendersIsFound() throws Exception {
        BspJob job = BspJob.of(TakesFirst.class).tasks(3);
        assertThat(BspTest.run(job).lines()).containsExactly("first\t100");
        assertThatThrownBy(() -> BspTest.of(job).anyOrder().runSteady(10))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("with seed")
                .hasMessageContaining("'first\t10");
    }

    @Test
    void sharingAJvmIsFound() {
        BspTest test = BspTest.of(BspJob.of(SharesStatic.class).tasks(3));
        assertThatThrownBy(() -> test.runSteady(10))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the output of task 0 is in its line 1");
    }

    @Test
    void whatIsStaticDiesWithItsPeerAndMessagesAreOfTheTestsOwnClass() throws Exception {
        BspJob job = BspJob.of(CountsInStatic.class).tasks(1);
        TestRun run = BspTest.run(job);
        assertThat(run.lines()).containsExactly("calls\t4");
        assertThat(run.messages()).extracting(TestMessage::value).contains(new Text("call 4"));
        // superstep 2 and 3 are computed by a class that has just been loaded
        assertThat(BspTest.of(job).kill(0, 2).run().lines()).containsExactly("calls\t2");
    }

    @Test
    void vertexProgramsOfPrimitivesAreSteady() throws Exception {
        Path vertices = Files.writeString(folder.resolve("g.v"), "1\n2\n3\n4\n5\n");
        Path edges = Files.writeString(folder.resolve("g.e"), "1 2\n2 3\n3 1\n4 1\n5 4\n1 5\n");
        GraphJob job = GraphJob.of(PageRank.class)
                .vertices(vertices.toString())
                .edges(edges.toString())
                .iterations(6)
                .tasks(3);
        TestRun run = BspTest.of(job).runSteady(10);
        assertThat(run.values().values().stream()
                        .mapToDouble(Double::parseDouble)
                        .sum())
                .isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(run.supersteps()).anySatisfy(step -> assertThat(step.bytes()).isPositive());
        assertThatThrownBy(run::messages).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void generalVertexProgramsAreSteady() throws Exception {
        Path graph = Files.writeString(folder.resolve("g"), "a\tx y\nb\tx\nc\ty z\nx\ny\nz\n");
        GraphJob job =
                GraphJob.of(BipartiteMatching.class).adjacency(graph.toString()).tasks(3);
        TestRun run = BspTest.of(job).runSteady(10);
        assertThat(run.values()).containsEntry("a", "x").containsEntry("x", "a").containsEntry("b", "-");
    }

    @Test
    void aFailureIsToldWithItsCause() throws Exception {
        TestRun run = BspTest.run(BspJob.of(Fails.class).tasks(2));
        assertThat(run.succeeded()).isFalse();
        assertThat(run.cause().message()).contains("nothing to divide");
        assertThat(run.cause().superstep()).isEqualTo(1);
        assertThatThrownBy(run::lines).isInstanceOf(AssertionError.class).hasMessageContaining("nothing to divide");
    }

    @Test
    void aKillThatIsNeverReachedIsAnErrorOfTheTest() {
        BspTest test = BspTest.of(BspJob.of(Adds.class).tasks(2)).kill(1, 40);
        assertThatThrownBy(test::run)
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "the kill of task 1 in superstep 40 was not carried out: the job has ended after superstep 5");
        assertThatThrownBy(() -> test.kill(2, 0)).hasMessage("there is no task 2 in a job of 2");
        assertThatThrownBy(() -> test.kill(-1, 0)).hasMessage("there is no task -1 in a job of 2");
        assertThatThrownBy(() -> test.kill(1, -1)).hasMessage("a program has no superstep -1: its first is 0");
    }

    @Test
    void aJobWithoutAnEndIsEnded() {
        BspTest test = BspTest.of(BspJob.of(Endless.class).tasks(2)).patience(Duration.ofMillis(200));
        assertThatThrownBy(test::run).isInstanceOf(AssertionError.class).hasMessageContaining("has not ended in");
    }

    @Test
    void aJobThatAClusterWouldRefuseIsRefused() {
        assertThatThrownBy(() -> BspTest.run(BspJob.of(Adds.class).tasks(0)))
                .isInstanceOf(BspException.class)
                .hasMessageContaining("task");
    }
}
