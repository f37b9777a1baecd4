package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpinWaitTest {
    private static final int MANY_PEERS = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {1, MANY_PEERS})
    void blocksAfterTheSameTimeHoweverOftenItHasBlocked(int localPeers) {
        SpinWait wait = new SpinWait(localPeers);
        for (int i = 0; i < 3; i++) {
            assertThat(wait.spin(SpinWait.SPIN_NS - 1, () -> false)).isTrue();
            assertThat(wait.spin(SpinWait.SPIN_NS, () -> false)).isFalse();
        }
    }

    @Test
    void looksWhileItIsQuietAndThenLetsATurnBeTaken() {
        SpinWait wait = new SpinWait(1);
        AtomicInteger looks = new AtomicInteger();
        assertThat(wait.spin(0, () -> looks.incrementAndGet() < 5)).isTrue();
        assertThat(looks).hasValue(5);
        looks.set(0);
        assertThat(wait.spin(0, () -> looks.incrementAndGet() > 0)).isTrue();
        assertThat(looks).hasValue(SpinWait.LOOKS - 1);
    }

    @Test
    void leavesTheCoreToOthersWhereThereAreTooFew() {
        assertThat(new SpinWait(MANY_PEERS).spin(0, () -> {
                    throw new AssertionError("looks instead");
                }))
                .isTrue();
    }
}
