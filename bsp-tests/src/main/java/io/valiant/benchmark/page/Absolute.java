package io.valiant.benchmark.page;

import io.valiant.benchmark.side.Measures;
import java.util.ArrayList;
import java.util.List;

/**
 * A figure of ours with a limit of its own.
 *
 * @param measure as in the log
 * @param input the only one, or null for each
 * @param side as in the log
 * @param label for people, with the unit
 * @param figure as in the log
 * @param limit null without one
 */
record Absolute(String measure, String input, String side, String label, String figure, Limit limit) {
    private static final String OURS = Measures.OURS;

    /** In the order of the table. */
    static final List<Absolute> ALL = List.of(
            new Absolute(
                    "pagerank",
                    "r20",
                    OURS,
                    "PageRank, peak memory of both child JVMs, MiB",
                    "peak_mib",
                    Limit.most(900, 600)),
            new Absolute(
                    "road",
                    null,
                    OURS,
                    "bfs, first run in a new child, iterations only, ms",
                    "kernel_ms",
                    Limit.most(150, 60)),
            new Absolute(
                    "cdlp", null, OURS, "cdlp, whole job from the shell, ms", "whole_ms", Limit.most(10_800, 3600)),
            new Absolute("cdlp", null, OURS, "cdlp, iterations only, ms", "kernel_ms", null),
            new Absolute("lcc", null, OURS, "lcc, whole job from the shell, ms", "whole_ms", Limit.most(8400, 2800)),
            new Absolute("lcc", null, OURS, "lcc, iterations only, ms", "kernel_ms", null),
            bsp("barrier tcp 2", "empty superstep, tcp, µs", "l_us", Limit.most(20, 14)),
            bsp("barrier unix 2", "empty superstep, unix, µs", "l_us", null),
            bsp("barrier shm 2", "empty superstep, shm, µs", "l_us", Limit.most(8, 3)),
            bsp("barrier tcp 4", "empty superstep, tcp, 4 tasks, µs", "l_us", Limit.most(100, 60)),
            bsp("exchange tcp 2", "16-byte message alone, tcp, ns", "g_ns", Limit.most(40, 20)),
            bsp("exchange unix 2", "16-byte message alone, unix, ns", "g_ns", null),
            bsp("exchange shm 2", "16-byte message alone, shm, ns", "g_ns", Limit.most(40, 20)),
            bsp("exchange tcp 2 writable", "16-byte Writable alone, tcp, ns", "g_ns", Limit.most(60, 35)),
            bsp("exchange shm 2 writable", "16-byte Writable alone, shm, ns", "g_ns", Limit.most(60, 35)),
            bsp("random tcp 4", "16-byte message to a task drawn by chance, tcp, 4 tasks, ns", "g_ns", null),
            bsp("exchange tcp 2", "16 bytes in arrays, tcp, ns", "g_bulk_ns", Limit.most(12, 9)),
            bsp("exchange unix 2", "16 bytes in arrays, unix, ns", "g_bulk_ns", Limit.most(10, 6)),
            bsp("exchange shm 2", "16 bytes in arrays, shm, ns", "g_bulk_ns", Limit.most(10, 6)),
            bsp("exchange tcp 2", "arrays, each way while both send, tcp, GB/s", "bulk_gb_s", Limit.least(1.2, 1.7)),
            bsp("exchange unix 2", "arrays, each way while both send, unix, GB/s", "bulk_gb_s", Limit.least(1.2, 1.7)),
            bsp("exchange shm 2", "arrays, each way while both send, shm, GB/s", "bulk_gb_s", Limit.least(1.2, 1.7)),
            new Absolute(
                    "pi",
                    null,
                    OURS,
                    "`bin/bsp example pi --tasks 2` from the shell, ms",
                    "whole_ms",
                    Limit.most(1500, 700)));

    private static Absolute bsp(String side, String label, String figure, Limit limit) {
        return new Absolute("bsp", null, side, label, figure, limit);
    }

    /** The lines of the table. */
    static List<String> table(Runs runs) {
        List<String> lines = new ArrayList<>();
        for (Absolute row : ALL) {
            for (String input : runs.inputs(row.measure)) {
                Spread spread = runs.figure(row.measure, input, row.side, row.figure);
                if (!spread.isEmpty() && (row.input == null || row.input.equals(input))) {
                    lines.add(row.line(input, spread));
                }
            }
        }
        if (!lines.isEmpty()) {
            lines.add(0, "| what | graph | ours | must / goal | reached |");
            lines.add(1, "|---|---|---|---|---|");
        }
        return lines;
    }

    private String line(String at, Spread spread) {
        return "| "
                + String.join(
                        " | ",
                        label,
                        at.isEmpty() ? "–" : at,
                        spread.text(),
                        limit == null ? "–" : limit.text(),
                        limit == null ? "–" : limit.verdict(spread.median()))
                + " |";
    }
}
