package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Places in a boundary are those of its list. */
class BoundaryTest {
    @Property(tries = 200)
    void aPlaceIsThatInTheList(@ForAll long seed, @ForAll @IntRange(min = 0, max = 300) int size) {
        int[] vertices =
                new Random(seed).ints(size, 0, 1000).distinct().sorted().toArray();
        Boundary boundary = new Boundary(vertices);
        assertThat(boundary.size()).isEqualTo(vertices.length);
        for (int v = 0; v < 1100; v++) {
            assertThat(boundary.place(v)).isEqualTo(Math.max(-1, Arrays.binarySearch(vertices, v)));
        }
    }
}
