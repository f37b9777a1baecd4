package io.valiant.protocol;

import java.time.Instant;
import java.util.SortedMap;

/**
 * The cluster as its master sees it; in JSON this record in snake_case.
 *
 * @param clusterId part of the ids of jobs
 * @param master its address for clients and grooms, {@code host:port}
 * @param http its address for browsers, {@code host:port}
 * @param epoch of its leadership
 * @param version of its software
 * @param startedAt when the process began
 * @param systemDir {@code bsp.system.dir} as the master has it: where clients stage jars
 * @param grooms count by state; states without any are absent
 * @param slots of the grooms that get tasks
 * @param slotsUsed by attempts that have not ended
 * @param jobs count by state; states without any are absent
 */
public record ClusterStatus(
        String clusterId,
        String master,
        String http,
        long epoch,
        String version,
        Instant startedAt,
        String systemDir,
        SortedMap<String, Long> grooms,
        int slots,
        int slotsUsed,
        SortedMap<String, Long> jobs) {
    public ClusterStatus {
        grooms = Sorted.copy(grooms);
        jobs = Sorted.copy(jobs);
    }
}
