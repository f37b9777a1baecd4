package io.valiant.groom.web;

import io.valiant.bsp.GroomStatus;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.NodeReport;
import java.util.List;

/**
 * A groom as it sees itself; in JSON this record in snake_case.
 *
 * @param name its name
 * @param epoch of the master it obeys; 0 before the first
 * @param incarnation it has; 0 before it is registered
 * @param registered whether a master has accepted it
 * @param holding whether its children pass no barrier now
 * @param slots it offers
 * @param slotsUsed by attempts
 * @param reportsWaiting not yet answered by the master
 * @param node health and load of its machine
 * @param steps of its start
 * @param children its child JVMs
 */
record GroomFacts(
        String name,
        long epoch,
        long incarnation,
        boolean registered,
        boolean holding,
        int slots,
        int slotsUsed,
        int reportsWaiting,
        NodeReport node,
        List<GroomStatus.Step> steps,
        List<Child> children) {
    /**
     * A child JVM.
     *
     * @param kind {@code task} or {@code spare}
     * @param attempt null for a spare
     * @param state of the attempt; null for a spare
     * @param ending whether it is being killed
     * @param progress its last account of itself
     */
    record Child(
            long pid,
            String kind,
            String attempt,
            long generation,
            String state,
            boolean ending,
            AttemptProgress progress) {}

    static GroomFacts of(GroomSnapshot groom) {
        List<Child> children = groom.children().stream()
                .map(child -> new Child(
                        child.pid(),
                        child.kind(),
                        child.attempt() == null ? null : child.attempt().toString(),
                        child.generation(),
                        child.state() == null ? null : child.state().name(),
                        child.ending(),
                        child.progress()))
                .toList();
        return new GroomFacts(
                groom.groom().value(),
                groom.epoch(),
                groom.incarnation(),
                groom.registered(),
                groom.holding(),
                groom.slots(),
                groom.tasks().size(),
                groom.reportsWaiting(),
                groom.node(),
                groom.steps(),
                children);
    }
}
