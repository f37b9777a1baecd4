package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.protocol.JobSpec;
import io.valiant.protocol.TaskAssignment;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CheckpointScheduleTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private static CheckpointSchedule of(JobSpec spec, String folder, String interval, String period) {
        SortedMap<String, String> cluster = new TreeMap<>();
        cluster.put("bsp.checkpoint.interval", interval);
        cluster.put("bsp.checkpoint.period", period);
        TaskAssignment assignment = new TaskAssignment(TestJobs.attempt(0), 1, spec, List.of(), folder, null);
        return CheckpointSchedule.of(assignment, cluster, 100, 0);
    }

    @Test
    void supersteps() {
        CheckpointSchedule schedule = of(TestJobs.any(), "f", "5", "off");
        assertThat(schedule.isDue(104, 1000 * SECOND_NS)).isFalse();
        assertThat(schedule.isDue(105, 0)).isTrue();
        assertThat(schedule.isDue(109, 0)).isTrue();
        schedule.taken(109, 0);
        assertThat(schedule.isDue(113, 0)).isFalse();
        assertThat(schedule.isDue(114, 0)).isTrue();
    }

    @Test
    void time() {
        CheckpointSchedule schedule = of(TestJobs.any(), "f", "0", "2s");
        assertThat(schedule.isDue(9999, 2 * SECOND_NS - 1)).isFalse();
        assertThat(schedule.isDue(101, 2 * SECOND_NS)).isTrue();
        schedule.taken(101, 2 * SECOND_NS);
        assertThat(schedule.isDue(102, 4 * SECOND_NS - 1)).isFalse();
        assertThat(schedule.isDue(102, 4 * SECOND_NS)).isTrue();
    }

    @Test
    void theJobsOwnValuesGoFirstAndWithoutAFolderThereAreNone() {
        JobSpec own =
                TestJobs.of(CheckpointScheduleTest.class).checkpointEvery(2).spec();
        assertThat(of(own, "f", "5", "off").isDue(102, 0)).isTrue();
        assertThat(of(own, null, "5", "1s").isDue(200, 100 * SECOND_NS)).isFalse();
    }

    @Test
    void theDefaultIsAMinute() {
        TaskAssignment assignment = new TaskAssignment(TestJobs.attempt(0), 1, TestJobs.any(), List.of(), "f", null);
        CheckpointSchedule schedule = CheckpointSchedule.of(assignment, new TreeMap<>(), 0, 0);
        assertThat(schedule.isDue(1_000_000, 59 * SECOND_NS)).isFalse();
        assertThat(schedule.isDue(1, 60 * SECOND_NS)).isTrue();
    }
}
