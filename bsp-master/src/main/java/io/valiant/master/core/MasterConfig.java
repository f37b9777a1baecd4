package io.valiant.master.core;

import io.valiant.protocol.Intervals;
import java.util.Objects;

/**
 * What an administrator may set of the master's decisions; checked.
 *
 * @param intervals given to grooms; a large cluster is told longer ones
 * @param linkLossGraceNs from the first report of a lost link to the roll-back: the exit of the real culprit may come meanwhile
 * @param absenceGraceNs how long a groom's table may lack an attempt before it counts as gone: its exit report may be under way
 * @param backoff after repeated losses of infrastructure
 * @param retainedJobs how many ended jobs are kept
 * @param checkpoints where they are and how many are kept
 * @param blacklist when a groom gets no more tasks
 */
public record MasterConfig(
        Intervals intervals,
        long linkLossGraceNs,
        long absenceGraceNs,
        Backoff backoff,
        int retainedJobs,
        Checkpoints checkpoints,
        Blacklist blacklist) {
    public MasterConfig {
        Objects.requireNonNull(checkpoints, "checkpoints");
        Objects.requireNonNull(blacklist, "blacklist");
        if (linkLossGraceNs < 0 || absenceGraceNs < 0 || retainedJobs < 0) {
            throw new IllegalArgumentException("link loss grace " + linkLossGraceNs + " ns, absence grace "
                    + absenceGraceNs + " ns and retained jobs " + retainedJobs + " may not be negative");
        }
    }

    /**
     * Checkpoints of all jobs.
     *
     * @param systemDir URI of the folder that all processes share
     * @param keep how many of a running job are kept
     */
    public record Checkpoints(String systemDir, int keep) {
        public Checkpoints {
            Objects.requireNonNull(systemDir, "systemDir");
            if (keep < 1) {
                throw new IllegalArgumentException("at least one checkpoint is kept, not " + keep);
            }
        }
    }

    /**
     * When a groom is blacklisted.
     *
     * @param failures charged ones, of at least two jobs
     * @param periodNs in which they happen, and for which it is blacklisted then
     */
    public record Blacklist(int failures, long periodNs) {
        public Blacklist {
            if (failures < 1 || periodNs <= 0) {
                throw new IllegalArgumentException("blacklist after " + failures + " failures in " + periodNs + " ns");
            }
        }
    }

    /**
     * How long a job waits after infrastructure failed it: not at all the first two times, then longer each time.
     *
     * @param initialNs the first wait
     * @param maxNs the longest
     * @param multiplier from one wait to the next
     * @param resetNs without a loss: counting starts again
     * @param maxTries then the job fails
     */
    public record Backoff(long initialNs, long maxNs, double multiplier, long resetNs, int maxTries) {
        public Backoff {
            if (initialNs <= 0 || maxNs < initialNs || !(multiplier >= 1) || resetNs <= 0 || maxTries < 1) {
                throw new IllegalArgumentException("back-off of " + initialNs + " ns up to " + maxNs + " ns times "
                        + multiplier + ", reset " + resetNs + " ns, " + maxTries + " tries");
            }
        }

        /** The wait before the try that follows the n-th loss in a row, n counted from 1. */
        public long waitNs(int losses) {
            if (losses <= 2) {
                return 0;
            }
            double wait = initialNs * StrictMath.pow(multiplier, losses - 3.0);
            return wait >= maxNs ? maxNs : (long) wait;
        }
    }
}
