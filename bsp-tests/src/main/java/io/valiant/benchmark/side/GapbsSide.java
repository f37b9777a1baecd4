package io.valiant.benchmark.side;

import io.valiant.chaos.machine.Outcome;
import java.io.IOException;
import java.util.List;

/** A program of the GAP benchmark suite, which prints {@code Average Time: S} over its trials and what it took to read. */
final class GapbsSide implements Side {
    private static final String KERNEL = "Average Time:";
    private static final List<String> LOADING = List.of("Read Time:", "Build Time:");

    private final Lab lab;
    private final List<String> command;

    GapbsSide(Lab lab, List<String> command) {
        this.lab = lab;
        this.command = List.copyOf(command);
    }

    @Override
    public String name() {
        return "gapbs";
    }

    @Override
    public void run(Sample into) throws IOException {
        Lab.Ran ran = lab.process(command);
        into.ran(ran);
        Outcome outcome = ran.outcome();
        if (outcome.code() != 0) {
            into.wrong(String.join(" ", command) + ": " + outcome.told());
            return;
        }
        into.figure("peak_mib", ran.memory().sumMib());
        double loadMs = 0;
        for (String line : outcome.out().lines().toList()) {
            if (line.startsWith(KERNEL)) {
                into.figure("kernel_ms", ms(line, KERNEL));
            }
            for (String loading : LOADING) {
                loadMs += line.startsWith(loading) ? ms(line, loading) : 0;
            }
        }
        into.figure("load_ms", loadMs);
        if (!into.figures().containsKey("kernel_ms")) {
            into.wrong("gapbs printed no '" + KERNEL + "': " + outcome.told());
        }
    }

    private static double ms(String line, String field) {
        return 1000 * Double.parseDouble(line.substring(field.length()).strip());
    }
}
