package io.valiant.master.recovery;

import io.valiant.bsp.CauseType;
import io.valiant.id.GroomId;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.schedule.TaskWish;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of failure: how often a task may fail, how often a job may be rolled back without anybody's fault, where the
 * next attempt runs, and how long to wait for infrastructure to heal. Pure.
 */
public final class RecoveryPlanner {
    private final MasterConfig.Backoff backoff;

    public RecoveryPlanner(MasterConfig.Backoff backoff) {
        this.backoff = backoff;
    }

    /** After an attempt that counts against its task. {@code failures}: charged attempts of the task, this one included. */
    public RecoveryPlan afterCharged(int failures, int maxAttempts) {
        return failures >= maxAttempts ? new RecoveryPlan.GiveUp(null) : new RecoveryPlan.RollBack(false, 0);
    }

    /**
     * After an end that nobody is charged for.
     *
     * @param rollbacks uncharged ones since the newest checkpoint, without this
     * @param maxRollbacks of the job
     * @param losses of infrastructure in a row, this one included
     */
    public RecoveryPlan afterUncharged(int rollbacks, int maxRollbacks, int losses) {
        if (rollbacks >= maxRollbacks) {
            return new RecoveryPlan.GiveUp(
                    "rolled back " + rollbacks + " times without a new checkpoint, no more allowed");
        }
        if (losses > backoff.maxTries()) {
            return new RecoveryPlan.GiveUp("tried " + losses + " times, no more allowed");
        }
        return new RecoveryPlan.RollBack(true, backoff.waitNs(losses));
    }

    /** Whether an uncharged end of that kind is a loss of infrastructure, which may need time to heal. */
    public boolean isInfrastructure(CauseType type) {
        return type == CauseType.GROOM_LOST || type == CauseType.PEER_FAILED || type == CauseType.STORAGE;
    }

    /** How long without a loss until counting starts again. */
    public long resetNs() {
        return backoff.resetNs();
    }

    /**
     * Where a task's next attempt would best run: after its first failure where it was, for the fault may be its own; later
     * anywhere else, for it may be the groom's. A groom on which it could not even run is avoided at once.
     */
    public TaskWish wish(TaskHistory task) {
        List<GroomId> avoid = new ArrayList<>(task.charged().size() < 2 ? List.of() : task.charged());
        if (task.unfit() != null) {
            avoid.add(task.unfit());
        }
        return new TaskWish(avoid.contains(task.last()) ? null : task.last(), avoid);
    }
}
