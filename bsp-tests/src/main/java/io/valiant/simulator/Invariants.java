package io.valiant.simulator;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.JobState;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.id.TaskId;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.Exit;
import io.valiant.simulator.Books.Change;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The invariants that can be judged from the master's records alone, each a method. All throw {@link Violation}. */
final class Invariants {
    private final Plan plan;
    private final Set<JobId> storageFailed;

    /** @param storageFailed jobs that may fail for lack of storage; grows */
    Invariants(Plan plan, Set<JobId> storageFailed) {
        this.plan = plan;
        this.storageFailed = storageFailed;
    }

    /** Judges one step: what changed, and the books after it. */
    void judge(List<Change> changes, Books books) {
        for (Change change : changes) {
            if (change.after() instanceof MasterRecord.Job job) {
                MasterRecord.Job before = (MasterRecord.Job) change.before();
                endsOnce(before, job);
                calmSucceeds(job);
                failsForAReason(before, job, books);
                if (job.state() == JobState.SUCCEEDED && (before == null || before.state() != job.state())) {
                    acceptsAllTasksOnce(job, books);
                    countersOnce(job, books);
                }
            } else if (change.after() instanceof MasterRecord.Attempt attempt) {
                MasterRecord.Attempt before = (MasterRecord.Attempt) change.before();
                acceptsOneAttempt(attempt, books);
                numbersRise(before, attempt, books);
                chargesBounded(attempt, books);
                faultIsCharged(before, attempt);
                attemptEndsOnce(before, attempt);
                fencedStaysOut(before, attempt, books, changes);
            } else if (change.after() instanceof MasterRecord.Cluster cluster) {
                clusterNumbersRise((MasterRecord.Cluster) change.before(), cluster);
            } else if (change.after() instanceof MasterRecord.Groom groom) {
                incarnationRises((MasterRecord.Groom) change.before(), groom);
            }
        }
        slotsSuffice(books);
    }

    /** I1: a job that has ended stays as it ended. */
    private static void endsOnce(MasterRecord.Job before, MasterRecord.Job after) {
        if (before != null && before.state().isEnded() && before.state() != after.state()) {
            throw new Violation("I1", after.id() + " had ended as " + before.state() + " and is now " + after.state());
        }
        if (before != null && after.generation() < before.generation()) {
            throw new Violation(
                    "I1", after.id() + " went from generation " + before.generation() + " to " + after.generation());
        }
    }

    /** I2: for a task and generation one attempt's completion counts. */
    private static void acceptsOneAttempt(MasterRecord.Attempt attempt, Books books) {
        if (!isAccepted(attempt)) {
            return;
        }
        for (MasterRecord.Attempt other : books.attempts(attempt.id().taskId())) {
            if (!other.id().equals(attempt.id()) && other.generation() == attempt.generation() && isAccepted(other)) {
                throw new Violation(
                        "I2",
                        "both " + other.id() + " and " + attempt.id() + " were accepted in generation "
                                + attempt.generation());
            }
        }
    }

    private static boolean isAccepted(MasterRecord.Attempt attempt) {
        return attempt.state() == AttemptState.COMMITTING || attempt.state() == AttemptState.SUCCEEDED;
    }

    /** I2: a job that succeeds has exactly one accepted attempt of its generation for each task. */
    private static void acceptsAllTasksOnce(MasterRecord.Job job, Books books) {
        for (int task = 0; task < job.spec().tasks(); task++) {
            int accepted = 0;
            for (MasterRecord.Attempt attempt : books.attempts(new TaskId(job.id(), task))) {
                if (attempt.generation() == job.generation() && isAccepted(attempt)) {
                    accepted++;
                }
            }
            if (accepted != 1) {
                throw new Violation(
                        "I2", job.id() + " succeeds with " + accepted + " accepted attempts of task " + task);
            }
        }
    }

    /** I2: counters of a job that succeeds are those of a run without faults. */
    private static void countersOnce(MasterRecord.Job job, Books books) {
        TreeMap<String, Long> sums = new TreeMap<>();
        for (MasterRecord.Attempt attempt : books.attempts(job.id())) {
            if (attempt.generation() == job.generation() && isAccepted(attempt)) {
                attempt.result()
                        .counters()
                        .forEach((group, counters) ->
                                counters.forEach((name, value) -> sums.merge(group + "." + name, value, Long::sum)));
            }
        }
        TreeMap<String, Long> reference = Reference.counters(job.spec());
        if (!sums.equals(reference)) {
            throw new Violation("I2", job.id() + " succeeds with counters " + sums + ", the reference is " + reference);
        }
    }

    /** I3: numbers of attempts rise and are used once. */
    private static void numbersRise(MasterRecord.Attempt before, MasterRecord.Attempt attempt, Books books) {
        if (before != null) {
            return;
        }
        for (MasterRecord.Attempt other : books.attempts(attempt.id().taskId())) {
            if (other.id().number() > attempt.id().number()) {
                throw new Violation("I3", attempt.id() + " is new though " + other.id() + " was before");
            }
        }
    }

    /** I3: who failed by itself is charged, and only who has FAILED is. */
    private static void faultIsCharged(MasterRecord.Attempt before, MasterRecord.Attempt after) {
        if (!after.state().isEnded() || (before != null && before.state().isEnded()) || after.cause() == null) {
            return;
        }
        boolean byItself =
                switch (after.cause().type()) {
                    case USER_ERROR, OUT_OF_MEMORY, EXIT, SIGNAL, PING_TIMEOUT -> true;
                    case STORAGE, GROOM_LOST, PEER_FAILED, PREEMPTED, STOPPED -> false;
                };
        boolean refused = after.exit() != null
                && after.exit().code() != null
                && (after.exit().code() == Exit.FENCED_CODE || after.exit().code() == Exit.ORPHAN_CODE);
        if (refused && after.charged() && after.cause().type() != CauseType.PREEMPTED) {
            throw new Violation(
                    "I3", after.id() + " is charged though it left because nobody wanted it: " + after.cause());
        }
        if (byItself && !after.charged()) {
            throw new Violation("I3", after.id() + " is not charged for " + after.cause());
        }
        if (after.charged() != (after.state() == AttemptState.FAILED)) {
            throw new Violation(
                    "I3", after.id() + " is " + after.state() + (after.charged() ? ", charged" : ", not charged"));
        }
    }

    /** I3: a job fails only if a task has failed too often, it was rolled back too often, or storage failed a worker. */
    private void failsForAReason(MasterRecord.Job before, MasterRecord.Job after, Books books) {
        if (after.state() != JobState.FAILED || (before != null && before.state() == JobState.FAILED)) {
            return;
        }
        TreeMap<Integer, Integer> failures = new TreeMap<>();
        int most = 0;
        for (MasterRecord.Attempt attempt : books.attempts(after.id())) {
            if (attempt.charged()) {
                most = Math.max(most, failures.merge(attempt.id().task(), 1, Integer::sum));
            }
        }
        boolean storage = after.cause() != null
                && after.cause().type() == CauseType.STORAGE
                && (plan.workerFailure() > 0 || storageFailed.contains(after.id()));
        if (!storage
                && most < after.spec().maxAttempts()
                && after.rollbacks() < after.spec().maxRollbacks()) {
            throw new Violation(
                    "I3",
                    after.id() + " fails after " + most + " charged attempts of a task and " + after.rollbacks()
                            + " roll-backs: " + after.cause());
        }
    }

    /** I1: where nothing at all goes wrong every job succeeds, at once. */
    private void calmSucceeds(MasterRecord.Job job) {
        if (plan.isCalm() && (job.state() == JobState.FAILED || job.generation() > 1)) {
            throw new Violation(
                    "I1",
                    job.id() + " is " + job.state() + " in generation " + job.generation()
                            + " though nothing went wrong: " + job.cause());
        }
    }

    /** I3: what is charged stays charged and is never more than allowed. */
    private static void chargesBounded(MasterRecord.Attempt attempt, Books books) {
        if (!attempt.charged()) {
            return;
        }
        int charged = 0;
        for (MasterRecord.Attempt other : books.attempts(attempt.id().taskId())) {
            charged += other.charged() ? 1 : 0;
        }
        int most = books.job(attempt.id().job()).spec().maxAttempts();
        if (charged > most) {
            throw new Violation("I3", attempt.id().taskId() + " has " + charged + " charged attempts of " + most);
        }
    }

    /** I3: an attempt that has ended stays as it ended. */
    private static void attemptEndsOnce(MasterRecord.Attempt before, MasterRecord.Attempt after) {
        boolean over = before != null && before.state().isEnded();
        if (over && (before.state() != after.state() || before.charged() != after.charged())) {
            throw new Violation(
                    "I3",
                    after.id() + " had ended as " + before.state() + (before.charged() ? ", charged" : "")
                            + " and is now " + after.state() + (after.charged() ? ", charged" : ""));
        }
    }

    /**
     * I4: nothing of a generation that was over before the step, or of a lost or older incarnation, is accepted. RUNNING is
     * soft and counts for nothing.
     */
    private static void fencedStaysOut(
            MasterRecord.Attempt before, MasterRecord.Attempt after, Books books, List<Change> changes) {
        if (!isAccepted(after) || (before != null && isAccepted(before))) {
            return;
        }
        MasterRecord.Job job = books.job(after.id().job());
        MasterRecord.Groom groom = books.groom(after.groom());
        for (Change change : changes) {
            if (change.before() instanceof MasterRecord.Job earlier
                    && earlier.id().equals(job.id())) {
                job = earlier;
            } else if (change.before() instanceof MasterRecord.Groom earlier
                    && earlier.id().equals(after.groom())) {
                groom = earlier;
            }
        }
        if (after.generation() < job.generation() || job.state().isEnded() || job.state() == JobState.CANCELING) {
            throw new Violation(
                    "I4",
                    after.id() + " of generation " + after.generation() + " becomes " + after.state()
                            + " while the job is " + job.state() + " in generation " + job.generation());
        }
        if (groom == null || groom.incarnation() != after.incarnation() || groom.state() == GroomState.LOST) {
            throw new Violation(
                    "I4",
                    after.id() + " of incarnation " + after.incarnation() + " becomes " + after.state()
                            + " while the groom is " + groom);
        }
    }

    /** I3: the cluster's numbers only rise. */
    private static void clusterNumbersRise(MasterRecord.Cluster before, MasterRecord.Cluster after) {
        if (before == null) {
            return;
        }
        boolean risen = after.epoch() >= before.epoch() && after.nextJob() >= before.nextJob();
        if (!risen || !after.clusterId().equals(before.clusterId())) {
            throw new Violation("I3", "the cluster went from " + before + " to " + after);
        }
    }

    /** I4: a groom's incarnation only rises. */
    private static void incarnationRises(MasterRecord.Groom before, MasterRecord.Groom after) {
        if (before != null && after.incarnation() < before.incarnation()) {
            throw new Violation("I4", "groom " + after.id() + " went from " + before + " to " + after);
        }
    }

    /** I9: no groom has more attempts than slots. */
    private void slotsSuffice(Books books) {
        TreeMap<String, Integer> used = new TreeMap<>();
        for (MasterRecord.Attempt attempt : books.attempts()) {
            if (attempt.gone()) {
                continue;
            }
            int now = used.merge(attempt.groom() + " i" + attempt.incarnation(), 1, Integer::sum);
            if (now > plan.slots()) {
                throw new Violation(
                        "I9",
                        "groom " + attempt.groom() + " is given " + now + " attempts for " + plan.slots() + " slots");
            }
        }
    }

    /** I8: every task of a running job has an attempt on a groom that lives, unless it is accepted already. */
    static void noLostTask(MasterRecord.Job job, Books books) {
        if (job.state() != JobState.RUNNING) {
            return;
        }
        for (int task = 0; task < job.spec().tasks(); task++) {
            AttemptId live = null;
            for (MasterRecord.Attempt attempt : books.attempts(new TaskId(job.id(), task))) {
                if (attempt.generation() == job.generation()
                        && (!attempt.state().isEnded() || attempt.state() == AttemptState.SUCCEEDED)
                        && isHeld(attempt, books)) {
                    live = attempt.id();
                }
            }
            if (live == null) {
                throw new Violation(
                        "I8",
                        "task " + task + " of " + job.id() + " g" + job.generation()
                                + " is RUNNING without an attempt on a live groom");
            }
        }
    }

    private static boolean isHeld(MasterRecord.Attempt attempt, Books books) {
        if (isAccepted(attempt)) {
            return true;
        }
        MasterRecord.Groom groom = books.groom(attempt.groom());
        return groom != null && groom.incarnation() == attempt.incarnation() && groom.state() != GroomState.LOST;
    }
}
