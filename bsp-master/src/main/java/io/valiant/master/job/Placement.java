package io.valiant.master.job;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobState;
import io.valiant.id.GroomId;
import io.valiant.master.core.Turn;
import io.valiant.master.schedule.GroomPair;
import io.valiant.master.schedule.PlacementRequest;
import io.valiant.master.schedule.Selector;
import io.valiant.master.schedule.Separation;
import io.valiant.master.schedule.TaskWish;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's wish for slots: for all its tasks, or after a roll-back for those whose JVM does not stay. A job that cannot have
 * them at once waits with nothing: holding slots while waiting for others could lock two jobs.
 */
final class Placement {
    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

    private final JobInProgress job;
    private final JobFacts facts;
    private final JobServices services;
    private final JobRecovery recovery;
    private final KeptAttempts kept;
    private final LostLinks lostLinks;
    private final Selector selector;

    /** Why it waits, for people; soft. */
    private String reason;

    Placement(JobInProgress job, JobServices services, JobRecovery recovery, KeptAttempts kept) {
        this.job = job;
        this.facts = job.facts();
        this.services = services;
        this.recovery = recovery;
        this.kept = kept;
        this.lostLinks = job.lostLinks();
        this.selector = Selector.parse(facts.spec.selector());
    }

    String reason() {
        return reason;
    }

    /** Nothing is waited for any more. */
    void forgetReason() {
        reason = null;
    }

    /** Whether tasks of the generation have no attempt, for whatever reason. */
    boolean isNeeded() {
        boolean queued = facts.state() == JobState.PENDING || facts.state() == JobState.RECOVERING;
        if (!queued || !facts.isActive()) {
            return false;
        }
        for (TaskInProgress task : job.tasks()) {
            if (!task.isHeld(facts.generation())) {
                return true;
            }
        }
        return false;
    }

    /** Whether it must not be placed now, whatever room there is. */
    private boolean isHeldBack() {
        return recovery.isBackingOff() || facts.stopped() != null;
    }

    /** Tasks that want a slot, by index. */
    private List<TaskInProgress> missing() {
        List<TaskInProgress> missing = new ArrayList<>();
        for (TaskInProgress task : job.tasks()) {
            boolean stays = task.last() != null && kept.stays(task.last());
            if (!stays && !task.isHeld(facts.generation())) {
                missing.add(task);
            }
        }
        return missing;
    }

    /** Whether all processes of earlier generations are gone, but for those that stay. */
    private boolean isReady() {
        for (AttemptInProgress attempt : job.processes()) {
            if (attempt.generation < facts.generation() && !kept.stays(attempt)) {
                return false;
            }
        }
        return true;
    }

    /** Decides anew which grooms the job does without, for it has lost links there too often; whether that has changed. */
    boolean separate() {
        List<GroomPair> apart = lostLinks.tooOften();
        SortedSet<GroomId> leftOut = Collections.emptySortedSet();
        if (!apart.isEmpty() && isNeeded() && !isHeldBack()) {
            leftOut = separation(apart).leftOut(services.grooms().views());
        }
        if (leftOut.equals(kept.leftOut())) {
            return false;
        }
        kept.leaveOut(leftOut);
        if (!leftOut.isEmpty()) {
            LOG.info(
                    "[{} g{}] does without {}: lost links twice between {}",
                    facts.id,
                    facts.generation(),
                    leftOut,
                    apart);
        }
        return true;
    }

    private Separation separation(List<GroomPair> apart) {
        TreeMap<GroomId, Separation.Ties> ties = new TreeMap<>();
        for (TaskInProgress task : job.tasks()) {
            AttemptInProgress last = task.last();
            if (task.isHeld(facts.generation())) {
                ties.merge(last.groom, new Separation.Ties(1, 0, 0), Separation.Ties::plus);
                continue;
            }
            if (last != null && kept.couldStay(last)) {
                ties.merge(last.groom, new Separation.Ties(0, 0, 1), Separation.Ties::plus);
            }
            for (GroomId avoided : services.planner().wish(task.history()).avoid()) {
                ties.merge(avoided, new Separation.Ties(0, 1, 0), Separation.Ties::plus);
            }
        }
        return new Separation(apart, selector, facts.spec.tasks(), ties);
    }

    /** Its wish for the scheduler, or null if it does not wait for placement now. */
    PlacementRequest request() {
        if (!isNeeded() || isHeldBack()) {
            return null;
        }
        List<TaskWish> wishes = new ArrayList<>();
        for (TaskInProgress task : missing()) {
            wishes.add(services.planner().wish(task.history()));
        }
        int held = facts.spec.tasks() - wishes.size();
        return new PlacementRequest(
                facts.id, facts.number, facts.spec.priority(), selector, kept.leftOut(), isReady(), held, wishes);
    }

    /** Whatever needs no scheduler: all JVMs stay, or the job is held back. */
    void advance(Turn turn) {
        if (!isNeeded()) {
            return;
        }
        if (isHeldBack()) {
            queue();
        } else if (missing().isEmpty() && isReady()) {
            placed(List.of(), turn);
        }
    }

    /** It has to wait; why is for people. */
    void waits(String why, Turn turn) {
        if (isReady()) {
            letGo(turn);
        }
        queue();
        if (!why.equals(reason) && facts.isActive()) {
            LOG.info("[{} g{}] waits: {}", facts.id, facts.generation(), why);
            reason = why;
            job.changed();
        }
    }

    /** There is no room for the missing ones. */
    private void letGo(Turn turn) {
        boolean begun = false;
        for (TaskInProgress task : job.tasks()) {
            begun |= task.isHeld(facts.generation());
        }
        if (begun) {
            // the others of the generation have their attempts already: only a new one ends them
            kept.letGo();
            recovery.replacementFailed(
                    Cause.of(CauseType.PEER_FAILED, "there is no room for another attempt of a task that was kept"),
                    turn);
            job.advance(turn);
        } else if (kept.count() > 0) {
            LOG.info("[{} g{}] lets its {} JVMs go", facts.id, facts.generation(), kept.count());
            kept.letGo();
            job.advance(turn);
        }
    }

    /** Rolled back, free of processes, but not placed: it waits like any other. */
    private void queue() {
        if (facts.isActive()
                && facts.state() == JobState.RECOVERING
                && job.processes().isEmpty()) {
            facts.become(JobState.PENDING);
            job.changed();
        }
    }

    /** Missing tasks have a slot, by index: their attempts begin, and those that stay take the generation. */
    void placed(List<GroomId> places, Turn turn) {
        List<TaskInProgress> missing = missing();
        facts.placed(services.random().hex128(), turn.wall());
        reason = null;
        job.changed();
        kept.rejoin();
        for (int i = 0; i < places.size(); i++) {
            GroomId groom = places.get(i);
            long incarnation = services.grooms().incarnation(groom);
            AttemptInProgress attempt = missing.get(i).assign(groom, incarnation, facts, turn.wall());
            services.grooms().occupy(groom, incarnation, attempt.id);
            LOG.info("{} assigned to {} i{}", attempt, groom, incarnation);
        }
        if (!places.isEmpty()) {
            turn.tell(
                    "JOB_PLACED",
                    facts.id,
                    "job " + facts.id + " generation " + facts.generation() + ": " + places.size() + " tasks placed on "
                            + new TreeSet<>(places));
        }
        tellPairsUsedTogether();
        job.advance(turn);
    }

    private void tellPairsUsedTogether() {
        TreeSet<GroomId> used = new TreeSet<>();
        for (TaskInProgress task : job.tasks()) {
            used.add(task.last().groom);
        }
        for (GroomPair pair : lostLinks.tooOften()) {
            if (used.contains(pair.first()) && used.contains(pair.second())) {
                LOG.warn(
                        "[{} g{}] uses {} together, between which it has lost links twice: it needs their slots",
                        facts.id,
                        facts.generation(),
                        pair);
            }
        }
    }
}
