package io.valiant.benchmark.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure of ours beside what the same machine does without any system, the median of those runs, which are not made in turn
 * with ours. Its limit is that of {@link Absolute}, divided by what the machine could do on which the limits were set (sections 3
 * and 4 of the peers' figures in {@code ../shared/bench}): machines differ by more than systems do.
 *
 * @param figure ours, of the measure {@code bsp}
 * @param machine of the measure {@code limits}, as in the log
 * @param unit of the machine's figure, in units of ours
 * @param then the machine's figure where the limits were set, in units of ours
 */
record MachineShare(Absolute figure, Figure machine, double unit, double then) {
    private static final double MB_IN_GB = 1e-3;

    /** A figure in the log, and how it is called for people. */
    record Figure(String side, String name, String label) {}

    private static final Figure TCP_TRIP = new Figure("netlimit", "tcp roundtrip16 us", "a round trip over TCP");
    private static final Figure UNIX_TRIP =
            new Figure("netlimit", "unix roundtrip16 us", "a round trip over a Unix-domain socket");
    private static final Figure BY_HAND = new Figure("jvm2", "jvm2 empty superstep us", "an empty superstep by hand");
    private static final Figure TCP =
            new Figure("netlimit", "tcp both-ways chunk=262144 MB/s each way", "TCP, both ways");
    private static final Figure UNIX =
            new Figure("netlimit", "unix both-ways chunk=262144 MB/s each way", "Unix-domain sockets, both ways");

    private static final List<MachineShare> ALL = List.of(
            of("barrier tcp 2", "l_us", TCP_TRIP, 1, 29.2),
            of("barrier unix 2", "l_us", UNIX_TRIP, 1, 17.4),
            of("barrier tcp 2", "l_us", BY_HAND, 1, 14.6),
            of("barrier tcp 4", "l_us", TCP_TRIP, 1, 29.2),
            of("exchange tcp 2", "bulk_gb_s", TCP, MB_IN_GB, 1.93),
            of("exchange unix 2", "bulk_gb_s", UNIX, MB_IN_GB, 2.05));

    private static MachineShare of(String side, String name, Figure machine, double unit, double then) {
        Absolute figure = Absolute.ALL.stream()
                .filter(row -> row.side().equals(side) && row.figure().equals(name))
                .findFirst()
                .orElseThrow();
        return new MachineShare(figure, machine, unit, then);
    }

    /** The lines of the table. */
    static List<String> table(Runs runs) {
        List<String> lines = new ArrayList<>();
        for (MachineShare row : ALL) {
            Spread ours = runs.figure(row.figure.measure(), "", row.figure.side(), row.figure.figure());
            Spread machine = runs.figure("limits", "", row.machine.side(), row.machine.name());
            if (!ours.isEmpty() && !machine.isEmpty()) {
                lines.add(row.line(ours, machine));
            }
        }
        if (!lines.isEmpty()) {
            lines.add(
                    0,
                    "| what | ours | the machine | its figure | there, when limits were set | ours / its | must / goal, likewise | reached |");
            lines.add(1, "|---|---|---|---|---|---|---|---|");
        }
        return lines;
    }

    private String line(Spread ours, Spread machine) {
        Spread here = machine.dividedBy(1 / unit);
        Spread share = ours.dividedBy(here.median());
        Limit limit = figure.limit() == null ? null : figure.limit().dividedBy(then);
        return "| "
                + String.join(
                        " | ",
                        figure.label(),
                        ours.text(),
                        machine().label(),
                        here.text(),
                        Spread.number(then),
                        share.text(),
                        limit == null ? "–" : limit.text(),
                        limit == null ? "–" : limit.verdict(share.median()))
                + " |";
    }
}
