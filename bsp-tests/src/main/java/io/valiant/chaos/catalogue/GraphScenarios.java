package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Graph algorithms that lose a child: the same bytes as without, and those right by the graphs' own judge. */
final class GraphScenarios {
    private static final long LIMIT_S = 600;
    private static final int TRIES = 10;

    private GraphScenarios() {}

    static List<Scenario> all() {
        List<GraphCase> cases = GraphCase.data().map(GraphCase::all).orElse(List.of());
        return List.of(scenario(
                        "graphs.kill",
                        "each algorithm on each graph with an expected output, 1, 2, 4 and 6 tasks, long and text ids;"
                                + " again with kill -9 of a child at a random moment")
                .holds("SUCCEEDED and right by validate.py; one charged, and the same bytes in each part")
                .runs(Math.max(1, cases.size()))
                .on(ClusterShape.quick()
                        .of(2, 4)
                        .with("bsp.groom.spare.children", "0")
                        .with("bsp.task.memory", "512m")
                        .with("bsp.task.ping.timeout", "5s"))
                .unless(() -> cases.isEmpty()
                        ? Optional.of("no graphs with expected outputs: neither -Dgraph.data in BSP_CHAOS_OPTS nor"
                                + " shared/data beside the checkout")
                        : Optional.empty())
                .by(trial -> kill(trial, cases.get(trial.run()))));
    }

    private static void kill(Trial trial, GraphCase graph) throws IOException {
        Path wanted = trial.folder().resolve("wanted");
        String job = trial.jobId();
        Command command = trial.cluster().begin(trial.cluster().conf(), graph.command(job, wanted));
        trial.atEnd(() -> command.process().destroyForcibly());
        awaitChildren(trial, command, job);
        long fromNs = Waits.nowNs();
        Outcome ended = command.end(LIMIT_S);
        long tookMs = Waits.sinceMs(fromNs);
        if (!trial.expect(ended.code() == 0, graph + ": " + ended.told())) {
            return;
        }
        trial.figure("without_ms", tookMs);
        validate(trial, graph, wanted);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            // a kill that comes when the result is handed in leaves no trace: once more, and sooner
            Path output = trial.folder().resolve("killed-" + attempt);
            long afterMs = trial.random().nextLong(1 + tookMs / (attempt + 1));
            Optional<JobFacts> hurt = killed(trial, graph, output, afterMs);
            if (hurt.isEmpty()) {
                continue;
            }
            trial.figure("killed_after_ms", afterMs);
            trial.expect(same(wanted, output), graph + ": other bytes after a kill at " + afterMs + " ms");
            trial.expect(
                    hurt.get().charged() == 1,
                    graph + ": " + hurt.get().charged() + " attempts charged: "
                            + hurt.get().ends());
            return;
        }
        trial.expect(false, graph + ": no kill of " + TRIES + " met a child at work");
    }

    /** Runs it and kills one child after a time; empty if that left no trace, for the job was over. */
    private static Optional<JobFacts> killed(Trial trial, GraphCase graph, Path output, long afterMs)
            throws IOException {
        String job = trial.jobId();
        Command command = trial.cluster().begin(trial.cluster().conf(), graph.command(job, output));
        trial.atEnd(() -> command.process().destroyForcibly());
        awaitChildren(trial, command, job);
        Waits.pause(afterMs);
        List<Long> children = children(trial, job);
        if (!children.isEmpty()) {
            long victim = children.get(trial.random().nextInt(children.size()));
            if (ProcessScan.isAlive(victim)) {
                ProcessScan.kill(victim);
            }
        }
        Outcome ended = command.end(LIMIT_S);
        trial.expect(ended.code() == 0, graph + ": killed after " + afterMs + " ms: " + ended.told());
        JobFacts facts = trial.facts(job);
        return facts.rollbacks() == 0 && ended.code() == 0 ? Optional.empty() : Optional.of(facts);
    }

    private static void awaitChildren(Trial trial, Command command, String job) throws IOException {
        Waits.until(
                Trial.LONG_MS,
                () -> !command.process().isAlive() || !children(trial, job).isEmpty());
    }

    /** The JVMs that work in a folder of that job. */
    private static List<Long> children(Trial trial, String job) {
        return ProcessScan.children(trial.cluster().folder()).stream()
                .filter(pid ->
                        ProcessScan.isJvm(pid) && ProcessScan.workingFolder(pid).contains("/" + job + "/"))
                .toList();
    }

    private static void validate(Trial trial, GraphCase graph, Path output) throws IOException {
        Path judge = GraphCase.data().orElseThrow().resolve("validate.py");
        List<String> words = new ArrayList<>(List.of("python3", judge.toString(), graph.algorithm()));
        words.addAll(List.of(graph.expected().toString(), output.toString()));
        graph.epsilon().ifPresent(epsilon -> words.addAll(List.of("--epsilon", epsilon)));
        Outcome judged = Command.run(words, LIMIT_S);
        trial.expect(judged.code() == 0, graph + ": " + judged.told());
    }

    /** Whether two outputs have the same parts with the same bytes. */
    private static boolean same(Path one, Path other) throws IOException {
        List<Path> parts = parts(one);
        List<Path> others = parts(other);
        boolean same = parts.size() == others.size();
        for (int part = 0; same && part < parts.size(); part++) {
            same = parts.get(part).getFileName().equals(others.get(part).getFileName())
                    && Files.mismatch(parts.get(part), others.get(part)) < 0;
        }
        return same;
    }

    private static List<Path> parts(Path output) throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.filter(name -> name.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList();
        }
    }
}
