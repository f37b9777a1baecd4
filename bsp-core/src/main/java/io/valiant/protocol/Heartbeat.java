package io.valiant.protocol;

import io.valiant.id.GroomId;
import java.util.List;

/**
 * A groom's report and the renewal of its lease.
 *
 * @param groom its name
 * @param incarnation it has
 * @param epoch of the master it last obeyed
 * @param number rising by one with each heartbeat of the groom's process, over incarnations
 * @param directivesApplied number of the last directive of that epoch it applied; 0 for none
 * @param holding whether its children pass no barrier now
 * @param node health and load
 * @param attempts its whole table
 * @param spares process ids of the JVMs that wait for an attempt; without those that are not known yet
 */
public record Heartbeat(
        GroomId groom,
        long incarnation,
        long epoch,
        long number,
        long directivesApplied,
        boolean holding,
        NodeReport node,
        List<AttemptSummary> attempts,
        List<Long> spares) {
    public Heartbeat {
        attempts = List.copyOf(attempts);
        spares = List.copyOf(spares);
    }
}
