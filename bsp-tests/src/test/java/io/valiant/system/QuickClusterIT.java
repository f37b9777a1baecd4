package io.valiant.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One cluster of two grooms with three slots each, used as a user does. */
@Timeout(300)
class QuickClusterIT {
    @TempDir
    private static Path folder;

    private static Commands commands;

    @BeforeAll
    static void startCluster() throws IOException, InterruptedException {
        commands = new Commands(folder.resolve("c"));
        Commands.Said said = commands.cluster("start", "--grooms", "2", "--slots", "3");
        assertThat(said.code()).as(said.err()).isZero();
    }

    @AfterAll
    static void stopClusterAndLeaveNothing() throws IOException, InterruptedException {
        Commands.Said said = commands.cluster("stop");
        assertThat(said.code()).as(said.err()).isZero();
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
