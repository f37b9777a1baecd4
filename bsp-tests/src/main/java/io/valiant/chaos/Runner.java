package io.valiant.chaos;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.Leftovers;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Pace;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs scenarios, each on a cluster as it wants it; runs that want equal ones and went well share one. Used by one thread. */
final class Runner {
    private static final long GONE_MS = 10_000;

    private final Path home;
    private final Path folder;
    private final Duration away;
    private final int slower;
    private final List<String> left = new ArrayList<>();
    private volatile Trial current;
    private volatile ClusterFixture cluster;
    private boolean spoilt;
    private int clusters;

    /**
     * @param home the checkout
     * @param folder for the clusters; exists
     * @param away how long a daemon stays away where a scenario leaves it open
     * @param slower how many times as long all time-outs are
     */
    Runner(Path home, Path folder, Duration away, int slower) {
        this.home = home;
        this.folder = folder;
        this.away = away;
        this.slower = slower;
    }

    /** One run; whatever goes wrong in it is in the line. */
    RunLine run(Scenario scenario, int run) {
        long fromNs = Waits.nowNs();
        List<String> wrong = new ArrayList<>();
        try {
            Optional<String> obstacle = scenario.obstacle();
            if (obstacle.isPresent()) {
                return line(scenario, run, Result.SKIPPED, List.of(obstacle.get()), null, fromNs);
            }
            prepare(scenario);
        } catch (IOException | RuntimeException e) {
            return line(scenario, run, Result.WRONG, List.of("no cluster to begin with: " + e), null, fromNs);
        }
        Trial trial = trial(scenario, run);
        current = trial;
        attempt(wrong, () -> scenario.run(trial));
        attempt(wrong, trial::close);
        List<String> all = new ArrayList<>(trial.wrong());
        all.addAll(wrong);
        spoilt = !all.isEmpty();
        if (spoilt || !scenario.cluster().shared()) {
            all.addAll(stop(trial));
        }
        current = null;
        return line(scenario, run, all.isEmpty() ? Result.RIGHT : Result.WRONG, all, trial, fromNs);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void attempt(List<String> wrong, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            wrong.add(e.toString());
        }
    }

    private static RunLine line(Scenario scenario, int run, Result result, List<String> why, Trial trial, long fromNs) {
        return new RunLine(
                scenario.name(),
                run,
                result,
                why,
                trial == null ? new TreeMap<>() : trial.figures(),
                Waits.sinceMs(fromNs));
    }

    private void prepare(Scenario scenario) throws IOException {
        ClusterShape wanted = scenario.cluster().slower(slower);
        if (cluster != null && !cluster.shape().equals(wanted)) {
            left.addAll(stop(null));
        }
        if (cluster == null) {
            spoilt = false;
            cluster = ClusterFixture.start(home, folder.resolve("c" + clusters++), wanted);
        }
    }

    private Trial trial(Scenario scenario, int run) {
        String id = scenario.name().replace('.', '-');
        Path files = cluster.folder().resolve("runs").resolve(id + "-" + run);
        try {
            Files.createDirectories(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Trial(cluster, files, id, run, new Pace(away, slower));
    }

    /** Stops the cluster; what it left. Its files stay where something went wrong with it. */
    private List<String> stop(Trial trial) {
        List<String> wrong = new ArrayList<>();
        ClusterFixture stopped = cluster;
        cluster = null;
        attempt(wrong, stopped::close);
        if (trial != null) {
            attempt(wrong, trial::gone);
        }
        attempt(wrong, () -> {
            Waits.until(GONE_MS, () -> Leftovers.ofCluster(stopped).isEmpty());
            Leftovers.ofCluster(stopped).forEach(left -> wrong.add("left after the cluster's stop: " + left));
        });
        if (spoilt || !wrong.isEmpty()) {
            wrong.add("files: " + stopped.folder());
        } else {
            attempt(wrong, () -> delete(stopped.folder()));
        }
        return wrong;
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Stops the last cluster; what the clusters left behind that several runs had. */
    List<String> end() {
        if (cluster != null) {
            left.addAll(stop(null));
        }
        return List.copyOf(left);
    }

    /** From any thread, when this process is told to end: nothing of a run under way stays. */
    void abandon() {
        Trial trial = current;
        List<String> wrong = new ArrayList<>();
        if (trial != null) {
            attempt(wrong, trial::takeBack);
        }
        ClusterFixture running = cluster;
        if (running != null) {
            attempt(wrong, running::close);
        }
        if (trial != null) {
            attempt(wrong, trial::gone);
        }
        wrong.forEach(System.err::println);
    }
}
