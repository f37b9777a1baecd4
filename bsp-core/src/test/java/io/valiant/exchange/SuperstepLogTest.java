package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.protocol.SuperstepShare;
import io.valiant.protocol.SuperstepTotals;
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
        assertThat(log.take())
                .containsExactly(new SuperstepShare(
                        5, 1_000_007_000L, 300, 200, 4, 64, 3, 0, 12, new SuperstepTotals(1, 4, 64, 0), false));
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
    void aProgramMayKnowBetterHowManyMessagesThereWere() {
        log.messages(1000);
        add(0);
        add(1);
        assertThat(log.take()).extracting(SuperstepShare::messages).containsExactly(1000L, 4L);
        add(2);
        assertThat(log.take().get(0).soFar().messages()).isEqualTo(1008);
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
        assertThat(taken.get(taken.size() - 1).soFar().supersteps())
                .isEqualTo(taken.get(taken.size() - 1).superstep() + 1);
        long last = 10_000;
        for (int calm = 0; calm < 64; calm++) {
            add(last++);
            List<SuperstepShare> unused = log.take();
        }
        add(last);
        assertThat(log.take()).extracting(SuperstepShare::superstep).containsExactly(last);
    }

    @Test
    void theLastSuperstepIsToldThoughItsNumberIsNotKeptAndCountsAll() {
        assertThat(log.takeLast()).isEmpty();
        for (int step = 0; step < 1000; step++) {
            add(step);
        }
        List<SuperstepShare> taken = log.takeLast();
        assertThat(taken)
                .extracting(SuperstepShare::superstep)
                .doesNotHaveDuplicates()
                .isSorted();
        SuperstepShare last = taken.get(taken.size() - 1);
        assertThat(last.superstep()).isEqualTo(999);
        assertThat(last.soFar()).isEqualTo(new SuperstepTotals(1000, 4000, 64_000, 0));
        assertThat(taken).filteredOn(SuperstepShare::isLast).containsExactly(last);
    }

    @Test
    void theLastSuperstepIsToldAgainAsTheLast() {
        add(0);
        List<SuperstepShare> unused = log.take();
        assertThat(log.takeLast()).extracting(SuperstepShare::superstep).containsExactly(0L);
        add(1);
        assertThat(log.takeLast())
                .singleElement()
                .satisfies(share -> assertThat(share.isLast()).isTrue())
                .extracting(SuperstepShare::superstep)
                .isEqualTo(1L);
    }
}
