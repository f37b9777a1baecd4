package io.valiant.chaos;

import io.valiant.config.Keys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What was typed after {@code bin/chaos}.
 *
 * @param scenarios names of scenarios or nouns; none for all
 * @param list only to be listed
 * @param runs of each; 0 for as many as each says
 * @param away how long a daemon stays away where the scenario leaves it open
 * @param slower how many times as long all time-outs of clusters are, for a machine that is busy
 * @param log the file to go on with, or null
 */
record Options(List<String> scenarios, boolean list, boolean json, int runs, Duration away, int slower, Path log) {
    static final String USAGE =
            "usage: chaos [SCENARIO...] [--list] [--json] [--runs N] [--away 2s] [--slower 1] [--log FILE]";

    private static final Duration AWAY = Duration.ofSeconds(2);

    /** Throws IllegalArgumentException for what cannot be. */
    static Options parse(String[] args) {
        List<String> scenarios = new ArrayList<>();
        boolean list = false;
        boolean json = false;
        int runs = 0;
        Duration away = AWAY;
        int slower = 1;
        Path log = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--list" -> list = true;
                case "--json" -> json = true;
                case "--runs" -> runs = count("--runs", value(args, ++i));
                case "--slower" -> slower = count("--slower", value(args, ++i));
                case "--away" -> away = Keys.GROOM_ORPHAN_TIMEOUT.type().parse(value(args, ++i));
                case "--log" -> log = Path.of(value(args, ++i)).toAbsolutePath();
                default -> scenarios.add(name(args[i]));
            }
        }
        return new Options(List.copyOf(scenarios), list, json, runs, away, slower, log);
    }

    private static String name(String text) {
        if (text.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + text);
        }
        return text;
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) {
            throw new IllegalArgumentException(args[at - 1] + " needs a value");
        }
        return args[at];
    }

    private static int count(String option, String text) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(option + " " + text + " is not a number from 1 to 9999");
        }
        return Integer.parseInt(text);
    }
}
