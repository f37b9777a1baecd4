package io.valiant.protocol;

import io.valiant.bsp.GroomStatus;
import io.valiant.id.GroomId;
import java.util.List;
import java.util.SortedMap;

/**
 * A groom enrols. A process that starts comes with incarnation 0; one that meets a new master, or a master that does
 * not know it, comes with the incarnation it has and its table.
 *
 * @param groom its name
 * @param incarnation the one it has, or 0
 * @param processTag random text, one for each process start
 * @param slots it offers
 * @param labels for selectors
 * @param rpcHost where it listens to directives
 * @param rpcPort where it listens to directives
 * @param http address of its pages, {@code host:port}
 * @param report address of its task-report server
 * @param version of the software
 * @param steps of its start
 * @param attempts its table; empty at incarnation 0
 */
public record GroomRegistration(
        GroomId groom,
        long incarnation,
        String processTag,
        int slots,
        SortedMap<String, String> labels,
        String rpcHost,
        int rpcPort,
        String http,
        String report,
        String version,
        List<GroomStatus.Step> steps,
        List<AttemptSummary> attempts) {
    public GroomRegistration {
        labels = Sorted.copy(labels);
        steps = List.copyOf(steps);
        attempts = List.copyOf(attempts);
    }
}
