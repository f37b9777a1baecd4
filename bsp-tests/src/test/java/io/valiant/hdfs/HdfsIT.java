package io.valiant.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import io.valiant.bsp.BspException;
import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerLine;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.cluster.ProgramJar;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.program.FaultyLedger;
import io.valiant.hdfs.HdfsProcess.Node;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.PartFile;
import io.valiant.io.Retry;
import io.valiant.protocol.OutputPart;
import io.valiant.time.SystemClock;
import io.valiant.time.SystemPauses;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checkpoints, inputs, outputs and staged jars on HDFS, by a cluster of two grooms as a user has it. */
@Tag("hdfs")
@Timeout(900)
class HdfsIT {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path HOME = MODULE.getParent();
    private static final long LONG_MS = 240_000;
    private static final long COMMAND_S = 240;
    private static final long AWAY_MS = 3_000;

    /** Time-outs are so many times the quick ones: a machine busy with a build takes nothing for a fault. */
    private static final int SLOWER = 3;

    @TempDir
    private static Path folder;

    private static HdfsProcess hdfs;
    private static ClusterFixture cluster;

    private LedgerRun ledger;

    @BeforeAll
    static void start() throws IOException {
        Optional<String> obstacle = HdfsProcess.obstacle(MODULE);
        obstacle.ifPresent(why -> System.out.println("HdfsIT is SKIPPED: " + why));
        assumeTrue(obstacle.isEmpty(), obstacle::get);
        hdfs = HdfsProcess.start(MODULE, folder.resolve("hdfs"));
        ClusterShape shape =
                ClusterShape.quick().of(2, 3).slower(SLOWER).with("bsp.system.dir", hdfs.uri() + "/valiant");
        cluster = ClusterFixture.start(HOME, folder.resolve("c"), shape);
    }

    @AfterAll
    static void stopAndLeaveNothing() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        if (hdfs != null) {
            hdfs.close();
        }
        assertThat(ProcessScan.of(folder.toRealPath())).isEmpty();
    }

    @AfterEach
    void endClient() {
        if (ledger != null) {
            ledger.client().destroyForcibly();
        }
    }

    @Test
    void aChildsClassPathHasAllThatFilesOnHdfsNeed() throws IOException, URISyntaxException {
        List<String> classPath = new ArrayList<>();
        for (String jar : Files.readAllLines(HOME.resolve("target/dist/classpath/child.txt"))) {
            classPath.add(HOME.resolve("target/dist/lib").resolve(jar).toString());
        }
        for (Class<?> own : List.of(HdfsRound.class, Assertions.class)) {
            classPath.add(Path.of(own.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        Outcome outcome = Command.run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        HdfsRound.class.getName(),
                        hdfs.uri()),
                COMMAND_S);
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    }

    @Test
    void aJobGoesOnFromACheckpointOnHdfs() throws IOException {
        ledger = LedgerRun.program(
                cluster,
                plan(30),
                "restored",
                folder,
                ProgramJar.of(FaultyLedger.class, folder),
                FaultyLedger.class.getName());
        ProcessScan.kill(reached(17).pid());
        JobFacts facts = right();
        assertThat(facts.charged()).as(facts.ends()).isEqualTo(1);
        assertThat(facts.rollbacks()).isEqualTo(1);
        long wentOn = ledger.lines().stream()
                .filter(line -> line.generation() == 2)
                .mapToLong(LedgerLine::superstep)
                .min()
                .orElseThrow();
        assertThat(wentOn).isIn(5L, 10L, 15L);
    }

    @Test
    void aNameNodeThatIsAwayForAWhileCostsNothing() throws IOException {
        ledger = LedgerRun.example(cluster, cluster.conf(), plan(60), "undisturbed", folder);
        reached(12);
        hdfs.stop(Node.NAME);
        Waits.pause(AWAY_MS);
        hdfs.start(Node.NAME);
        JobFacts facts = right();
        assertThat(facts.charged()).as(facts.ends()).isZero();
        assertThat(facts.rollbacks()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void anOutputsWriteGoesOnWhereANodeThatWentAwayBrokeItOff(Node node) throws Exception {
        FileStores stores = new FileStores(new TreeMap<>())
                .retrying(new Retry(Duration.ofMillis(LONG_MS).toNanos(), SystemClock.INSTANCE, SystemPauses.INSTANCE));
        String output = hdfs.uri() + "/broken/" + node;
        byte[] bytes = new byte[6_000_000];
        new SplittableRandom(1).nextBytes(bytes);
        List<PartFile> files = new ArrayList<>();
        // Of the first nothing has been forced when it breaks, of the second much.
        int[] before = {1_000_000, 5_000_000};
        for (int task = 0; task < before.length; task++) {
            PartFile file = PartFile.create(stores, output, new AttemptId(new JobId("job_b_1"), task, 1), 1, 0);
            file.write(bytes, 0, before[task]);
            files.add(file);
        }
        hdfs.stop(node);
        List<Future<OutputPart>> rest = new ArrayList<>();
        ExecutorService writers = Executors.newFixedThreadPool(before.length);
        for (int task = 0; task < before.length; task++) {
            PartFile file = files.get(task);
            int from = before[task];
            rest.add(writers.submit(() -> {
                file.write(bytes, from, bytes.length - from);
                return file.finish();
            }));
        }
        writers.shutdown();
        Waits.pause(AWAY_MS);
        hdfs.start(node);
        for (Future<OutputPart> written : rest) {
            OutputPart part = written.get();
            try (InputStream in = stores.of(output).open(part.temporary(), 0)) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void aPatternOfPackedTextsBecomesSequenceFiles() throws Exception {
        String texts = hdfs.uri() + "/texts";
        SortedMap<String, Long> expected = new TreeMap<>();
        for (String name : List.of("monday.gz", "tuesday.bz2", "wednesday.zst", "thursday.deflate", "friday")) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 2000; i++) {
                String line = "line " + i + " of " + name;
                lines.append(line).append('\n');
                expected.put(line, (long) line.length());
            }
            write(texts + "/" + name, packed(name, lines.toString().getBytes(StandardCharsets.UTF_8)));
        }
        write(texts + "/notes", "not asked for\n".getBytes(StandardCharsets.UTF_8));
        String output = hdfs.uri() + "/lengths";
        String[] submit = {
            "job", "submit", "--jar", ProgramJar.of(LineLengths.class, folder).toString(), "--class", LineLengths.class.getName(),
            "--tasks", "2", "--input", texts + "/{mon,tues,wednes,thurs,fri}day*", "--output", output, "--output-format",
            "sequence:Text,LongWritable", "--json"
        };
        Outcome outcome = cluster.bsp(submit);
        assertThat(outcome.code()).as(outcome.told()).isZero();
        assertThat(outcome.json().get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(readByHadoop(output)).isEqualTo(expected);

        // the same once more is refused when it is submitted
        Outcome again = cluster.bsp(submit);
        assertThat(again.code()).as(again.told()).isEqualTo(1);
        assertThat(again.err()).contains(output + " exists", "--overwrite").hasLineCount(1);
    }

    private static byte[] packed(String name, byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(bytes)
                : name.endsWith(".bz2")
                        ? new BZip2CompressorOutputStream(bytes)
                        : name.endsWith(".zst")
                                ? new ZstdOutputStream(bytes)
                                : name.endsWith(".deflate") ? new DeflaterOutputStream(bytes) : bytes;
        try (out) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static void write(String uri, byte[] bytes) throws Exception {
        try (FileStore.Sink sink =
                new FileStores(new TreeMap<>()).of(uri).create(uri)) {
            sink.write(bytes);
            sink.force();
        }
    }

    private static SortedMap<String, Long> readByHadoop(String folder) throws Exception {
        SortedMap<String, Long> records = new TreeMap<>();
        for (FileStore.Entry part :
                new FileStores(new TreeMap<>()).of(folder).list(folder)) {
            if (part.name().startsWith("part-")) {
                try (SequenceFile.Reader reader = new SequenceFile.Reader(
                        new Configuration(), SequenceFile.Reader.file(new org.apache.hadoop.fs.Path(part.uri())))) {
                    Text key = new Text();
                    LongWritable value = new LongWritable();
                    while (reader.next(key, value)) {
                        assertThat(records.put(key.toString(), value.get()))
                                .as("%s", key)
                                .isNull();
                    }
                }
            }
        }
        return records;
    }

    private static LedgerPlan plan(int supersteps) {
        return LedgerPlan.usual().tasks(4).steps(supersteps, 100).outputs(hdfs.uri() + "/out");
    }

    private LedgerLine reached(long superstep) throws IOException {
        Optional<LedgerLine> line = ledger.await(LONG_MS, any -> any.superstep() >= superstep);
        if (line.isEmpty()) {
            throw new IOException(ledger.id() + " did not reach superstep " + superstep
                    + (ledger.client().isAlive() ? "" : ": " + ledger.end().told()));
        }
        return line.get();
    }

    /** Waits for a job that must succeed with the hash of a run without faults, and leave nothing but that. */
    private JobFacts right() throws IOException {
        assertThat(ledger.wrong()).isEmpty();
        assertThat(Waits.until(LONG_MS, () -> leftovers().isEmpty()))
                .as("%s", leftovers())
                .isTrue();
        return new JobFacts(cluster.json("job", "status", ledger.id()));
    }

    /** Checkpoints and staged jars that are still there. */
    private static List<String> leftovers() throws IOException {
        List<String> left = new ArrayList<>();
        for (String name : List.of("checkpoints", "staging")) {
            String uri = hdfs.uri() + "/valiant/" + name;
            try {
                FileStore store = new FileStores(new TreeMap<>()).of(uri);
                if (store.find(uri) != null) {
                    store.list(uri).forEach(entry -> left.add(entry.uri()));
                }
            } catch (BspException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return left;
    }
}
