package io.valiant.protocol;

/**
 * When a job's checkpoints are taken, as its own configuration and the cluster's say.
 *
 * @param supersteps between two; 0: none for their number
 * @param periodNs between two; 0: none for the time
 */
public record CheckpointTimes(long supersteps, long periodNs) {
    /** Only those that somebody asks for. */
    public static final CheckpointTimes NONE = new CheckpointTimes(0, 0);

    public CheckpointTimes {
        if (supersteps < 0 || periodNs < 0) {
            throw new IllegalArgumentException("a checkpoint every " + supersteps + " supersteps, " + periodNs + " ns");
        }
    }
}
