package io.valiant.chaos;

import io.valiant.chaos.catalogue.Catalogue;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Scenario;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code bin/chaos [SCENARIO…] [--list] [--json] [--runs N] [--away D] [--slower N] [--log FILE]}: runs scenarios, or a noun's, or all.
 * With a log that is there it goes on where that ends: a finished run, right or wrong, is not run again. Exit code 0: no
 * violation, 1: some, 2: wrong usage.
 */
public final class ChaosMain {
    private ChaosMain() {}

    public static void main(String[] args) throws IOException {
        if (List.of(args).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        System.exit(run(args));
    }

    private static int run(String[] args) throws IOException {
        Options options;
        List<Scenario> scenarios;
        try {
            options = Options.parse(args);
            scenarios = Catalogue.of(options.scenarios());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; " + Options.USAGE);
            return 2;
        }
        if (options.list()) {
            scenarios.forEach(ChaosMain::tell);
            return 0;
        }
        long fromNs = Waits.nowNs();
        Path folder = Files.createTempDirectory("valiant-chaos-").toRealPath();
        RunLog log = RunLog.open(options.log() == null ? folder.resolve("chaos.log") : options.log());
        PrintStream progress = options.json() ? System.err : System.out;
        Summary summary =
                new Summary(scenarios, log, runAll(options, scenarios, log, folder, progress), options.slower() == 1);
        progress.println(summary.text());
        if (options.json()) {
            System.out.println(summary.json(Waits.sinceMs(fromNs) / 1000));
        }
        return summary.isRight() ? 0 : 1;
    }

    private static void tell(Scenario scenario) {
        System.out.printf(
                "%s (%d)%n    %s%n    must hold: %s%n",
                scenario.name(), scenario.runs(), scenario.does(), scenario.holds());
    }

    /** What the clusters left behind. */
    private static List<String> runAll(
            Options options, List<Scenario> scenarios, RunLog log, Path folder, PrintStream progress)
            throws IOException {
        Runner runner = new Runner(home(), folder, options.away(), options.slower());
        Thread hook = new Thread(runner::abandon, "abandon");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            for (Scenario scenario : scenarios) {
                runs(options, scenario, log, runner, progress);
            }
            return runner.end();
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
            remove(folder);
        }
    }

    private static void runs(Options options, Scenario scenario, RunLog log, Runner runner, PrintStream progress)
            throws IOException {
        int runs = options.runs() == 0 ? scenario.runs() : options.runs();
        for (int run = 0; run < runs; run++) {
            if (!log.has(scenario.name(), run)) {
                RunLine line = runner.run(scenario, run);
                log.add(line);
                progress.println(line.text());
                if (line.result() == Result.SKIPPED) {
                    return;
                }
            }
        }
    }

    private static Path home() throws IOException {
        String home = System.getProperty("bsp.home");
        if (home == null) {
            throw new IOException("bsp.home is not set: start this through bin/chaos of a checkout");
        }
        return Path.of(home);
    }

    /** Nothing is kept but what explains a violation, and a log that nobody gave a place. */
    private static void remove(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (var files = Files.list(folder)) {
            files.forEach(entries::add);
        }
        if (entries.isEmpty()) {
            Files.delete(folder);
        }
    }
}
