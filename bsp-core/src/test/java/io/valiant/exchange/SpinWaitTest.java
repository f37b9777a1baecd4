package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.time.FakeTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpinWaitTest {
    private static final int MANY_PEERS = 100_000;

    private final FakeTime time = new FakeTime();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    private SpinWait wait(int localPeers) {
        return new SpinWait(localPeers, time, left::incrementAndGet);
    }

    @ParameterizedTest
    @CsvSource({"1, " + SpinWait.SPIN_NS, MANY_PEERS + ", " + SpinWait.CROWDED_SPIN_NS})
    void blocksAfterTheSameTimeHoweverOftenItHasBlocked(int localPeers, long spinNs) {
        SpinWait wait = wait(localPeers);
        for (int i = 0; i < 3; i++) {
            long sinceNs = time.nanoTime();
            time.pass(Duration.ofNanos(spinNs - 1));
            assertThat(wait.spin(sinceNs, () -> false)).isTrue();
            time.pass(Duration.ofNanos(1));
            assertThat(wait.spin(sinceNs, () -> false)).isFalse();
        }
    }

    @Test
    void looksWhileItIsQuietAndThenLetsATurnBeTaken() {
        SpinWait wait = wait(1);
        assertThat(wait.spin(time.nanoTime(), () -> looks.incrementAndGet() < 5))
                .isTrue();
        assertThat(looks).hasValue(5);
        looks.set(0);
        assertThat(wait.spin(time.nanoTime(), () -> looks.incrementAndGet() > 0))
                .isTrue();
        assertThat(looks).hasValue(SpinWait.LOOKS);
    }

    @Test
    void leavesTheCoreToOthersFromSomeTimeOn() {
        SpinWait wait = wait(1);
        long sinceNs = time.nanoTime();
        time.pass(Duration.ofNanos(SpinWait.GIVE_WAY_AFTER_NS - 1));
        wait.spin(sinceNs, () -> true);
        assertThat(left).as("before").hasValue(0);
        time.pass(Duration.ofNanos(1));
        wait.spin(sinceNs, () -> false);
        assertThat(left).as("before one look").hasValue(1);
        wait.spin(sinceNs, () -> true);
        assertThat(left).as("between looks").hasValue(1 + SpinWait.LOOKS / SpinWait.LOOKS_AT_A_TIME);
    }

    @Test
    void keepsTheCoreForOnceWhereItIsTakenAgainAndAgain() {
        AtomicLong awayNs = new AtomicLong(SpinWait.TAKEN_NS);
        SpinWait wait = new SpinWait(1, time, () -> {
            left.incrementAndGet();
            time.pass(Duration.ofNanos(awayNs.get()));
        });
        Runnable late = () -> wait.spin(time.nanoTime() - SpinWait.GIVE_WAY_AFTER_NS, () -> false);
        for (int i = 1; i < SpinWait.TAKEN_OFTEN; i++) {
            late.run();
        }
        awayNs.set(SpinWait.TAKEN_NS - 1);
        late.run();
        awayNs.set(SpinWait.TAKEN_NS);
        left.set(0);
        for (int i = 0; i < 2 * SpinWait.TAKEN_OFTEN; i++) {
            late.run();
        }
        assertThat(left).as("in a row, since nobody wanted it").hasValue(SpinWait.TAKEN_OFTEN);
        time.pass(Duration.ofNanos(SpinWait.KEEP_NS - 1));
        late.run();
        assertThat(left).as("while it is kept").hasValue(SpinWait.TAKEN_OFTEN);
        time.pass(Duration.ofNanos(1));
        late.run();
        assertThat(left).as("afterwards").hasValue(SpinWait.TAKEN_OFTEN + 1);
    }

    @Test
    void leavesTheCoreToOthersInsteadOfLookingWhereThereAreTooFew() {
        wait(MANY_PEERS).spin(time.nanoTime(), () -> {
            throw new AssertionError("looks");
        });
        assertThat(left).hasValue(1);
    }

    @Test
    void leavesTheCoreAfterATurnWhereThereAreTooFew() {
        wait(1).giveWayIfCrowded();
        assertThat(left).as("enough of them").hasValue(0);
        wait(MANY_PEERS).giveWayIfCrowded();
        assertThat(left).hasValue(1);
    }
}
