package io.valiant.graph.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.LongAggregator;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AggregatesTest {
    private static final LongAggregator SUM = LongAggregator.sum("sum").startingAt(5);

    @Test
    void whatIsAskedLateIsTheSameInTasksThatAskedEarlyAndTasksThatDidNot() throws Exception {
        Aggregates early = new Aggregates();
        Aggregates late = new Aggregates();
        assertThat(early.get(SUM)).isEqualTo(5);
        barrier(new Aggregates(), early);
        barrier(new Aggregates(), late);
        assertThat(early.get(SUM)).isZero();
        assertThat(late.get(SUM)).isEqualTo(early.get(SUM));
    }

    private static void barrier(Aggregates from, Aggregates to) throws Exception {
        ByteBuffer told = ByteBuffer.allocate(1024);
        from.write(told);
        to.beginFold();
        to.fold(told.flip());
    }
}
