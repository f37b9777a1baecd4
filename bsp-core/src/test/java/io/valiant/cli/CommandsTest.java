package io.valiant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.Format;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.JobState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private final FakeCluster cluster = new FakeCluster();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int bsp(String... words) {
        out.reset();
        err.reset();
        Shell shell = new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                configuration -> cluster);
        return BspMain.run(shell, words);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }

    private String jar() throws IOException {
        return Files.writeString(folder.resolve("a.jar"), "").toString();
    }

    @Test
    void submitPrintsTheIdFirstAndEndsAsTheJobDid() throws IOException {
        assertThat(bsp("job", "submit", "--jar", jar(), "--class", "a.B")).isZero();
        assertThat(out().lines().findFirst()).contains("job_c_1");
        assertThat(cluster.closed).isTrue();

        cluster.end = JobState.KILLED;
        assertThat(bsp("job", "submit", "--jar", jar(), "--class", "a.B")).isEqualTo(3);

        cluster.end = JobState.FAILED;
        cluster.cause = new Cause(
                CauseType.USER_ERROR,
                "the program threw",
                "job_c_1_t2_a3",
                "groom-2",
                4L,
                "java.lang.IllegalStateException: no luck\n\tat a.B.run(B.java:7)",
                null,
                null);
        assertThat(bsp("job", "submit", "--jar", jar(), "--class", "a.B")).isEqualTo(1);
        assertThat(err().strip())
                .isEqualTo("job_c_1 FAILED: USER_ERROR: the program threw (attempt job_c_1_t2_a3, groom groom-2,"
                        + " superstep 4): java.lang.IllegalStateException: no luck");
    }

    @Test
    void submitHandsOverEveryOption() throws IOException {
        int code = bsp(
                "job",
                "submit",
                "--jar",
                jar(),
                "--class",
                "a.B",
                "--name",
                "n",
                "--id",
                "mine",
                "--tasks",
                "4",
                "--input",
                "in,hdfs://h/x",
                "--output",
                "/o",
                "--overwrite",
                "--env",
                "K=V",
                "--memory",
                "64m",
                "--checkpoint",
                "5",
                "--selector",
                "zone=a",
                "--priority",
                "7",
                "--idempotency-key",
                "once",
                "-D",
                "bsp.task.max.attempts=2",
                "-D",
                "pi.darts=9",
                "--",
                "first",
                "--second");
        assertThat(code).as(err()).isZero();
        BspJob job = cluster.submitted.get(0);
        assertThat(job.programClass()).isEqualTo("a.B");
        assertThat(job.name()).isEqualTo("n");
        assertThat(job.id()).isEqualTo("mine");
        assertThat(job.tasks()).isEqualTo(4);
        assertThat(job.inputs().get(0).path())
                .isEqualTo("file://" + Path.of("in").toAbsolutePath() + ",hdfs://h/x");
        assertThat(job.output()).isEqualTo("file:///o");
        assertThat(job.isOverwrite()).isTrue();
        assertThat(job.environment()).containsEntry("K", "V");
        assertThat(job.memory()).isEqualTo("64m");
        assertThat(job.selector()).isEqualTo("zone=a");
        assertThat(job.priority()).isEqualTo(7);
        assertThat(job.idempotencyKey()).isEqualTo("once");
        assertThat(job.configuration())
                .containsOnlyKeys("bsp.task.max.attempts", "bsp.checkpoint.interval")
                .containsEntry("bsp.checkpoint.interval", "5");
        assertThat(job.settings())
                .containsEntry("pi.darts", "9")
                .containsEntry("argument.0", "first")
                .containsEntry("argument.1", "--second");
    }

    @Test
    void submitTakesSeveralInputsFilesAndJars() throws IOException {
        Path a = Files.createFile(folder.resolve("a"));
        Path b = Files.createFile(folder.resolve("b"));
        Path jar = Files.createFile(folder.resolve("c.jar"));
        int code = bsp(
                "job",
                "submit",
                "--jar",
                jar(),
                "--class",
                "a.B",
                "--input",
                "users=/u/{a,b}*,/v",
                "--input-format",
                "users=keyvalue:;",
                "--partition",
                "users=hash",
                "--input",
                "/dt=1/x",
                "--input-format",
                "sequence:Text,LongWritable",
                "--output-format",
                "keyvalue:,",
                "--files",
                a + "," + b,
                "--jars",
                jar.toString());
        assertThat(code).as(err()).isZero();
        BspJob job = cluster.submitted.get(0);
        assertThat(job.inputs())
                .containsExactly(
                        new JobInput("users", "file:///u/{a,b}*,file:///v", "keyvalue:;", JobInput.HASH, false),
                        JobInput.of("file:///dt=1/x").format(Format.sequence(Text.class, LongWritable.class)));
        assertThat(job.outputFormat()).isEqualTo("keyvalue:,");
        assertThat(job.files()).containsExactly(a, b);
        assertThat(job.jars()).hasSize(2).contains(jar);
    }

    @Test
    void submitWithJsonPrintsOneDocumentAndNothingElse() throws IOException {
        assertThat(bsp("job", "submit", "--jar", jar(), "--class", "a.B", "--json"))
                .isZero();
        assertThat(json().get("job_id").asText()).isEqualTo("job_c_1");
        assertThat(json().get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jobs",
                "job",
                "job lis",
                "job submit --class a.B",
                "job submit --jar %s --class a.B --tasks 0",
                "job submit --jar %s --class a.B --tasks many",
                "job submit --jar %s --class a.B --id /",
                "job submit --jar %s --class a.B --memory lots",
                "job submit --jar %s --class a.B --checkpoint often",
                "job submit --jar %s --class a.B --input a --input b",
                "job submit --jar %s --class a.B --input a --input-format b=text",
                "job submit --jar %s --class a.B --input a --input-format nothing",
                "job submit --jar %s --class a.B --partition hash",
                "job submit --jar %s --class a.B --output-format sequence:Text",
                "task kill j",
                "task resume j first",
                "groom drain",
                "groom drain /",
                "groom undrain groom-1 groom-2",
                "groom remove _",
                "job submit --jar %s --class a.B -D bsp.taks.memory=1g",
                "job submit --jar %s --class a.B -D bsp.groom.expiry=9s",
                "job submit --jar %s --class a.B --no-such-option",
                "job wait job_c_1 --timeout soon",
                "job wait job_c_1 --timeout 999999999999999d",
                "job logs j --follow --stream stdin",
                "job list --state SLEEPING",
                "-D bsp.nonsense=1 job list",
                "cluster start",
                "cluster start --dir %s/never --grooms 0",
                "cluster start --dir %s/never -D bsp.nonsense=1",
                "cluster start --dir %s/never -D bsp.groom.name=a"
            })
    void wrongUsageIsToldInOneLine(String line) throws IOException {
        String[] words = line.isEmpty() ? new String[0] : line.formatted(jar()).split(" ");
        assertThat(bsp(words)).as(err()).isEqualTo(2);
        assertThat(err().lines()).hasSize(1);
        assertThat(out()).isEmpty();
        assertThat(cluster.submitted).isEmpty();
    }

    @Test
    void wordThatIsNoCommandIsNamedWithoutTheWordsAfterIt() {
        assertThat(bsp("frob", "this")).isEqualTo(2);
        assertThat(err()).startsWith("there is no command 'frob'").doesNotContain("this");
        assertThat(bsp("job", "frob", "this")).isEqualTo(2);
        assertThat(err()).startsWith("bsp job has no verb 'frob'").doesNotContain("this");
    }

    @Test
    void whatIsRefusedExitsWithOneAndOneLine() {
        assertThat(bsp("job", "status", "job_c_9")).isEqualTo(1);
        assertThat(err().strip()).isEqualTo("no job job_c_9");
        assertThat(bsp("job", "submit", "--jar", "nowhere.jar", "--class", "a.B"))
                .isEqualTo(1);
        assertThat(err().strip()).isEqualTo("jar nowhere.jar does not exist");
        assertThat(bsp("cluster", "status", "--dir", folder + "/none")).isEqualTo(1);
        assertThat(err().lines()).hasSize(1);
    }

    @Test
    void aSuperstepInWhichRecordsAreDealtOutIsShownAsSuch() throws IOException {
        cluster.end = JobState.FAILED;
        cluster.cause = new Cause(CauseType.USER_ERROR, "no such task", "j_t0_a1", "groom-1", -1L, null, null, null);
        assertThat(bsp("job", "submit", "--jar", jar(), "--class", "a.B", "--id", "j"))
                .isEqualTo(1);
        assertThat(err()).contains("(attempt j_t0_a1, groom groom-1, superstep -1 (dealing))");
        assertThat(bsp("job", "status", "j")).isZero();
        assertThat(out().lines()).contains("  superstep  -1 (dealing)");
        assertThat(bsp("job", "status", "j", "--json")).isZero();
        assertThat(json().get("cause").get("superstep").asLong()).isEqualTo(-1);
    }

    @Test
    void aStackTraceIsShownOnlyToThoseWhoAsk() {
        assertThat(bsp("job", "status", "job_c_9")).isEqualTo(1);
        assertThat(err()).doesNotContain("\tat ");
        assertThat(bsp("job", "status", "job_c_9", "--verbose")).isEqualTo(1);
        assertThat(err()).contains("\tat ");
    }

    @Test
    void aMasterThatIsNotThereExitsWithFour() {
        FakeCluster away = cluster;
        assertThat(away).isNotNull();
        Shell shell = new Shell(new PrintStream(out), new PrintStream(err), folder, configuration -> {
            throw io.valiant.protocol.ErrorCode.UNREACHABLE.with("no master answers at 127.0.0.1:1");
        });
        assertThat(BspMain.run(shell, "job", "list")).isEqualTo(4);
        assertThat(err().strip()).isEqualTo("no master answers at 127.0.0.1:1");
    }

    @Test
    void waitExitsWithFiveWhenTheTimeIsOver() {
        cluster.jobs.put("j", FakeCluster.status("j", JobState.RUNNING, null));
        assertThat(bsp("job", "wait", "j", "--timeout", "1s")).isEqualTo(5);
        cluster.jobs.put("j", FakeCluster.status("j", JobState.SUCCEEDED, null));
        assertThat(bsp("job", "wait", "j", "--timeout", "1s")).isZero();
    }

    @Test
    void listFollowsAllPages() throws IOException {
        for (String id : new String[] {"a", "b", "c", "d", "e"}) {
            cluster.jobs.put(id, FakeCluster.status(id, JobState.RUNNING, null));
        }
        assertThat(bsp("job", "list", "--json", "--state", "running")).as(err()).isZero();
        assertThat(json()).hasSize(5);
        assertThat(json().get(0).get("submitted_at").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(json().get(0).has("finished_at")).isTrue();
        assertThat(json().get(0).get("finished_at").isNull()).isTrue();
    }

    @Test
    void tasksAreListedEndedStoppedAndResumed() throws IOException {
        cluster.jobs.put("j", FakeCluster.status("j", JobState.RUNNING, null));
        assertThat(bsp("task", "list", "j", "--json")).isZero();
        assertThat(json().get(0).get("attempts").get(0).get("id").asText()).isEqualTo("j_t0_a1");
        assertThat(bsp("task", "list", "j")).isZero();
        assertThat(out()).contains("j_t0_a1");
        for (String verb : new String[] {"kill", "fail", "stop"}) {
            assertThat(bsp("task", verb, "j_t0_a1")).as(err()).isZero();
        }
        assertThat(out().strip()).isEqualTo("j_t0_a1 SUCCEEDED, job j RUNNING");
        assertThat(bsp("task", "resume", "j", "0", "--json")).isZero();
        assertThat(json().get("id").asText()).isEqualTo("j");
        assertThat(cluster.ended).containsExactly("kill j_t0_a1", "fail j_t0_a1", "stop j_t0_a1", "resume j 0");
    }

    @Test
    void groomsAreDrainedUndrainedAndRemoved() throws IOException {
        assertThat(bsp("groom", "drain", "groom-1")).as(err()).isZero();
        assertThat(out().strip()).isEqualTo("groom-1 DRAINING, 1 of 3 slots used");
        assertThat(bsp("groom", "undrain", "groom-1", "--json")).as(err()).isZero();
        assertThat(json().get("state").asText()).isEqualTo("DRAINING");
        assertThat(bsp("groom", "remove", "groom-1")).as(err()).isZero();
        assertThat(out().strip()).isEqualTo("groom-1 removed, was DRAINING");
        assertThat(bsp("groom", "remove", "groom-1", "--json")).isZero();
        assertThat(json().get("name").asText()).isEqualTo("groom-1");
        assertThat(cluster.ended)
                .containsExactly("drain groom-1", "undrain groom-1", "remove groom-1", "remove groom-1");
        for (String verb : new String[] {"drain", "undrain", "remove"}) {
            assertThat(bsp("groom", verb, "groom-9")).isEqualTo(1);
            assertThat(err().lines()).hasSize(1);
        }
    }

    @Test
    void logsOfAGroomThatIsAwayAreToldAsMissing() {
        cluster.jobs.put("j", FakeCluster.status("j", JobState.SUCCEEDED, null));
        cluster.logs.put("j_t0_a1 stdout", "first line\n");
        cluster.logs.put("j_t0_a1 stderr", FakeCluster.AWAY);
        for (String[] words : new String[][] {{"job", "logs", "j"}, {"job", "logs", "j", "--follow"}}) {
            assertThat(bsp(words)).isEqualTo(1);
            assertThat(out()).isEqualTo("==> j_t0_a1 stdout <==\nfirst line\n");
            assertThat(err().strip()).isEqualTo("stderr: j_t0_a1 is on groom groom-1, which does not answer");
        }
    }

    @Test
    void logsArePiecedTogether() {
        cluster.jobs.put("j", FakeCluster.status("j", JobState.SUCCEEDED, null));
        cluster.logs.put("j_t0_a1 stdout", "first line\nsecond line\n");
        assertThat(bsp("job", "logs", "j", "--task", "0", "--stream", "stdout"))
                .as(err())
                .isZero();
        assertThat(out()).isEqualTo("first line\nsecond line\n");
        assertThat(bsp("job", "logs", "j")).isZero();
        assertThat(out()).isEqualTo("==> j_t0_a1 stdout <==\nfirst line\nsecond line\n");
        assertThat(bsp("job", "logs", "j", "--task", "3")).isEqualTo(1);
        assertThat(bsp("job", "logs", "j", "--task", "3", "--follow")).isEqualTo(1);
        assertThat(err()).contains("j has no attempt of task 3");
        assertThat(bsp("job", "logs", "j", "--attempt", "j_t0_a7", "--follow")).isEqualTo(1);
        assertThat(err()).contains("j has no attempt j_t0_a7");
        assertThat(bsp("job", "logs", "j", "--stream", "stdin")).isEqualTo(2);
    }

    @Test
    void aMainThatCannotBeLoadedIsToldInOneLine() throws IOException {
        Path jar = folder.resolve("broken.jar");
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            entries.putNextEntry(new JarEntry("a/Broken.class"));
            entries.write(new byte[] {1, 2, 3});
        }
        try {
            assertThat(bsp("jar", jar.toString(), "a.Broken")).isEqualTo(1);
        } finally {
            // said for the program's own submissions
            System.clearProperty("bsp.conf.dir");
        }
        assertThat(err().lines())
                .singleElement()
                .asString()
                .contains("class a.Broken", "broken.jar", "cannot be loaded");
    }

    @Test
    void everyVerbHasHelpWithAnExample() {
        String[][] verbs = {
            {"cluster", "start"},
            {"cluster", "stop"},
            {"cluster", "status"},
            {"jar"},
            {"job", "submit"},
            {"job", "list"},
            {"job", "status"},
            {"job", "wait"},
            {"job", "cancel"},
            {"job", "kill"},
            {"job", "logs"},
            {"job", "counters"},
            {"groom", "list"},
            {"groom", "status"},
            {"groom", "drain"},
            {"groom", "undrain"},
            {"groom", "remove"},
            {"conf", "list"},
            {"conf", "check"},
            {"version"}
        };
        for (String[] verb : verbs) {
            String[] words = java.util.Arrays.copyOf(verb, verb.length + 1);
            words[verb.length] = "--help";
            assertThat(bsp(words)).as(String.join(" ", words)).isZero();
            assertThat(out()).contains("Usage: bsp " + verb[0]).contains("Example:");
        }
    }

    @Test
    void confCheckNamesAllProblemsAtOnce() throws IOException {
        Files.writeString(
                folder.resolve("bsp-site.xml"),
                "<configuration><property><name>bsp.nonsense</name><value>1</value></property>"
                        + "<property><name>bsp.tasks.maximum</name><value>none</value></property></configuration>");
        assertThat(bsp("conf", "check", "--json")).isEqualTo(1);
        assertThat(json().get("problems")).hasSize(2);
        assertThat(bsp("job", "list")).isEqualTo(1);
        assertThat(err().lines()).hasSize(1);
    }

    @Test
    void theNounIsFoundAmongOptions() {
        assertThat(BspMain.noun("--config", "job", "-D", "a=b", "--verbose", "graph", "pr"))
                .isEqualTo("graph");
        assertThat(BspMain.noun("--config=x", "-Da=b", "conf")).isEqualTo("conf");
        assertThat(BspMain.noun("--help")).isEmpty();
    }

    @Test
    void aConfigurationFolderMayBeCalledAsANounIs() {
        assertThat(bsp("--config", "conf", "conf", "list")).isZero();
    }
}
