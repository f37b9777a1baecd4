package io.valiant.simulator;

import java.time.Duration;

/** The command line of {@link SimulateMain}. {@code planted} is null where no bug is planted. */
record SimulateOptions(long seeds, long first, String planted, Duration budget, int lines, boolean json) {
    static final String USAGE =
            "usage: simulate --seeds N [--seed S] [--planted NAME|list|all] [--budget 60s] [--lines N] [--json]";

    private static final long SEEDS = 1_000;
    private static final long PLANTED_SEEDS = 10_000;
    private static final int LINES = 50;

    /** @throws IllegalArgumentException why they are none, in one line */
    static SimulateOptions parse(String[] args) {
        long seeds = 0;
        long first = 1;
        String planted = null;
        Duration budget = Duration.ofDays(1);
        int lines = LINES;
        boolean json = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--json" -> json = true;
                case "--seeds" -> seeds = positive(args, ++i);
                case "--seed" -> first = number(args, ++i);
                case "--planted" -> planted = value(args, ++i);
                case "--lines" -> lines = (int) Math.min(1_000_000, Math.max(0, number(args, ++i)));
                case "--budget" -> budget = duration(value(args, ++i));
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (seeds == 0) {
            seeds = planted == null ? SEEDS : PLANTED_SEEDS;
        }
        return new SimulateOptions(seeds, first, planted, budget, lines, json);
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) {
            throw new IllegalArgumentException(args[at - 1] + " needs a value");
        }
        return args[at];
    }

    private static long positive(String[] args, int at) {
        long number = number(args, at);
        if (number < 1) {
            throw new IllegalArgumentException(args[at - 1] + " must be at least 1");
        }
        return number;
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
