package io.valiant.simulator;

import io.valiant.time.SystemClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * {@code bin/simulate --seeds N [--seed S] [--budget DURATION] [--lines N] [--json]}: runs seeds S, S + 1, … and tells
 * whether every invariant held in all of them. With a budget it stops starting seeds when the time is over. Of each bad seed
 * the last N lines of its trace are shown (50). Exit code 0: no violation, 1: some, 2: wrong usage.
 */
public final class SimulateMain {
    private static final int LINES = 50;
    private static final String USAGE = "usage: simulate --seeds N [--seed S] [--budget 60s] [--lines N] [--json]";

    private SimulateMain() {}

    public static void main(String[] args) {
        // Thousands of masters would log; what is worth reading is in the trace.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.exit(run(args));
    }

    private static int run(String[] args) {
        Options options;
        if (List.of(args).contains("--help")) {
            System.out.println(USAGE);
            return 0;
        }
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; " + USAGE);
            return 2;
        }
        Sweep.Result result = new Sweep(options.first, options.seeds, options.budget, SystemClock.INSTANCE).run();
        for (Outcome outcome : result.violations()) {
            explain(outcome, options.lines);
        }
        System.out.println(options.json ? json(result, options.first) : text(result));
        return result.violations().isEmpty() ? 0 : 1;
    }

    /** Runs a bad seed again, listening. */
    private static void explain(Outcome bad, int lines) {
        System.err.println(bad.describe());
        for (String line : Simulation.run(bad.seed(), lines).lines()) {
            System.err.println("  " + line);
        }
    }

    private static String json(Sweep.Result result, long first) {
        return String.format(
                Locale.ROOT,
                "{\"seeds\":%d,\"violations\":%d,\"first_seed\":%d,\"simulated_hours\":%.3f,\"events\":%d,\"wall_s\":%.1f}",
                result.seeds(),
                result.violations().size(),
                first,
                result.simulatedNs() / 3.6e12,
                result.events(),
                result.wallNs() / 1e9);
    }

    private static String text(Sweep.Result result) {
        return String.format(
                Locale.ROOT,
                "%d seeds, %d violations, %.2f simulated hours, %d events, %d of %d jobs succeeded, %.1f s",
                result.seeds(),
                result.violations().size(),
                result.simulatedNs() / 3.6e12,
                result.events(),
                result.succeeded(),
                result.jobs(),
                result.wallNs() / 1e9);
    }

    private record Options(long seeds, long first, Duration budget, int lines, boolean json) {
        private static Options parse(String[] args) {
            long seeds = 1_000;
            long first = 1;
            Duration budget = Duration.ofDays(1);
            int lines = LINES;
            boolean json = false;
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--json" -> json = true;
                    case "--seeds" -> seeds = number(args, ++i);
                    case "--seed" -> first = number(args, ++i);
                    case "--lines" -> lines = (int) Math.min(1_000_000, Math.max(0, number(args, ++i)));
                    case "--budget" -> budget = duration(value(args, ++i));
                    default -> throw new IllegalArgumentException("unknown option " + args[i]);
                }
            }
            if (seeds < 1) {
                throw new IllegalArgumentException("--seeds must be at least 1");
            }
            return new Options(seeds, first, budget, lines, json);
        }

        private static String value(String[] args, int at) {
            if (at >= args.length) {
                throw new IllegalArgumentException(args[at - 1] + " needs a value");
            }
            return args[at];
        }

        private static long number(String[] args, int at) {
            String value = value(args, at);
            try {
                return Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(args[at - 1] + " " + value + " is not a whole number", e);
            }
        }

        /** {@code 500ms}, {@code 60s}, {@code 3m}, {@code 1h}. */
        private static Duration duration(String text) {
            String unit = text.replaceFirst("^\\d+", "");
            long count;
            try {
                count = Long.parseLong(text.substring(0, text.length() - unit.length()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("--budget " + text + " is no duration such as 60s", e);
            }
            return switch (unit) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> throw new IllegalArgumentException("--budget " + text + " is no duration such as 60s");
            };
        }
    }
}
