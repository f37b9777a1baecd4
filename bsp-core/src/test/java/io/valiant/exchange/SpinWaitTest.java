package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpinWaitTest {
    @ParameterizedTest
    @CsvSource({"1, 15000", "100000, 50000"})
    void looksShorterWhereThatDidNotHelpAndLongerWhereItDid(int localPeers, long leastNs) {
        SpinWait wait = new SpinWait(localPeers);
        assertThat(wait.spin(99_999)).isTrue();
        assertThat(wait.spin(100_000)).isFalse();
        wait.ended(true);
        assertThat(wait.spin(49_999)).isTrue();
        assertThat(wait.spin(50_000)).isFalse();
        for (int i = 0; i < 10; i++) {
            wait.ended(true);
        }
        assertThat(wait.spin(leastNs - 1)).isTrue();
        assertThat(wait.spin(leastNs)).isFalse();
        for (int i = 0; i < 40; i++) {
            wait.ended(false);
        }
        assertThat(wait.spin(99_999)).isTrue();
        assertThat(wait.spin(100_000)).isFalse();
    }
}
