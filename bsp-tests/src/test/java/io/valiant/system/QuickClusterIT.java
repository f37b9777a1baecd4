package io.valiant.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.Cluster;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobProgress;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.JobWatch;
import io.valiant.bsp.Valiant;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One cluster of two grooms with three slots each, used as a user does. */
@Timeout(300)
class QuickClusterIT {
    @TempDir
    private static Path folder;

    private static Commands commands;

    @BeforeAll
    static void startCluster() throws IOException, InterruptedException {
        commands = new Commands(folder.resolve("c"));
        commands.startCluster();
    }

    @AfterAll
    static void stopClusterAndLeaveNothing() throws IOException, InterruptedException {
        commands.stopCluster();
        assertThat(processesUnder(folder.toRealPath())).isEmpty();
        assertThat(commands.cluster("stop").code()).isZero();
        JsonNode status = commands.cluster("status", "--json").json();
        assertThat(status.get("masters").get(0).get("pid").isNull()).isTrue();
    }

    private static List<String> processesUnder(Path root) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(root.toString()))
                .toList();
    }

    @Test
    void statusTellsProcessesAndAddresses() throws IOException, InterruptedException {
        JsonNode status = commands.cluster("status", "--json").json();
        JsonNode master = status.get("masters").get(0);
        assertThat(master.get("leader").asBoolean()).isTrue();
        assertThat(ProcessHandle.of(master.get("pid").asLong())).isPresent();
        assertThat(status.get("grooms")).hasSize(2);
        for (JsonNode groom : status.get("grooms")) {
            assertThat(groom.get("state").asText()).isEqualTo("ACTIVE");
            assertThat(ProcessHandle.of(groom.get("pid").asLong())).isPresent();
        }
        Commands.Said again = commands.cluster("start");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err().lines()).hasSize(1);
    }

    @Test
    void piIsThreeAndABit() throws IOException, InterruptedException {
        Commands.Said said = commands.bsp("example", "pi", "--tasks", "4", "--darts", "100000", "--json");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.json().get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(said.json().get("pi").asDouble()).isBetween(3.1, 3.2);

        Commands.Said late =
                commands.bsp("job", "cancel", said.json().get("job_id").asText());
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "unix", "shm"})
    void theCostModelIsMeasuredOverEachTransport(String transport) throws IOException, InterruptedException {
        for (String verb : List.of("barrier", "exchange")) {
            Commands.Said said =
                    commands.bsp("bench", verb, "--tasks", "2", "--transport", transport, "--samples", "5", "--json");
            assertThat(said.code()).as(said.err()).isZero();
            JsonNode figures = said.json();
            assertThat(figures.get("transport").asText()).isEqualTo(transport);
            assertThat(figures.get("tasks").asInt()).isEqualTo(2);
            if (verb.equals("barrier")) {
                assertThat(figures.get("l_us").asDouble()).isPositive();
                assertThat(figures.get("g_ns").isNull()).isTrue();
            } else {
                assertThat(figures.get("g_ns").asDouble()).isPositive();
                assertThat(figures.get("bulk_gb_s").asDouble()).isPositive();
            }
        }
        Commands.Said wrong = commands.bsp("bench", "barrier", "--transport", "pigeon");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(wrong.err()).contains("pigeon");
    }

    @Test
    void aJobThatThrowsFailsWithTheExceptionsTextAndAnotherEndsWell() throws IOException, InterruptedException {
        Commands.Running beside = commands.begin("example", "ledger", "--tasks", "2", "--supersteps", "50", "--json");
        Commands.Said said = commands.bsp(
                "job",
                "submit",
                "--jar",
                jarOf(Thrower.class).toString(),
                "--class",
                Thrower.class.getName(),
                "--tasks",
                "2",
                "--json");
        Instant ended = Instant.now();
        assertThat(said.code()).as(said.err()).isEqualTo(1);
        assertThat(said.err()).contains("thrown on purpose");
        JsonNode job = said.json();
        assertThat(job.get("state").asText()).isEqualTo("FAILED");
        assertThat(job.get("cause").get("type").asText()).isEqualTo("USER_ERROR");
        JsonNode status = commands.bsp("job", "status", job.get("job_id").asText(), "--json")
                .json();
        assertThat(status.get("task").get(1).get("attempts")).hasSize(3);
        Instant failed = lastEnd(status);
        System.out.printf(
                "job that throws: its command ended %d ms after the third failure%n",
                Duration.between(failed, ended).toMillis());

        Commands.Said logs = commands.bsp(
                "job", "logs", job.get("job_id").asText(), "--task", "1", "--attempt", "1", "--stream", "stdout");
        assertThat(logs.code()).as(logs.err()).isZero();
        assertThat(logs.out()).contains("peer 1 was here");

        Commands.Said other = beside.end();
        assertThat(other.code()).as(other.err()).isZero();
        assertThat(other.json().get("hash").asText()).matches("[0-9a-f]{16}");
    }

    @Test
    void aCancelledJobIsKilledAndItsSlotsAreFree() throws IOException, InterruptedException {
        String id = submitLong("cancelled", 2);
        awaitState(id, "RUNNING");
        Instant asked = Instant.now();
        assertThat(commands.bsp("job", "cancel", id).code()).isZero();
        assertThat(commands.bsp("job", "wait", id, "--timeout", "30s").code()).isEqualTo(3);
        Instant gone = lastEnd(commands.bsp("job", "status", id, "--json").json());
        System.out.printf(
                "cancelled job: its last process was gone %d ms after the command was started%n",
                Duration.between(asked, gone).toMillis());
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            for (JsonNode groom : commands.bsp("groom", "list", "--json").json()) {
                for (JsonNode child : commands.bsp(
                                "groom", "status", groom.get("name").asText(), "--json")
                        .json()
                        .get("children")) {
                    if (child.get("attempt").asText().startsWith(id)) {
                        return false;
                    }
                }
            }
            return true;
        });
        assertThat(commands.bsp("job", "cancel", id).code())
                .as("what is done is done")
                .isZero();
    }

    @Test
    void aJobThatDoesNotFitWaitsWithItsReasonAndThenRuns() throws IOException, InterruptedException {
        String big = submitLong("big", 6);
        awaitState(big, "RUNNING");
        Commands.Running waiting =
                commands.begin("example", "ledger", "--id", "waiting", "--tasks", "4", "--supersteps", "3", "--json");
        awaitState("waiting", "PENDING");
        JsonNode status = commands.bsp("job", "status", "waiting", "--json").json();
        assertThat(status.get("reason").asText()).contains("4 slots");
        assertThat(commands.bsp("job", "cancel", big).code()).isZero();
        Commands.Said said = waiting.end();
        assertThat(said.code()).as(said.err()).isZero();
    }

    @Test
    void aProgramUsesTheClusterAsCommandsDo() throws Exception {
        try (Cluster cluster = Valiant.connect(folder.resolve("c").resolve("conf"))) {
            assertThat(cluster.leader().isLeader()).isTrue();
            assertThat(cluster.grooms()).extracting(GroomStatus::name).containsExactly("groom-1", "groom-2");
            JobWatch watch = cluster.watch();
            int before = watch.next(Duration.ZERO).size();
            assertThat(before).isEqualTo(cluster.jobs().size());
            JobHandle job = cluster.submit(
                    BspJob.of(Talker.class).jar(jarOf(Talker.class)).tasks(2));
            List<JobState> states = new ArrayList<>();
            while (!states.contains(JobState.KILLED)) {
                for (JobStatus changed : watch.next(Duration.ofSeconds(60))) {
                    if (changed.id().equals(job.id())) {
                        states.add(changed.state());
                    }
                }
                assertThat(states).doesNotContain(JobState.FAILED);
                JobProgress progress = job.progress();
                if (progress.newest() != null && progress.state() == JobState.RUNNING) {
                    assertThat(progress.newest().slowestTask()).isBetween(0, 1);
                    cluster.job(job.id()).cancel();
                }
            }
            assertThat(states).contains(JobState.RUNNING).endsWith(JobState.KILLED);
            assertThat(job.await().status().state()).isEqualTo(JobState.KILLED);
            assertThat(job.progress().newest().superstep()).isNotNegative();
            assertThat(cluster.jobs(JobState.KILLED)).extracting(JobStatus::id).contains(job.id());
            assertThatThrownBy(() -> cluster.job("nobody")).hasMessageContaining("nobody");
        }
    }

    @Test
    void theDealingOfRecordsIsNoneOfTheProgramsSupersteps() throws IOException, InterruptedException {
        Commands.Said failed = dealt(2);
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("superstep 1)");
        // there is no peer 1 that throws
        Commands.Said good = dealt(1);
        assertThat(good.code()).as(good.err()).isZero();
        String id = good.json().get("job_id").asText();
        JsonNode steps = commands.bsp("job", "supersteps", id, "--json").json();
        assertThat(steps.findValuesAsText("superstep")).containsExactly("-2", "-1", "0", "1", "2");
        assertThat(commands.bsp("job", "supersteps", id).out())
                .contains("-2 (dealing)")
                .contains("-1 (dealing)");
        assertThat(commands.bsp("job", "status", id, "--json")
                        .json()
                        .get("superstep")
                        .asLong())
                .isEqualTo(2);
    }

    private static Commands.Said dealt(int tasks) throws IOException, InterruptedException {
        Path records = Files.writeString(folder.resolve("records"), "b\t1\na\t2\nc\t3\n");
        return commands.bsp(
                "job",
                "submit",
                "--jar",
                jarOf(Thrower.class).toString(),
                "--class",
                Thrower.class.getName(),
                "--tasks",
                String.valueOf(tasks),
                "--input",
                records.toString(),
                "--input-format",
                "keyvalue",
                "--partition",
                "range",
                "--json");
    }

    /** When the last attempt's process was gone. */
    private static Instant lastEnd(JsonNode status) {
        Instant last = Instant.EPOCH;
        for (JsonNode task : status.get("task")) {
            for (JsonNode attempt : task.get("attempts")) {
                Instant end = Instant.parse(attempt.get("finished_at").asText());
                last = end.isAfter(last) ? end : last;
            }
        }
        return last;
    }

    private static String submitLong(String id, int tasks) throws IOException, InterruptedException {
        Commands.Said said = commands.bsp(
                "example",
                "ledger",
                "--id",
                id,
                "--tasks",
                String.valueOf(tasks),
                "--supersteps",
                "10000",
                "--step-ms",
                "100",
                "--detach");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out().strip()).isEqualTo(id);
        return id;
    }

    private static void awaitState(String id, String state) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> commands.bsp(
                        "job", "status", id, "--json")
                .json()
                .get("state")
                .asText()
                .equals(state));
    }

    private static Path jarOf(Class<?> program) throws IOException {
        Path jar = folder.resolve(program.getSimpleName() + ".jar");
        String entry = program.getName().replace('.', '/') + ".class";
        try (InputStream in = program.getResourceAsStream("/" + entry);
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }
}
