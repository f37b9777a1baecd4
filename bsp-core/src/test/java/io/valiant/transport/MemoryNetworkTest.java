package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryNetworkTest {
    @Test
    void ringsOfManyPeersTakeNoMoreMemoryThanOneHeapHas() {
        for (int peers : new int[] {1, 2, 4, 16, 100}) {
            MemoryNetwork network = new MemoryNetwork();
            for (int i = 0; i < peers; i++) {
                network.bind();
            }
            int ring = network.ringBytes();
            assertThat(Integer.bitCount(ring)).isOne();
            assertThat(ring).isBetween(4 << 10, 256 << 10);
            assertThat((long) ring * peers * (peers - 1))
                    .as("all rings of %d peers", peers)
                    .isLessThanOrEqualTo(64L << 20);
        }
    }
}
