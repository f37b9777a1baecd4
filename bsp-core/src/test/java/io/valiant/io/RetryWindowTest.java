package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryWindowTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theLastTryIsMadeWhenTheWindowIsOver() {
        RetryWindow window = new RetryWindow(120_000_000L, 7);
        assertThat(window.nextPauseNs(7)).isEqualTo(50_000_000L);
        assertThat(window.nextPauseNs(50_000_007L)).isEqualTo(70_000_000L);
        assertThat(window.nextPauseNs(120_000_007L)).isEqualTo(RetryWindow.GIVE_UP);
    }

    @Test
    void aWindowThatIsNeverOverGoesOn() {
        RetryWindow window = new RetryWindow(RetryWindow.FOR_EVER, -9 * SECOND);
        long nowNs = -9 * SECOND;
        for (int i = 0; i < 100; i++) {
            long pauseNs = window.nextPauseNs(nowNs);
            assertThat(pauseNs).isBetween(1L, RetryWindow.MOST_PAUSE_NS);
            nowNs += pauseNs;
        }
    }
}
