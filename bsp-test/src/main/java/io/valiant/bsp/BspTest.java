package io.valiant.bsp;

import io.valiant.config.BspConfiguration;
import io.valiant.config.SiteFile;
import io.valiant.io.FileStores;
import io.valiant.io.OutputCommitter;
import io.valiant.local.JobSpecs;
import io.valiant.local.LocalSubmitter;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.protocol.JobSpec;
import io.valiant.task.peer.MessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.hadoop.io.Writable;

/**
 * Runs a job in this JVM for a test and tells what it did, as values. Peer, barrier, checkpoints and output are those of a
 * cluster; but one peer computes at a time, and a seed decides who goes on when and which frame arrives when. The same seed gives
 * the same run; another seed may change no result.
 *
 * <pre>
 * TestRun run = BspTest.run(BspJob.of(Pi.class).tasks(3).set("pi.darts", 100));
 * assertThat(run.lines()).containsExactly("pi\t3.1733333333333333");
 *
 * // task 1 is killed in superstep 2, the job goes on from the checkpoint before it
 * TestRun killed = BspTest.of(job).kill(1, 2).run();
 * assertThat(killed.outputs()).isEqualTo(run.outputs());
 *
 * // or all of it at once: other seeds, and kills anywhere
 * TestRun steady = BspTest.of(job).runSteady(20);
 * </pre>
 *
 * <p>The job's own output folder is not touched: what is written goes to a temporary one and into the {@link TestRun}. A job is
 * any {@link BspJob}: of a {@link Bsp}, a {@link SuperstepProgram} or a vertex program. Not thread safe; jobs of several tests
 * may run at the same time.
 */
public final class BspTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BspJob job;
    private final List<Kill> kills = new ArrayList<>();
    private long seed = 1;
    private int checkpointEvery = 1;
    private boolean anyOrder;
    private Duration patience = PATIENCE;

    private BspTest(BspJob job) {
        this.job = job;
    }

    /** Runs a job once, with seed 1 and without a kill. */
    public static TestRun run(BspJob job) throws BspException {
        return of(job).run();
    }

    /** A job to be run with more to say of how. The job is not changed by it. */
    public static BspTest of(BspJob job) {
        return new BspTest(job);
    }

    /** What chance is drawn from: interleaving, arrival, the moment of a kill within its superstep. 1 unless told. */
    public BspTest seed(long value) {
        seed = value;
        return this;
    }

    /**
     * Kills a peer while it computes that superstep, in the midst of its sends or when it arrives at the barrier. All peers then
     * go on in new instances, with the classes loaded anew, from the newest checkpoint, or from superstep 0 where there is none.
     * Unlike a killed process the peer still runs its {@code finally} and cleanup; every call of its {@link Peer} there throws the
     * Error that has ended it, so that nothing of it counts. May be said several times. A superstep that is not reached is an
     * error of the test.
     *
     * @param superstep as {@link Peer#superstep()} tells it, from 0; of a graph job one of the engine's, those of loading included
     */
    public BspTest kill(int task, long superstep) {
        if (task < 0 || task >= job.tasks()) {
            throw new IllegalArgumentException("there is no task " + task + " in a job of " + job.tasks());
        }
        if (superstep < 0) {
            throw new IllegalArgumentException("a program has no superstep " + superstep + ": its first is 0");
        }
        kills.add(new Kill(task, superstep));
        return this;
    }

    /** How many supersteps lie between two checkpoints, 1 unless told; 0: there are none. Taken only where something is killed. */
    public BspTest checkpointEvery(int supersteps) {
        if (supersteps < 0) {
            throw new IllegalArgumentException("a checkpoint every " + supersteps + " supersteps");
        }
        checkpointEvery = supersteps;
        return this;
    }

    /**
     * Hands a program the messages of several senders in an order drawn from the seed, other in each superstep. A cluster hands
     * them out by sender's index, always, so a program may rely on that; but one whose result depends on it has another result
     * with another number of tasks. For {@link Bsp} and {@link SuperstepProgram}; without effect on vertex programs, to which no
     * sender is known.
     */
    public BspTest anyOrder() {
        anyOrder = true;
        return this;
    }

    /** How long a run may take, 60 s unless told; one that takes longer is cancelled and an error. */
    public BspTest patience(Duration atMost) {
        patience = atMost;
        return this;
    }

    /**
     * Runs the job.
     *
     * @return also where it has failed: then {@link TestRun#cause} tells why, and all other questions are AssertionErrors
     * @throws BspException the job is refused: a cluster would not take it
     */
    public TestRun run() throws BspException {
        return run(seed, kills);
    }

    /**
     * Runs the job with so many seeds, from the first one on, each time without and with a kill of a task in a superstep drawn
     * from the seed, and compares outputs and counters with those of the first run.
     *
     * @return the first run
     * @throws AssertionError one differs; with the seed and the kill that show it
     */
    public TestRun runSteady(int seeds) throws BspException {
        TestRun first = run();
        SplittableRandom chance = new SplittableRandom(seed);
        for (int i = 0; i < seeds; i++) {
            long other = seed + i;
            compare(first, run(other, kills), "seed " + other);
            if (first.succeeded()) {
                int task = chance.nextInt(job.tasks());
                long superstep = chance.nextInt(first.supersteps().size());
                List<Kill> more = new ArrayList<>(kills);
                more.add(new Kill(task, superstep));
                compare(first, run(other, more), "seed " + other + " and " + new Kill(task, superstep));
            }
        }
        return first;
    }

    private void compare(TestRun first, TestRun other, String how) {
        String difference = first.difference(other);
        if (difference != null) {
            throw new AssertionError("a run with seed " + seed + (kills.isEmpty() ? "" : " and " + kills)
                    + " and one with " + how + " differ: " + difference);
        }
    }

    private TestRun run(long ofRun, List<Kill> planned) throws BspException {
        Path folder = temporary();
        try {
            return run(ofRun, new CopyOnWriteArrayList<>(planned), folder);
        } finally {
            delete(folder);
        }
    }

    private TestRun run(long ofRun, List<Kill> planned, Path folder) throws BspException {
        BspConfiguration configuration = SiteFile.ofProcess();
        Path output = folder.resolve("output");
        JobSpec spec = JobSpecs.of(job, configuration).withOutput(FileStores.whole(output.toString()));
        CheckpointTimes checkpoints =
                planned.isEmpty() ? CheckpointTimes.NONE : new CheckpointTimes(checkpointEvery, 0);
        TestRecorder recorder = new TestRecorder(messageType(spec));
        TestHarness harness = new TestHarness(spec.tasks(), ofRun, checkpoints, planned, anyOrder, recorder);
        JobHandle handle = ended(spec, configuration, harness);
        JobStatus status = handle.status();
        boolean succeeded = status.state() == JobState.SUCCEEDED;
        if (succeeded && !planned.isEmpty()) {
            throw new AssertionError(
                    planned.get(0) + " was not carried out: the job has ended after superstep " + status.superstep());
        }
        return new TestRun(
                handle,
                status,
                succeeded ? outputs(output, spec.tasks()) : List.of(),
                recorder.supersteps(),
                recorder.readsMessages() ? recorder.messages() : null);
    }

    /** The handle of the job once that has ended. */
    private JobHandle ended(JobSpec spec, BspConfiguration configuration, TestHarness harness) throws BspException {
        JobHandle handle = new LocalSubmitter().submit(spec, configuration, harness);
        if (handle.await(patience, Progress.SILENT) == null) {
            handle.cancel();
            throw new AssertionError("job '" + spec.name() + "' has not ended in " + patience.toSeconds()
                    + " s: does a peer go on for ever, or wait for another without sync()?");
        }
        return handle;
    }

    /** How messages of the program are read here; null where they cannot be. */
    private MessageType<Writable> messageType(JobSpec spec) throws BspException {
        Class<?> program = job.loadedFrom();
        if (program == null) {
            return null;
        }
        Class<?> extended = Bsp.class.isAssignableFrom(program) ? Bsp.class : SuperstepProgram.class;
        if (!extended.isAssignableFrom(program)) {
            return null;
        }
        int parameter = extended == Bsp.class ? 0 : 1;
        return MessageType.of(program, extended, parameter, spec.messageClass(), "message");
    }

    private static List<List<String>> outputs(Path output, int tasks) throws BspException {
        try (Stream<Path> files = Files.list(output)) {
            List<Path> parts =
                    files.sorted(Comparator.comparing(Path::getFileName)).toList();
            List<List<String>> outputs = new ArrayList<>();
            for (int task = 0; task < tasks; task++) {
                List<String> lines = new ArrayList<>();
                String name = OutputCommitter.partName(task);
                for (Path part : parts) {
                    String of = part.getFileName().toString();
                    if (of.equals(name) || of.startsWith(name + "-")) {
                        lines.addAll(linesOf(part));
                    }
                }
                outputs.add(List.copyOf(lines));
            }
            return List.copyOf(outputs);
        } catch (IOException e) {
            throw new BspException(BspException.Kind.FATAL, "cannot read " + output + ": " + e.getMessage(), e);
        }
    }

    /** As a job's lines are read; what is no text shows as such. */
    private static List<String> linesOf(Path part) throws IOException {
        String text = new String(Files.readAllBytes(part), StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            // behind the last line's end there is no line
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    private static Path temporary() throws BspException {
        try {
            return Files.createTempDirectory("bsp-test-");
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.FATAL, "no temporary folder for the output of a test: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) throws BspException {
        String uri = FileStores.whole(folder.toString());
        new FileStores(SiteFile.ofProcess().hadoop()).of(uri).delete(uri);
    }
}
