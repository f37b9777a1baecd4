package io.valiant.benchmark.side;

import io.valiant.benchmark.graph.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Compares what a graph job wrote with the right answer, vertex by vertex, and sums it up for the comparison of sides. */
interface Check {
    void check(Path output, Sample into) throws IOException;

    /** Ranks may differ by rounding, as sums are made in another order. */
    double RANK_ERROR = 1e-9;

    /** The rule of Graphalytics for values that are not whole numbers. */
    double GRAPHALYTICS_ERROR = 1e-4;

    /** PageRank against our own reference. */
    static Check ranks(Answer answer) {
        return (output, into) -> {
            double[] expected = answer.get();
            double error = Values.greatestError(
                    expected, Values.read(output, expected.length).all());
            into.figure("max_relative_error", error);
            if (!(error <= RANK_ERROR)) {
                into.wrong("the greatest relative error of a rank is " + error);
            }
        };
    }

    /** Levels of bfs. */
    static Check levels(Answer answer) {
        return exact(answer, (found, into) -> {
            into.answer("reached", "" + reached(found));
            into.answer(
                    "depth",
                    ""
                            + (long) Arrays.stream(found)
                                    .filter(Double::isFinite)
                                    .max()
                                    .orElse(0));
        });
    }

    /** Distances of sssp. */
    static Check distances(Answer answer) {
        return exact(answer, (found, into) -> {
            into.answer("reached", "" + reached(found));
            into.answer(
                    "distsum",
                    "" + (long) Arrays.stream(found).filter(Double::isFinite).sum());
        });
    }

    /** Labels of wcc; ours are the least ids, as the reference's. */
    static Check components(Answer answer) {
        return exact(answer, (found, into) -> {
            into.answer("comps", "" + Values.distinct(found));
            into.answer("biggest", "" + Values.mostFrequent(found));
        });
    }

    /** Values that must be the very same. */
    static Check exact(Answer answer, Summary summary) {
        return (output, into) -> {
            double[] expected = answer.get();
            double[] found = Values.read(output, expected.length).all();
            String difference = Values.difference(expected, found);
            if (difference != null) {
                into.wrong(difference);
            }
            summary.sum(found, into);
        };
    }

    /** Values that may differ as Graphalytics allows. */
    static Check close(Answer answer) {
        return (output, into) -> {
            double[] expected = answer.get();
            double error = Values.greatestError(
                    expected, Values.read(output, expected.length).all());
            into.figure("max_relative_error", error);
            if (!(error <= GRAPHALYTICS_ERROR)) {
                into.wrong("the greatest relative error is " + error);
            }
        };
    }

    private static long reached(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).count();
    }

    /** Puts what a result says into a few words. */
    interface Summary {
        void sum(double[] found, Sample into);
    }

    /** Something that is made or read when first needed, and kept. */
    final class Answer {
        interface Source {
            double[] make() throws IOException;
        }

        private final Source source;
        private double[] made;

        Answer(Source source) {
            this.source = source;
        }

        double[] get() throws IOException {
            if (made == null) {
                made = source.make();
            }
            return made;
        }
    }
}
