package io.valiant.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.config.BspConfiguration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JobSpecsTest {
    private static SortedMap<String, String> configuration(BspJob job, String clientsThreads) throws BspException {
        SortedMap<String, String> given = new TreeMap<>();
        if (clientsThreads != null) {
            given.put("bsp.task.threads", clientsThreads);
        }
        return JobSpecs.of(job, BspConfiguration.of("test", given)).configuration();
    }

    @Test
    void theNumberOfThreadsReachesTasksFromTheJobElseFromTheClient() throws Exception {
        assertThat(configuration(BspJob.of(LocalPrograms.Route.class), null)).isEmpty();
        assertThat(configuration(BspJob.of(LocalPrograms.Route.class), "3")).containsEntry("bsp.task.threads", "3");
        assertThat(configuration(BspJob.of(LocalPrograms.Route.class).configure("bsp.task.threads", "2"), "3"))
                .containsEntry("bsp.task.threads", "2");
    }
}
