package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.BspTest;
import io.valiant.bsp.TestMessage;
import io.valiant.bsp.TestRun;
import java.util.SplittableRandom;
import org.apache.hadoop.io.LongWritable;
import org.junit.jupiter.api.Test;

class PiTest {
    @Test
    void thePeersHitsAreAddedUp() throws Exception {
        int tasks = 3;
        int darts = 2000;
        long hits = 0;
        for (int peer = 0; peer < tasks; peer++) {
            SplittableRandom random = new SplittableRandom(peer);
            for (int dart = 0; dart < darts; dart++) {
                hits += Math.hypot(random.nextDouble(), random.nextDouble()) < 1 ? 1 : 0;
            }
        }
        BspJob job = BspJob.of(Pi.class).tasks(tasks).set(Pi.DARTS, darts);
        TestRun run = BspTest.of(job).runSteady(4);
        assertThat(run.lines()).containsExactly("pi\t" + 4.0 * hits / (tasks * darts));
        long told = 0;
        for (TestMessage message : run.messages()) {
            assertThat(message.to()).isZero();
            told += ((LongWritable) message.value()).get();
        }
        assertThat(told).isEqualTo(hits);
    }
}
