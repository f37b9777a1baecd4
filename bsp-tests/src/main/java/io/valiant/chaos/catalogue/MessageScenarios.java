package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.ProgramJar;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.program.Flood;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** More messages than there is memory. */
final class MessageScenarios {
    private static final int TASKS = 2;
    private static final long HEAP_MIB = 256;
    private static final long TIMES_THE_HEAP = 20;

    private MessageScenarios() {}

    static List<Scenario> all() {
        return List.of(scenario(
                        "messages.beyond-heap", "each of 2 tasks of 256 MiB is sent 20 times its heap in one superstep")
                .holds("SUCCEEDED, as many messages with the same sum as were sent")
                .on(ClusterShape.quick().with("bsp.task.ping.timeout", "10s").of(1, TASKS))
                .by(MessageScenarios::flood));
    }

    private static void flood(Trial trial) throws IOException {
        long numbers = TIMES_THE_HEAP * (HEAP_MIB << 20) / Long.BYTES;
        String id = trial.jobId();
        Path output = trial.folder().resolve(id + ".out");
        List<String> words = List.of(
                "job",
                "submit",
                "--jar",
                ProgramJar.of(Flood.class, trial.folder()).toString(),
                "--class",
                Flood.class.getName(),
                "--id",
                id,
                "--tasks",
                String.valueOf(TASKS),
                "--memory",
                HEAP_MIB + "m",
                "-D",
                Flood.NUMBERS + "=" + numbers,
                "--output",
                output.toString());
        Outcome ended = trial.cluster().bsp(words.toArray(String[]::new));
        if (trial.expect(ended.code() == 0, id + ": expected exit 0, was " + ended.told())) {
            List<String> wanted = wanted(numbers);
            List<String> got = lines(output);
            trial.expect(got.equals(wanted), id + ": got " + got + ", expected " + wanted);
            trial.expect(trial.facts(id).charged() == 0, id + ": an attempt was charged");
        }
    }

    /** By the sum of an arithmetic series; it overflows as the program's does. */
    private static List<String> wanted(long numbers) {
        List<String> lines = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
            int sender = (task + TASKS - 1) % TASKS;
            long series = numbers % 2 == 0 ? numbers / 2 * (numbers + 1) : (numbers + 1) / 2 * numbers;
            long sum = series * Flood.number(0, 0) + numbers * sender;
            lines.add(task + "\t" + numbers + " " + sum);
        }
        return lines;
    }

    private static List<String> lines(Path output) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(output)) {
            for (Path file : files.filter(name -> name.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
