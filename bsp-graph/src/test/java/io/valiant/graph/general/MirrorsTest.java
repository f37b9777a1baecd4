package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where targets of mirrors lie. */
class MirrorsTest {
    private static final int SLOTS = 300;

    /** More than a block has. */
    private static final int LONG = 70_000;

    @Test
    void everyMirrorKeepsItsTargetsWhileOthersAreReplaced() {
        Random random = new Random(7);
        Mirrors mirrors = new Mirrors();
        int[][] expected = new int[SLOTS][0];
        for (int turn = 0; turn < 6_000; turn++) {
            int source = random.nextInt(SLOTS);
            int count = turn % 1_000 == 0 ? LONG : random.nextInt(1 + turn / 4);
            int[] targets = random.ints(count + 3L).toArray();
            mirrors.put(source, targets, count);
            expected[source] = Arrays.copyOf(targets, count);
            if (turn % 500 == 0) {
                check(mirrors, expected);
            }
        }
        check(mirrors, expected);
    }

    private static void check(Mirrors mirrors, int[][] expected) {
        long edges = 0;
        for (int s = 0; s < SLOTS; s++) {
            assertThat(mirrors.count(s)).isEqualTo(expected[s].length);
            edges += expected[s].length;
            if (expected[s].length > 0) {
                int from = mirrors.begin(s);
                assertThat(Arrays.copyOfRange(mirrors.targets(s), from, from + expected[s].length))
                        .as("mirror of slot %d", s)
                        .isEqualTo(expected[s]);
            }
        }
        assertThat(mirrors.edges()).isEqualTo(edges);
        assertThat(mirrors.count(-1)).isZero();
        assertThat(mirrors.count(SLOTS)).isZero();
    }
}
