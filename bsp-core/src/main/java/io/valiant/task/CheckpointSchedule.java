package io.valiant.task;

import io.valiant.protocol.CheckpointTimes;

/** When peer 0 asks for a checkpoint: after so many supersteps, after so much time. Program's thread. */
final class CheckpointSchedule {
    private final CheckpointTimes times;

    /** What the generation begins with counts as the last one. */
    private long lastSuperstep;

    private long lastNs;

    CheckpointSchedule(CheckpointTimes times, long beginsWith, long nowNs) {
        this.times = times;
        this.lastSuperstep = beginsWith;
        this.lastNs = nowNs;
    }

    /** Whether the state before that superstep is to be saved. */
    boolean isDue(long superstep, long nowNs) {
        return (times.supersteps() > 0 && superstep - lastSuperstep >= times.supersteps())
                || (times.periodNs() > 0 && nowNs - lastNs >= times.periodNs());
    }

    /** That state is saved. */
    void taken(long superstep, long nowNs) {
        lastSuperstep = superstep;
        lastNs = nowNs;
    }
}
