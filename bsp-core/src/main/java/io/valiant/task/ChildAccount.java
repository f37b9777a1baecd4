package io.valiant.task;

import io.valiant.protocol.AttemptProgress;

/** Where the program is, as the child's core knows it, joined with the owner's account for the pings. */
final class ChildAccount {
    private AttemptProgress told = AttemptProgress.NONE;
    private long superstep;
    private boolean inBarrier;

    /** The superstep last arrived in or begun. */
    long superstep() {
        return superstep;
    }

    void told(AttemptProgress progress) {
        told = progress;
    }

    void moved(long to, boolean intoBarrier) {
        superstep = to;
        inBarrier = intoBarrier;
    }

    /** A generation begins at that superstep. */
    void begin(long first) {
        told = AttemptProgress.NONE;
        moved(first, false);
    }

    AttemptProgress now(ChildPhase phase) {
        return new AttemptProgress(
                superstep,
                inBarrier,
                phaseText(phase),
                told.heapUsedBytes(),
                told.heapMaxBytes(),
                told.cpuNs(),
                told.messagesSent(),
                told.bytesSent(),
                told.spilledBytes(),
                told.refused());
    }

    /** A program that is being abandoned may still say that it computes: in the new generation it does not. */
    private String phaseText(ChildPhase phase) {
        return switch (phase) {
            case STARTING, ATTACHING, WAITING, LINKING, REJOINING -> AttemptProgress.NONE.phase();
            case ENDED, CLOSING, FINISHED -> "committing";
            case RUNNING, LINK_LOST, FAILED, GONE -> told.phase();
        };
    }
}
