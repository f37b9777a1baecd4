package io.valiant.benchmark.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveMemoryTest {
    private static final int BYTES = 64 << 20;
    /** What else may come or go meanwhile. */
    private static final int SLACK = 16 << 20;

    @Test
    void whatIsHeldCountsAndGarbageDoesNot() throws Exception {
        LiveMemory holding = LiveMemory.watching();
        byte[] held = new byte[BYTES];
        LiveMemory.Use use = holding.end();
        assertThat(use.endBytes()).isBetween((long) BYTES - SLACK, (long) BYTES + SLACK);
        assertThat(use.peakBytes()).isGreaterThanOrEqualTo(use.endBytes());
        assertThat(held[BYTES - 1]).isZero();

        LiveMemory wasting = LiveMemory.watching();
        long wasted = 0;
        for (int i = 0; i < 4; i++) {
            wasted += new byte[BYTES].length;
        }
        assertThat(wasting.end().endBytes()).isLessThan(SLACK);
        assertThat(wasted).isEqualTo(4L * BYTES);
    }
}
