package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void idsAreResolvedWhetherOwnerAndNumberFitInOneIntOrNot() {
        for (int tasks : new int[] {1, 2, 3, 1000, 1_000_000}) {
            for (int greatest : new int[] {0, 1, 2147, 2148, 1 << 20, 1_431_655_764, Integer.MAX_VALUE}) {
                Places places = new Places(5, tasks, greatest);
                places.set(new int[] {9, 1, 9}, 1, 2, 0, new int[] {7, 0, 7});
                places.set(new int[] {2}, 0, 1, tasks - 1, new int[] {greatest});
                assertThat(places.isMissingSome()).isFalse();
                places.set(new int[] {4}, 0, 1, 0, new int[] {-1});
                assertThat(places.isMissingSome()).isTrue();
                int[] ids = {4, 2, 1, 2, 0, 77};
                int[] owners = new int[6];
                places.resolve(ids, 5, owners);
                assertThat(ids).as("%d tasks, %d", tasks, greatest).containsExactly(-1, greatest, 0, greatest, -1, 77);
                assertThat(owners[1]).isEqualTo(tasks - 1);
                assertThat(owners[2]).isZero();
                assertThat(places.known()[4]).isNegative();
            }
        }
    }
}
