package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.protocol.CheckpointTimes;
import org.junit.jupiter.api.Test;

class CheckpointScheduleTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private static CheckpointSchedule of(long supersteps, long periodNs) {
        return new CheckpointSchedule(new CheckpointTimes(supersteps, periodNs), 100, 0);
    }

    @Test
    void supersteps() {
        CheckpointSchedule schedule = of(5, 0);
        assertThat(schedule.isDue(104, 1000 * SECOND_NS)).isFalse();
        assertThat(schedule.isDue(105, 0)).isTrue();
        assertThat(schedule.isDue(109, 0)).isTrue();
        schedule.taken(109, 0);
        assertThat(schedule.isDue(113, 0)).isFalse();
        assertThat(schedule.isDue(114, 0)).isTrue();
    }

    @Test
    void time() {
        CheckpointSchedule schedule = of(0, 2 * SECOND_NS);
        assertThat(schedule.isDue(9999, 2 * SECOND_NS - 1)).isFalse();
        assertThat(schedule.isDue(101, 2 * SECOND_NS)).isTrue();
        schedule.taken(101, 2 * SECOND_NS);
        assertThat(schedule.isDue(102, 4 * SECOND_NS - 1)).isFalse();
        assertThat(schedule.isDue(102, 4 * SECOND_NS)).isTrue();
    }

    @Test
    void whicheverComesFirst() {
        CheckpointSchedule schedule = of(5, 2 * SECOND_NS);
        assertThat(schedule.isDue(104, SECOND_NS)).isFalse();
        assertThat(schedule.isDue(105, SECOND_NS)).isTrue();
        assertThat(schedule.isDue(101, 2 * SECOND_NS)).isTrue();
    }

    @Test
    void noneOfItself() {
        CheckpointSchedule schedule = new CheckpointSchedule(CheckpointTimes.NONE, 0, 0);
        assertThat(schedule.isDue(1_000_000, 1_000_000 * SECOND_NS)).isFalse();
    }
}
