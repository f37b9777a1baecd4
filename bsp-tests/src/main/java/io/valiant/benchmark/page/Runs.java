package io.valiant.benchmark.page;

import io.valiant.benchmark.log.RunLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The runs of a log, asked by what they measured. Runs with a wrong answer give no figures. */
final class Runs {
    private final List<RunLine> lines;

    Runs(List<RunLine> lines) {
        this.lines = lines;
    }

    List<RunLine> all() {
        return lines;
    }

    /** What a measure was run on, by size of name and name, so that r8 comes before r18. */
    List<String> inputs(String measure) {
        TreeSet<String> inputs =
                new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        lines.stream().filter(line -> line.measure().equals(measure)).forEach(line -> inputs.add(line.input()));
        return List.copyOf(inputs);
    }

    private List<RunLine> right(String measure, String input, String side) {
        return lines.stream()
                .filter(line -> line.measure().equals(measure)
                        && line.input().equals(input)
                        && line.side().equals(side)
                        && line.wrong().isEmpty())
                .toList();
    }

    Spread figure(String measure, String input, String side, String figure) {
        List<Double> values = new ArrayList<>();
        for (RunLine line : right(measure, input, side)) {
            if (line.figures().containsKey(figure)) {
                values.add(line.figures().get(figure));
            }
        }
        return Spread.of(values);
    }

    /** Of each turn one side's figure divided by another's, so that both had about the same machine. */
    Spread ratio(String measure, String input, String side, String other, String figure) {
        List<Double> ratios = new ArrayList<>();
        for (RunLine line : right(measure, input, side)) {
            for (RunLine beside : right(measure, input, other)) {
                if (line.run() == beside.run()
                        && line.figures().containsKey(figure)
                        && beside.figures().containsKey(figure)) {
                    ratios.add(line.figures().get(figure) / beside.figures().get(figure));
                }
            }
        }
        return Spread.of(ratios);
    }
}
