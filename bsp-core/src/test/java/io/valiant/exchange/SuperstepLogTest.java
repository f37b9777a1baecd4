package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.protocol.SuperstepShare;
import io.valiant.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuperstepLogTest {
    private long nowNs;

    private final SuperstepLog log = new SuperstepLog(new Clock() {
        @Override
        public long nanoTime() {
            return nowNs;
        }

        @Override
        public Instant wallTime() {
            return Instant.ofEpochSecond(1000).plusNanos(nowNs);
        }
    });

    private void add(long superstep) {
        log.add(superstep, nowNs, nowNs + 300, nowNs + 500, 4, 64, 0);
        nowNs += 500;
    }

    @Test
    void aSuperstepIsToldOnceWithItsTimes() {
        nowNs = 7_000_000;
        log.active(12);
        log.combined(3);
        add(5);
        assertThat(log.take()).containsExactly(new SuperstepShare(5, 1_000_007_000L, 300, 200, 4, 64, 3, 0, 12));
        assertThat(log.take()).isEmpty();
    }

    @Test
    void whatIsNotToldOfASuperstepIsUnknownInTheNext() {
        log.active(12);
        add(0);
        add(1);
        assertThat(log.take()).extracting(SuperstepShare::activeVertices).containsExactly(12L, SuperstepShare.UNKNOWN);
    }

    @Test
    void fastSuperstepsAreThinnedByTheirNumbersAndSlowOnesNot() {
        for (int step = 0; step < 10_000; step++) {
            add(step);
        }
        List<SuperstepShare> taken = log.take();
        assertThat(taken).hasSizeBetween(SuperstepShare.MOST / 2, SuperstepShare.MOST);
        long stride = taken.get(1).superstep() - taken.get(0).superstep();
        assertThat(Long.bitCount(stride)).isEqualTo(1);
        assertThat(taken)
                .allSatisfy(share -> assertThat(share.superstep() % stride).isZero());
        long last = 10_000;
        for (int calm = 0; calm < 64; calm++) {
            add(last++);
            List<SuperstepShare> unused = log.take();
        }
        add(last);
        assertThat(log.take()).extracting(SuperstepShare::superstep).containsExactly(last);
    }
}
