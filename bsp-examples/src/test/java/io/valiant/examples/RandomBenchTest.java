package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.BspTest;
import io.valiant.bsp.TestMessage;
import io.valiant.bsp.TestRun;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.junit.jupiter.api.Test;

class RandomBenchTest {
    @Test
    void everyMessageArrivesWhoeverIsKilled() throws Exception {
        BspJob job = BspJob.of(RandomBench.class)
                .tasks(3)
                .set(RandomBench.SUPERSTEPS, 3)
                .set(RandomBench.MESSAGES, 40)
                .set(RandomBench.BYTES, 20);
        TestRun run = BspTest.of(job).runSteady(3);
        assertThat(run.counter("bench", "messages")).isEqualTo(3 * 3 * 40);
        assertThat(run.counter("bench", "bytes")).isEqualTo(3 * 3 * 40 * 20);
        for (int task = 0; task < 3; task++) {
            assertThat(run.outputs().get(task)).containsExactly(task + "\t" + checksum(run.messages(), task));
        }
        assertThat(BspTest.run(job.set(RandomBench.TIMED, true)).counter("bench", "micros"))
                .isPositive();
    }

    private static String checksum(List<TestMessage> messages, int task) {
        long sum = 0;
        for (TestMessage message : messages) {
            if (message.to() == task) {
                byte[] bytes = ((BytesWritable) message.value()).copyBytes();
                sum = sum * 31 + message.from();
                for (int i = 0; i < 8; i++) {
                    sum = sum * 31 + bytes[i];
                }
            }
        }
        return Long.toHexString(sum);
    }
}
