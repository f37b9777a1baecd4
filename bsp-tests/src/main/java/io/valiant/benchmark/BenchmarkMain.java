package io.valiant.benchmark;

import io.valiant.benchmark.log.RunLine;
import io.valiant.benchmark.log.RunLog;
import io.valiant.benchmark.machine.Facts;
import io.valiant.benchmark.page.Page;
import io.valiant.benchmark.side.Baselines;
import io.valiant.benchmark.side.Lab;
import io.valiant.benchmark.side.Measures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code bin/benchmark}: runs our system, through real daemons, and the baselines that are present in turn, and writes tables and
 * plots of what the log holds. Exit code 0: every answer was right, 1: some was not, 2: wrong usage.
 */
public final class BenchmarkMain {
    private BenchmarkMain() {}

    public static void main(String[] args) throws IOException {
        if (List.of(args).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(run(options));
    }

    private static int run(Options options) throws IOException {
        Path home = Path.of(System.getProperty("bsp.home"));
        Path work = Files.createDirectories(options.work() == null ? home.resolve("target/benchmark") : options.work());
        RunLog log = RunLog.open(options.log() == null ? work.resolve("benchmark.log") : options.log());
        Path peers = options.peers() == null ? home.resolveSibling("shared").resolve("bench") : options.peers();
        Baselines baselines = new Baselines(peers, work);
        List<String> absent = new ArrayList<>(baselines.absent());
        if (!options.report()) {
            measure(options, home, work, log, baselines, absent);
        }
        Page page = new Page(log.lines(), absent);
        if (options.page() == null) {
            System.out.println(page.text());
        } else {
            page.write(options.page());
        }
        return log.lines().stream().allMatch(line -> line.wrong().isEmpty()) ? 0 : 1;
    }

    private static void measure(
            Options options, Path home, Path work, RunLog log, Baselines baselines, List<String> absent)
            throws IOException {
        baselines.compile();
        String commit = Facts.commit(home) + options.keysText();
        TreeSet<String> others = new TreeSet<>();
        log.lines().stream()
                .map(RunLine::conditions)
                .map(RunLine.Conditions::commit)
                .forEach(others::add);
        others.remove(commit);
        if (!others.isEmpty()) {
            System.err.println("warning: the log has runs of other commits, " + String.join(", ", others)
                    + "; they are not run again, this is " + commit);
        }
        Path data = options.data() == null ? home.resolveSibling("shared").resolve("data") : options.data();
        try (Lab lab = new Lab(home, work, options.keys())) {
            Thread hook = new Thread(() -> abandon(lab), "abandon");
            Runtime.getRuntime().addShutdownHook(hook);
            Measures measures = new Measures(lab, baselines, data);
            options.only().stream()
                    .filter(name -> !measures.has(name))
                    .forEach(name -> absent.add(name + " (its graph is not in " + data + ")"));
            absent.forEach(name -> System.err.println("left out: " + name));
            new Session(options, lab, log, commit, System.err).run(measures);
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /** When this process is told to end: the cluster does not stay. */
    private static void abandon(Lab lab) {
        try {
            lab.close();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
