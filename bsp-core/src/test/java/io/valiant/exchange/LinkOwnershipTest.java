package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinkOwnershipTest {
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final LinkOwnership ownership = new LinkOwnership(wakeUps::incrementAndGet);

    @Test
    void theProgramsThreadTakesLinksThatNobodyIsAtWorkOn() {
        assertThat(ownership.acquireIfIdle()).isTrue();
        assertThat(ownership.isHeldByCaller()).isTrue();
        assertThat(ownership.take()).isFalse();
        ownership.release();
        assertThat(ownership.take()).isTrue();
        assertThat(ownership.acquireIfIdle()).isFalse();
        assertThat(ownership.isHeldByCaller()).isFalse();
        assertThat(wakeUps).hasValue(0);
    }

    @Test
    void linksThatTheOtherThreadOnlyWaitsOnAreTakenFromUnderIt() {
        assertThat(ownership.take()).isTrue();
        ownership.beginWait();
        assertThat(ownership.acquireIfIdle()).isTrue();
        assertThat(ownership.isHeldByCaller()).isTrue();
        assertThat(wakeUps).hasValue(1);
        assertThat(ownership.endWait()).isFalse();
    }
}
