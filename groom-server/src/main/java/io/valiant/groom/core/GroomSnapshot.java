package io.valiant.groom.core;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.GroomStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.NodeReport;
import io.valiant.wire.RefusedFrames;
import java.util.List;

/**
 * A groom at one moment, for pages and metrics.
 *
 * @param groom its name
 * @param epoch of the master it obeys; 0 before the first
 * @param incarnation it has; 0 before it is registered
 * @param registered whether a master has accepted it in this incarnation
 * @param holding whether its children pass no barrier now
 * @param slots it offers
 * @param directivesApplied in that epoch and incarnation
 * @param reportsWaiting not yet answered by the master
 * @param node health and load
 * @param steps of its start
 * @param refused frames that the links of all children have refused since the groom began
 * @param children in order of their attempts, then the spares
 */
public record GroomSnapshot(
        GroomId groom,
        long epoch,
        long incarnation,
        boolean registered,
        boolean holding,
        int slots,
        long directivesApplied,
        int reportsWaiting,
        NodeReport node,
        List<GroomStatus.Step> steps,
        RefusedFrames refused,
        List<Child> children) {
    public GroomSnapshot {
        steps = List.copyOf(steps);
        children = List.copyOf(children);
    }

    /** The same with those steps: a groom that is starting has steps before its core knows of them. */
    public GroomSnapshot withSteps(List<GroomStatus.Step> done) {
        return new GroomSnapshot(
                groom,
                epoch,
                incarnation,
                registered,
                holding,
                slots,
                directivesApplied,
                reportsWaiting,
                node,
                done,
                refused,
                children);
    }

    /** The children that run attempts, each in a slot. */
    public List<Child> tasks() {
        return children.stream().filter(child -> !child.isSpare()).toList();
    }

    /**
     * A child JVM.
     *
     * @param pid of the JVM; 0 before it is known
     * @param kind {@code task} or {@code spare}
     * @param attempt null for a spare
     * @param generation 0 for a spare
     * @param state null for a spare
     * @param ending whether it is being killed
     */
    public record Child(
            long pid,
            String kind,
            AttemptId attempt,
            long generation,
            AttemptState state,
            boolean ending,
            AttemptProgress progress) {
        static final String TASK = "task";
        private static final String SPARE = "spare";

        static Child spare(long pid) {
            return new Child(pid, SPARE, null, 0, null, false, AttemptProgress.NONE);
        }

        /** Whether it waits for an attempt. */
        public boolean isSpare() {
            return kind.equals(SPARE);
        }
    }
}
