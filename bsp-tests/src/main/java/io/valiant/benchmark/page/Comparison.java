package io.valiant.benchmark.page;

import io.valiant.benchmark.side.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our figure beside a baseline's.
 *
 * @param measure as in the log
 * @param label for people
 * @param figure as in the log, of both sides
 * @param other the baseline's side
 * @param limits of the ratio, by input
 */
record Comparison(String measure, String label, String figure, String other, Map<String, Limit> limits) {
    private static final String SCALE = "r20";
    private static final Map<String, Limit> NONE = Map.of();

    /** In the order of the table. */
    static final List<Comparison> ALL = List.of(
            of("pagerank", "PageRank, 20 iterations, iterations only", "kernel_ms", "cost", 1.0, 0.6),
            new Comparison("pagerank", "PageRank, iterations only", "kernel_ms", "jvm2", NONE),
            new Comparison("pagerank", "PageRank, iterations only", "kernel_ms", "gapbs", NONE),
            of("pagerank", "PageRank, whole job from the shell", "whole_ms", "cost", 1.6, 1.2),
            of("bfs", "bfs, iterations only", "kernel_ms", "cost", 1.5, 1.0),
            new Comparison("bfs", "bfs, iterations only", "kernel_ms", "gapbs", NONE),
            of("wcc", "wcc, iterations only", "kernel_ms", "cost", 1.5, 1.0),
            new Comparison("wcc", "wcc, iterations only", "kernel_ms", "cost-union-find", NONE),
            new Comparison("wcc", "wcc, iterations only", "kernel_ms", "gapbs", NONE),
            of("sssp", "sssp, iterations only", "kernel_ms", "cost", 3, 1.5),
            new Comparison("sssp", "sssp, iterations only", "kernel_ms", "gapbs", NONE),
            new Comparison("road", "bfs on a road network, iterations only", "kernel_ms", "cost", NONE),
            new Comparison("pagerank", "PageRank, peak memory of both child JVMs, MiB", "peak_mib", "jvm2", NONE));

    private static Comparison of(String measure, String label, String figure, String other, double must, double goal) {
        return new Comparison(measure, label, figure, other, Map.of(SCALE, Limit.most(must, goal)));
    }

    /** Of one input; none where one of both sides has no figure. */
    Optional<Spread> ratio(Runs runs, String input) {
        Spread ratio = runs.ratio(measure, input, Measures.OURS, other, figure);
        return ratio.isEmpty() ? Optional.empty() : Optional.of(ratio);
    }

    /** The lines of the table. */
    static List<String> table(Runs runs) {
        List<String> lines = new ArrayList<>();
        for (Comparison row : ALL) {
            for (String input : runs.inputs(row.measure)) {
                row.ratio(runs, input).ifPresent(ratio -> lines.add(row.line(runs, input, ratio)));
            }
        }
        if (!lines.isEmpty()) {
            lines.add(
                    0,
                    "| what, ms unless told | graph | ours | beside | its figure | ours / its | must / goal | reached |");
            lines.add(1, "|---|---|---|---|---|---|---|---|");
        }
        return lines;
    }

    private String line(Runs runs, String input, Spread ratio) {
        Limit limit = limits.get(input);
        return "| "
                + String.join(
                        " | ",
                        label,
                        input,
                        runs.figure(measure, input, Measures.OURS, figure).text(),
                        other,
                        runs.figure(measure, input, other, figure).text(),
                        ratio.text(),
                        limit == null ? "–" : limit.text(),
                        limit == null ? "–" : limit.verdict(ratio.median()))
                + " |";
    }
}
