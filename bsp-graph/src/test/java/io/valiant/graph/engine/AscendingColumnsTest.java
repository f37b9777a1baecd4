package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.io.EdgeStage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Columns with ascending weights are the others, each sorted by weight with its sources in the order in which they were. */
class AscendingColumnsTest {
    private enum Weights {
        BYTES,
        WHOLE,
        ONE_MORE,
        ALIKE,
        ZERO,
        QUARTERS,
        FRACTIONS,
        BELOW_ZERO,
        GREAT
    }

    private static double weight(Weights kind, Random chance) {
        return switch (kind) {
            case BYTES -> chance.nextInt(256);
            // the greatest that are counted are among them
            case WHOLE -> chance.nextBoolean() ? 65535 - chance.nextInt(3) : chance.nextInt(65536);
            case ONE_MORE -> 65536 - chance.nextInt(2);
            case ALIKE -> 7;
            case ZERO -> chance.nextBoolean() ? 0.0 : -0.0;
            case QUARTERS -> chance.nextInt(9) / 4.0;
            case FRACTIONS -> chance.nextDouble();
            case BELOW_ZERO -> chance.nextInt(9) - 4;
            case GREAT -> chance.nextGaussian() * 1e300;
        };
    }

    @Property(tries = 300)
    void eachColumnIsSortedByWeight(
            @ForAll long seed,
            @ForAll Weights weights,
            @ForAll @IntRange(min = 1, max = 6000) int targets,
            @ForAll @IntRange(min = 1, max = 300) int sources) {
        check(seed, weights, targets, sources, new Random(seed).nextInt(3000));
    }

    /** So many columns that a block has more of them than in a small graph. */
    @Example
    void largeGraphsHaveLargeBlocks() {
        check(1, Weights.WHOLE, 400_000, 1000, 1_200_000);
    }

    private static void check(long seed, Weights weights, int targets, int sources, int edges) {
        Random chance = new Random(seed);
        EdgeStage stage = new EdgeStage(true);
        int hubs = Math.min(targets, 3);
        for (int e = edges; e >= 0; e--) {
            int target = chance.nextInt(chance.nextBoolean() ? hubs : targets);
            stage.add(chance.nextInt(sources), target, weight(weights, chance));
        }
        Rows rows = Rows.of(stage, sources, true);
        int[] target = rows.target().clone();
        Segment plain = Segment.of(new Rows(rows.start(), rows.target().clone(), rows.weight()), targets, false);
        Segment sorted = Segment.of(rows, targets, true);
        assertThat(sorted.ascending).isTrue();
        assertThat(plain.ascending).isFalse();
        assertThat(sorted.rowStart).isEqualTo(plain.rowStart);
        assertThat(Arrays.stream(sorted.rowTarget).map(t -> sorted.targets[t]).toArray())
                .isEqualTo(target);
        assertThat(sorted.rowWeight).isEqualTo(plain.rowWeight);
        assertThat(sorted.columnStart).isEqualTo(plain.columnStart);
        int[] order = order(plain);
        for (int e = 0; e < order.length; e++) {
            assertThat(sorted.columnWeight[e]).isEqualTo(plain.columnWeight[order[e]]);
            assertThat(sorted.columnSource[e]).isEqualTo(plain.columnSource[order[e]]);
        }
    }

    /** Where in the columns of a segment those edges lie that belong to each place of its sorted ones. */
    private static int[] order(Segment plain) {
        int[] order = new int[plain.edges()];
        for (int t = 0; t < plain.targets.length; t++) {
            int start = plain.columnStart[t];
            int[] column = IntStream.range(start, plain.columnStart[t + 1])
                    .boxed()
                    // of weights that are alike the one before comes first; 0 and -0 are
                    .sorted(Comparator.comparingDouble((Integer e) -> plain.columnWeight[e] + 0.0))
                    .mapToInt(e -> e)
                    .toArray();
            System.arraycopy(column, 0, order, start, column.length);
        }
        return order;
    }
}
