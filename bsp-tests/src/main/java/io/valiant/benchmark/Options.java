package io.valiant.benchmark;

import io.valiant.benchmark.side.Measures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was typed after {@code bin/benchmark}.
 *
 * @param only names of measures, in the order of running
 * @param scales of generated graphs
 * @param runs of each side of each measure
 * @param work folder for graphs and the cluster, or null for {@code target/benchmark} of the checkout
 * @param log the file to go on with, or null
 * @param peers folder of the baselines' sources, or null for the one beside the checkout
 * @param data folder of published graphs, or null for the one beside the checkout
 * @param quietS seconds to wait at most, before each run, until others leave the machine alone
 * @param tries how often a run is made at most, while others disturb it
 * @param page the page to write tables into, or null to print them
 * @param report whether only to write tables of what the log holds
 * @param keys {@code bsp.*} keys of the cluster
 */
record Options(
        List<String> only,
        List<Integer> scales,
        int runs,
        Path work,
        Path log,
        Path peers,
        Path data,
        int quietS,
        int tries,
        Path page,
        boolean report,
        SortedMap<String, String> keys) {
    static final String USAGE =
            """
            usage: benchmark [OPTION]...
                   benchmark --micro [NAME]
              --only M,...    measures: %s; default: all
              --scale S,...   of generated graphs, 4 to 24; default: 18,20,22
              --runs N        of each side of each measure, in turn; default: 5
              --work DIR      for graphs and the cluster; default: target/benchmark
              --log FILE      of finished runs; those that it holds are not run again; default: DIR/benchmark.log
              --peers DIR     sources of the baselines; default: ../shared/bench
              --data DIR      published graphs with answers; default: ../shared/data
              --quiet S       wait up to S seconds before each run until others leave the machine alone; default: 20
              --tries N       a run in which others took more than 5 %% of the machine is made again, until there are N; the
                              least disturbed one counts; default: 3
              --page FILE     write tables and plots into that page, between its markers; default: print the tables
              --report        run nothing, only write what the log holds
              -D KEY=VALUE    a key of the cluster's configuration
              --micro [NAME]  microbenchmarks with that in their names, by JMH; default: all"""
                    .formatted(String.join(" ", Measures.NAMES));

    /** Throws IllegalArgumentException, of one line, for what cannot be. */
    static Options parse(String[] args) {
        List<String> only = Measures.NAMES;
        List<Integer> scales = List.of(18, 20, 22);
        int runs = 5;
        int quietS = 20;
        int tries = 3;
        boolean report = false;
        SortedMap<String, String> paths = new TreeMap<>();
        SortedMap<String, String> keys = new TreeMap<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--only" -> only = measures(value(args, ++i));
                case "--scale" -> scales = scales(value(args, ++i));
                case "--runs" -> runs = number("--runs", value(args, ++i), 1, 1000);
                case "--quiet" -> quietS = number("--quiet", value(args, ++i), 0, 3600);
                case "--tries" -> tries = number("--tries", value(args, ++i), 1, 100);
                case "--report" -> report = true;
                case "--work", "--log", "--peers", "--data", "--page" -> paths.put(args[i], value(args, ++i));
                case "-D" -> key(keys, value(args, ++i));
                default -> throw new IllegalArgumentException("unknown option " + args[i] + "; see --help");
            }
        }
        return new Options(
                only,
                scales,
                runs,
                path(paths, "--work"),
                path(paths, "--log"),
                path(paths, "--peers"),
                path(paths, "--data"),
                quietS,
                tries,
                path(paths, "--page"),
                report,
                keys);
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) {
            throw new IllegalArgumentException(args[at - 1] + " needs a value; see --help");
        }
        return args[at];
    }

    private static Path path(SortedMap<String, String> paths, String option) {
        return paths.containsKey(option)
                ? Path.of(paths.get(option)).toAbsolutePath().normalize()
                : null;
    }

    private static List<String> measures(String text) {
        List<String> named = Arrays.asList(text.split(","));
        for (String name : named) {
            if (!Measures.NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "--only " + name + ": measures are " + String.join(", ", Measures.NAMES));
            }
        }
        return Measures.NAMES.stream().filter(named::contains).toList();
    }

    private static List<Integer> scales(String text) {
        List<Integer> scales = new ArrayList<>();
        for (String scale : text.split(",")) {
            scales.add(number("--scale", scale, 4, 24));
        }
        return scales.stream().distinct().sorted().toList();
    }

    private static int number(String option, String text, int least, int most) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    option + " '" + text + "' is not a number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    /** What is not as by default, as words after a commit; empty where everything is. */
    String keysText() {
        StringBuilder text = new StringBuilder();
        keys.forEach((key, value) -> text.append(" -D ").append(key).append('=').append(value));
        return text.toString();
    }

    private static void key(SortedMap<String, String> keys, String text) {
        int equals = text.indexOf('=');
        if (!text.startsWith("bsp.") || equals < 0) {
            throw new IllegalArgumentException("-D '" + text + "' is not of the form bsp.KEY=VALUE");
        }
        keys.put(text.substring(0, equals), text.substring(equals + 1));
    }
}
