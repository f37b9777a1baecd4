package io.valiant.simulator;

import io.valiant.simulator.Outcome.Fault;
import io.valiant.simulator.planted.Bug;
import io.valiant.simulator.planted.Bugs;
import io.valiant.time.SystemClock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * {@code bin/simulate --seeds N [--seed S] [--planted NAME] [--budget DURATION] [--lines N] [--json]}: runs seeds S, S + 1, …
 * and tells whether every invariant held in all of them. With a budget it stops starting seeds when the time is over. Of each
 * bad seed the last N lines of its trace are shown (50) and a few faults that suffice. With a planted bug it stops at the
 * first violation; {@code --planted list} shows the bugs, {@code --planted all} looks for every one. Exit code 0: no
 * violation (all: every bug was found), 1: some, 2: wrong usage.
 */
public final class SimulateMain {
    /** How long few faults of a bad seed are looked for. */
    private static final long SHRINK_NS = 30_000_000_000L;

    /** Bad seeds of which few faults are looked for. */
    private static final int MOST_SHRUNK = 3;

    private SimulateMain() {}

    public static void main(String[] args) {
        // Thousands of masters would log; what is worth reading is in the trace.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.println(SimulateOptions.USAGE);
            return 0;
        }
        SimulateOptions options;
        try {
            options = SimulateOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; " + SimulateOptions.USAGE);
            return 2;
        }
        if ("list".equals(options.planted())) {
            PlantedCommand.list();
            return 0;
        }
        if ("all".equals(options.planted())) {
            boolean found = PlantedCommand.find(
                    Bugs.table(), options.first(), options.seeds(), options.budget(), SystemClock.INSTANCE);
            return found ? 0 : 1;
        }
        return sweep(options);
    }

    private static int sweep(SimulateOptions options) {
        SeedRunner runner = Simulation::run;
        if (options.planted() != null) {
            Bug bug = Bugs.named(options.planted()).orElse(null);
            if (bug == null) {
                System.err.println("there is no bug " + options.planted() + "; simulate --planted list shows them");
                return 2;
            }
            runner = Planted.runner(bug);
        }
        Sweep sweep = new Sweep(runner, options.first(), options.seeds(), options.budget(), SystemClock.INSTANCE);
        if (options.planted() != null) {
            sweep.stopAfter(1);
        }
        Sweep.Result result = sweep.run();
        int shrunk = 0;
        for (Outcome outcome : result.violations()) {
            explain(runner, outcome, options.lines(), shrunk++ < MOST_SHRUNK);
        }
        System.out.println(options.json() ? json(result, options.first()) : text(result));
        return result.violations().isEmpty() ? 0 : 1;
    }

    /** Runs a bad seed again, listening; then with fewer faults. */
    private static void explain(SeedRunner runner, Outcome bad, int lines, boolean shrink) {
        System.err.println(bad.describe());
        Outcome again = runner.run(bad.seed(), Math.max(1, lines), null);
        for (String line : again.lines()) {
            System.err.println("  " + line);
        }
        if (again.violation() == null) {
            System.err.println("  but not when it is run again: the simulator is not deterministic");
        } else if (shrink) {
            long untilNs = SystemClock.INSTANCE.nanoTime() + SHRINK_NS;
            List<Fault> few =
                    new Shrinker(runner, again, () -> SystemClock.INSTANCE.nanoTime() < untilNs).shrink(again.faults());
            System.err.println("  " + few.size() + " of " + again.faults().size() + " faults suffice"
                    + (few.isEmpty() ? "" : ":"));
            few.forEach(fault -> System.err.println("  " + fault.describe()));
        }
    }

    private static String json(Sweep.Result result, long first) {
        String counts = result.counts().entrySet().stream()
                .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        return String.format(
                Locale.ROOT,
                "{\"seeds\":%d,\"violations\":%d,\"first_seed\":%d,\"simulated_hours\":%.3f,\"events\":%d,\"wall_s\":%.1f,"
                        + "\"events_per_s\":%d,\"faults_per_seed\":%.1f,\"counts\":%s}",
                result.seeds(),
                result.violations().size(),
                first,
                result.simulatedNs() / 3.6e12,
                result.events(),
                result.wallNs() / 1e9,
                result.eventsPerSecond(),
                result.faultsPerSeed(),
                counts);
    }

    /** The result in one line, and what happened in a second one. */
    static String text(Sweep.Result result) {
        String counts = result.counts().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%d seeds, %d violations, %.2f simulated hours, %d events, %.1f s, %d events/s, %.1f faults per seed%n  %s",
                result.seeds(),
                result.violations().size(),
                result.simulatedNs() / 3.6e12,
                result.events(),
                result.wallNs() / 1e9,
                result.eventsPerSecond(),
                result.faultsPerSeed(),
                counts);
    }
}
