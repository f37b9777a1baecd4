package io.valiant.groom.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.protocol.NodeReport;
import io.valiant.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of looks at the disk. The looks are made up; nothing is timed. */
class NodeManagerTest {
    private static final DiskState GOOD = new DiskState(100, 50, true, null);
    private static final DiskState FULL = new DiskState(100, 1, true, "1 MiB free");
    private static final DiskState BROKEN = new DiskState(0, 0, false, "cannot be written");
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final List<NodeReport> readings = new ArrayList<>();
    private long nowNs = 17;
    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return nowNs;
        }

        @Override
        public Instant wallTime() {
            return Instant.EPOCH;
        }
    };
    private NodeManager node = node(GOOD);

    private NodeManager node(DiskState first) {
        DiskCheck check = new DiskCheck(Path.of("/local"), null, 1);
        return new NodeManager(check, first, INTERVAL, clock, readings::add);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aFullDiskIsBadAfterTwoLooksInARowAndGoodAfterOne() {
        node.looked(FULL);
        assertThat(readings).isEmpty();
        node.looked(FULL);
        assertThat(unhealthy()).as("told at once").isEqualTo("1 MiB free");
        node.looked(FULL);
        assertThat(readings).as("told once").hasSize(1);
        node.looked(GOOD);
        assertThat(unhealthy()).isNull();
        assertThat(readings).hasSize(2);
    }

    @Test
    void twoBadLooksWithAGoodOneBetweenAreNotInARow() {
        node.looked(FULL);
        node.looked(GOOD);
        node.looked(FULL);
        assertThat(readings).isEmpty();
    }

    @Test
    void aDiskThatCannotBeWrittenIsBadAtOnce() {
        node.looked(BROKEN);
        assertThat(unhealthy()).isEqualTo("cannot be written");
        assertThat(readings.get(0).diskWritable()).isFalse();
        node.looked(GOOD);
        assertThat(unhealthy()).isNull();
    }

    @Test
    void aNodeThatStartsOnABadDiskTakesNoTasks() {
        node.close();
        node = node(FULL);
        node.handOn();
        assertThat(unhealthy()).isEqualTo("1 MiB free");
    }

    @Test
    void aDiskThatDoesNotAnswerIsBad() {
        nowNs += INTERVAL.toNanos() * 4;
        node.handOn();
        assertThat(unhealthy()).isNull();
        nowNs += 1;
        node.handOn();
        assertThat(unhealthy()).isEqualTo("bsp.local.dir /local has not answered for 20000 ms");
        node.looked(GOOD);
        assertThat(unhealthy()).isNull();
    }

    private String unhealthy() {
        return readings.get(readings.size() - 1).unhealthy();
    }
}
