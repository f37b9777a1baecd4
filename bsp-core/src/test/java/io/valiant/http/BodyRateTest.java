package io.valiant.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyRateTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int LEAST = (int) BodyRate.LEAST_BYTES;

    private final BodyRate rate = new BodyRate();
    private long nowNs = Long.MAX_VALUE - 45 * SECOND_NS;

    private boolean cameAfter(long seconds, int bytes) {
        rate.waits(nowNs);
        nowNs += seconds * SECOND_NS;
        return rate.came(bytes, nowNs);
    }

    @Test
    void whoSendsAByteNowAndThenIsEndedOnceTheWindowIsOver() {
        assertThat(cameAfter(10, 1)).isTrue();
        assertThat(cameAfter(10, 1)).isTrue();
        assertThat(cameAfter(9, 1)).isTrue();
        assertThat(cameAfter(1, 1)).isFalse();
    }

    @Test
    void aSlowLinkThatGoesOnIsLeftAlone() {
        for (int second = 0; second < 1000; second++) {
            assertThat(cameAfter(1, (int) BodyRate.BYTES_PER_SECOND)).isTrue();
        }
    }

    @Test
    void oneByteTooFewInAWindowIsTooFew() {
        assertThat(cameAfter(30, LEAST)).isTrue();
        assertThat(cameAfter(30, LEAST - 1)).isFalse();
    }

    @Test
    void aLinkMayStandStillForAsLongAsAConnectionMayBeIdle() {
        assertThat(cameAfter(1, LEAST)).isTrue();
        assertThat(cameAfter(29, 1)).isTrue();
    }

    @Test
    void timeInWhichTheServerDoesNotReadIsNotTheClients() {
        for (int i = 0; i < 100; i++) {
            nowNs += 60 * SECOND_NS;
            assertThat(rate.came(1, nowNs)).isTrue();
        }
    }

    @Test
    void waitingThatIsSaidAgainIsTheSameWaiting() {
        rate.waits(nowNs);
        nowNs += 29 * SECOND_NS;
        rate.waits(nowNs);
        nowNs += SECOND_NS;
        assertThat(rate.came(1, nowNs)).isFalse();
    }
}
