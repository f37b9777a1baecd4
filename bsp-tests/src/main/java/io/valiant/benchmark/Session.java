package io.valiant.benchmark;

import io.valiant.benchmark.log.RunLine;
import io.valiant.benchmark.log.RunLog;
import io.valiant.benchmark.machine.Facts;
import io.valiant.benchmark.side.Lab;
import io.valiant.benchmark.side.Measure;
import io.valiant.benchmark.side.Measures;
import io.valiant.benchmark.side.Sample;
import io.valiant.benchmark.side.Side;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs what the log lacks: the sides of a measure in turn, and each turn beginning with another. Used by one thread. */
final class Session {
    /** A run in which others took more than this share of the machine is made again. */
    private static final double DISTURBED = 0.05;

    private final Options options;
    private final Lab lab;
    private final RunLog log;
    private final String commit;
    private final PrintStream progress;

    Session(Options options, Lab lab, RunLog log, String commit, PrintStream progress) {
        this.options = options;
        this.lab = lab;
        this.log = log;
        this.commit = commit;
        this.progress = progress;
    }

    void run(Measures measures) throws IOException {
        for (String name : options.only()) {
            for (Measures.Maker maker : measures.of(name, options.scales())) {
                Measure measure = maker.make();
                for (int run = 0; run < options.runs(); run++) {
                    turn(measure, run);
                }
            }
        }
    }

    private void turn(Measure measure, int run) throws IOException {
        List<Side> order = new ArrayList<>(measure.sides());
        Collections.rotate(order, run);
        for (Side side : order) {
            if (!log.has(measure.name(), measure.input(), side.name(), run)) {
                RunLine line = leastDisturbed(measure, side, run);
                log.add(line);
                progress.println(line.text());
            }
        }
    }

    /** What is wrong is never run again. */
    private RunLine leastDisturbed(Measure measure, Side side, int run) throws IOException {
        RunLine least = line(measure, side, run, 1);
        for (int tries = 2;
                tries <= options.tries()
                        && share(least) > DISTURBED
                        && least.wrong().isEmpty();
                tries++) {
            progress.println("others took part in it, so once more: " + least.text());
            RunLine again = line(measure, side, run, tries);
            least = again.wrong().isEmpty() && share(again) >= share(least) ? least.tried(tries) : again;
        }
        return least;
    }

    private static double share(RunLine line) {
        return line.conditions().othersShare();
    }

    private RunLine line(Measure measure, Side side, int run, int tries) throws IOException {
        lab.ready();
        Facts.awaitQuiet(1000L * options.quietS());
        double load = Facts.load();
        Sample sample = new Sample();
        side.run(sample);
        compare(measure, side, sample);
        if (!sample.wrong().isEmpty()) {
            sample.wrong(lab.keepFiles());
        }
        RunLine.Conditions conditions = new RunLine.Conditions(
                load,
                sample.wallMs() / 1000,
                sample.otherCpuS(),
                tries,
                SystemClock.INSTANCE.wallTime().truncatedTo(ChronoUnit.SECONDS).toString(),
                commit,
                Facts.machine(),
                Facts.cores());
        return new RunLine(
                measure.name(),
                measure.input(),
                side.name(),
                run,
                sample.figures(),
                sample.answers(),
                sample.wrong(),
                conditions);
    }

    /** What other sides have found must be found again. */
    private void compare(Measure measure, Side side, Sample sample) {
        Map<String, RunLine> told = new TreeMap<>();
        for (RunLine line : log.lines()) {
            // one that was wrong says nothing of the others
            if (line.wrong().isEmpty()
                    && line.measure().equals(measure.name())
                    && line.input().equals(measure.input())) {
                line.answers().keySet().forEach(answer -> told.putIfAbsent(answer, line));
            }
        }
        sample.answers().forEach((answer, value) -> {
            RunLine other = told.get(answer);
            if (other != null && !other.answers().get(answer).equals(value)) {
                sample.wrong(side.name() + " has " + answer + " = " + value + ", " + other.side() + " has "
                        + other.answers().get(answer));
            }
        });
    }
}
