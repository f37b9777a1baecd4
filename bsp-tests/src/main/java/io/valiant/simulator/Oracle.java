package io.valiant.simulator;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.JobState;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.TaskAssignment;
import io.valiant.simulator.engine.SimProcess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows what a user may rely on and watches all parts of the world for it. It is told what happens and asks nothing of the
 * cores but their tables.
 */
final class Oracle {
    private final World world;
    private final Invariants invariants;

    private final TreeMap<JobId, Integer> acknowledgedJobs = new TreeMap<>();
    private final TreeSet<JobId> acknowledgedCancels = new TreeSet<>();
    private final TreeSet<JobId> askedCancels = new TreeSet<>();
    private final TreeMap<JobId, JobState> toldEnds = new TreeMap<>();
    private final TreeSet<JobId> forgotten = new TreeSet<>();
    private final TreeSet<AttemptId> launched = new TreeSet<>();
    private final TreeMap<Long, SimMaster> epochs = new TreeMap<>();
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final TreeSet<String> strayFiles = new TreeSet<>();
    private final CheckpointRules checkpoints;
    private final Culprits culprits;
    private final BarrierRules barriers;

    /** Jobs of which a worker of the master has given up on storage. */
    private final TreeSet<JobId> storageFailed = new TreeSet<>();

    private TreeSet<GroomId> drained = new TreeSet<>();
    private long newestEpoch;

    Oracle(World world, Plan plan) {
        this.world = world;
        this.checkpoints = new CheckpointRules(world);
        this.culprits = new Culprits(world);
        this.barriers = new BarrierRules(world);
        this.invariants = new Invariants(plan, storageFailed);
    }

    // ---- the master

    /** I11: a master that starts finds all that was acknowledged. */
    void loading(List<MasterRecord> rows) {
        Books books = new Books(rows);
        for (JobId job : acknowledgedJobs.keySet()) {
            if (books.job(job) == null) {
                throw new Violation("I11", job + " was acknowledged and is not in the store");
            }
        }
        for (JobId job : acknowledgedCancels) {
            JobState state = books.job(job).state();
            if (state != JobState.CANCELING && state != JobState.KILLED) {
                throw new Violation("I11", "the cancel of " + job + " was acknowledged, the store says " + state);
            }
        }
        toldEnds.forEach((job, state) -> {
            if (books.job(job).state() != state) {
                throw new Violation(
                        "I11",
                        job + " was told to be " + state + ", the store says "
                                + books.job(job).state());
            }
        });
    }

    /** A step of the live master. */
    void masterStepped(SimMaster master, MasterEvent event, List<MasterRecord> records, List<MasterEffect> effects) {
        Books books = master.books();
        List<Books.Change> changes = books.take(records);
        master.roll().judge(event, effects, changes, master);
        if (records.isEmpty()) {
            return;
        }
        invariants.judge(changes, books);
        culprits.judge(changes);
        checkpoints.judge(changes, books);
        for (Books.Change change : changes) {
            count(change);
            if (change.before() == null
                    && change.after() instanceof MasterRecord.Job job
                    && forgotten.contains(job.id())) {
                throw new Violation("I3", job.id() + " is new though there was a job of that name");
            }
            if (change.after() instanceof MasterRecord.Attempt attempt) {
                goneIsGone((MasterRecord.Attempt) change.before(), attempt, books.groom(attempt.groom()));
            }
        }
        for (MasterRecord.Job job : books.jobs()) {
            Invariants.noLostTask(job, books);
        }
        if (books.cluster() != null && books.cluster().epoch() < newestEpoch) {
            throw new Violation(
                    "I4", "a master acts in epoch " + books.cluster().epoch() + " after " + newestEpoch);
        }
        for (MasterRecord record : records) {
            if (record instanceof MasterRecord.Job job && job.state() == JobState.SUCCEEDED) {
                outputIsReference(job);
            }
            if (record instanceof MasterRecord.Job job
                    && job.state() == JobState.KILLED
                    && !askedCancels.contains(job.id())) {
                throw new Violation("I1", job.id() + " is KILLED and nobody asked for it: " + job.cause());
            }
        }
    }

    CheckpointRules checkpoints() {
        return checkpoints;
    }

    /** Who may be charged. */
    Culprits culprits() {
        return culprits;
    }

    /** Who may pass a barrier. */
    BarrierRules barriers() {
        return barriers;
    }

    /** A worker of the master found storage away for so long that the job may fail by it. */
    void storageFailed(JobId job) {
        storageFailed.add(job);
    }

    /** I9: a slot is free only when the process is gone, unless the groom is lost. */
    private void goneIsGone(MasterRecord.Attempt before, MasterRecord.Attempt after, MasterRecord.Groom groom) {
        boolean freed = after.gone() && before != null && !before.gone();
        boolean live = groom != null && groom.incarnation() == after.incarnation() && groom.state() != GroomState.LOST;
        if (freed && live && world.isAlive(after.id())) {
            throw new Violation("I9", after.id() + " counts as gone while its process lives on " + after.groom());
        }
    }

    private void count(Books.Change change) {
        if (change.after() instanceof MasterRecord.Job job
                && change.before() instanceof MasterRecord.Job before
                && job.generation() > Math.max(1, before.generation())) {
            count("rollbacks");
            world.rolledBack();
        } else if (change.after() instanceof MasterRecord.Groom groom && groom.state() == GroomState.LOST) {
            count("lost_grooms");
        }
    }

    /** Something happened that is worth to be counted. */
    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    SortedMap<String, Long> counts() {
        return counts;
    }

    /** I10: a batch is about to be in the store. */
    void landing(SimMaster master) {
        if (master.books().cluster().epoch() < newestEpoch) {
            throw new Violation(
                    "I10",
                    "a write of epoch " + master.books().cluster().epoch() + " lands after one of epoch "
                            + newestEpoch);
        }
    }

    /** I7: output is moved into place only once the COMMIT is stored. */
    void movesOutput(JobId job) {
        MasterRecord.Job stored = world.storedJob(job);
        if (stored == null || !stored.committing()) {
            throw new Violation("I7", "the output of " + job + " is moved before its COMMIT is stored");
        }
    }

    /** A batch is in the store. */
    void stored(SimMaster master, List<MasterRecord> records) {
        for (MasterRecord record : records) {
            if (record instanceof MasterRecord.Forget forget) {
                acknowledgedJobs.remove(forget.id());
                acknowledgedCancels.remove(forget.id());
                toldEnds.remove(forget.id());
                forgotten.add(forget.id());
            }
            if (record instanceof MasterRecord.Groom groom && groom.state() == GroomState.LOST) {
                barriers.lost(groom);
            }
            if (record instanceof MasterRecord.Cluster cluster) {
                newestEpoch = Math.max(newestEpoch, cluster.epoch());
                SimMaster before = epochs.put(cluster.epoch(), master);
                if (before != null && before != master) {
                    throw new Violation("I10", "two masters act in epoch " + cluster.epoch());
                }
            }
        }
    }

    /** The grooms that are drained, by what the store has taken. */
    TreeSet<GroomId> drained() {
        return drained;
    }

    void drained(TreeSet<GroomId> now) {
        drained = now;
    }

    /** I7: the output of a job that succeeded is that of a run without faults, byte for byte. */
    void outputIsReference(MasterRecord.Job job) {
        String output = job.spec().output();
        for (int task = 0; task < job.spec().tasks(); task++) {
            byte[] expected = Reference.part(job.spec(), task);
            byte[] found = world.files().read(output + "/" + SimOutput.partName(task));
            if (found == null || !java.util.Arrays.equals(expected, found)) {
                throw new Violation(
                        "I7",
                        job.id() + " succeeds, its part " + task + " is "
                                + (found == null ? "absent" : new String(found, StandardCharsets.UTF_8))
                                + ", the reference is "
                                + new String(expected, StandardCharsets.UTF_8));
            }
        }
        long others = world.files().names(output + "/").stream()
                .filter(file -> !file.startsWith(SimOutput.temporaryFolder(job.spec(), job.id())))
                .filter(file -> !strayFiles.contains(file))
                .count();
        if (others != job.spec().tasks() + 1) {
            throw new Violation("I7", job.id() + " succeeds with foreign files in " + output);
        }
    }

    // ---- clients

    /** I1, I11: a submission was acknowledged. */
    void acknowledged(int number, JobId job) {
        if (forgotten.contains(job)) {
            return;
        }
        Integer before = acknowledgedJobs.put(job, number);
        if (before != null && before != number) {
            throw new Violation("I3", job + " was given to submissions " + before + " and " + number);
        }
        acknowledgedJobs.forEach((other, n) -> {
            if (n == number && !other.equals(job)) {
                throw new Violation("I11", "submission " + number + " was acknowledged as " + other + " and as " + job);
            }
        });
        if (world.storedJob(job) == null) {
            throw new Violation("I11", job + " is acknowledged and not stored");
        }
    }

    /** A cancel was asked for. */
    void cancelAsked(JobId job) {
        askedCancels.add(job);
    }

    void cancelAcknowledged(JobId job) {
        if (forgotten.contains(job)) {
            return;
        }
        acknowledgedCancels.add(job);
        MasterRecord.Job stored = world.storedJob(job);
        if (stored.state() != JobState.CANCELING && stored.state() != JobState.KILLED) {
            throw new Violation(
                    "I11", "the cancel of " + job + " is acknowledged and the store says " + stored.state());
        }
    }

    /** I1, I11: a client was told how its job ended. */
    void endTold(JobId job, JobState state) {
        if (forgotten.contains(job)) {
            return;
        }
        JobState before = toldEnds.put(job, state);
        if (before != null && before != state) {
            throw new Violation("I1", job + " was told to be " + before + " and then " + state);
        }
        if (world.storedJob(job).state() != state) {
            throw new Violation(
                    "I11",
                    job + " is told to be " + state + ", the store says "
                            + world.storedJob(job).state());
        }
    }

    // ---- grooms and children

    /** I3, I4, I9: a groom starts an attempt. */
    void launched(SimGroom groom, TaskAssignment assignment) {
        if (!launched.add(assignment.attempt())) {
            throw new Violation("I3", assignment.attempt() + " is launched a second time");
        }
        if (world.row(assignment.attempt()) == null
                && !forgotten.contains(assignment.attempt().job())) {
            throw new Violation("I11", assignment.attempt() + " is launched and not stored");
        }
    }

    /** I13: where nothing goes wrong children leave by themselves. */
    void signalled(SimGroom groom, AttemptId attempt) {
        if (world.plan().isCalm()) {
            throw new Violation("I13", groom + " has to kill " + attempt + " though nothing went wrong");
        }
    }

    /** I4, I9: a groom has taken a step. */
    void groomStepped(SimGroom groom, GroomSnapshot snapshot) {
        if (snapshot.tasks().size() > world.plan().slots()) {
            throw new Violation(
                    "I9",
                    groom + " has " + snapshot.tasks().size() + " children for "
                            + world.plan().slots() + " slots");
        }
        if (snapshot.epoch() < groom.obeyedEpoch()) {
            throw new Violation("I4", groom + " obeys epoch " + snapshot.epoch() + " after " + groom.obeyedEpoch());
        }
        groom.obeyedEpoch(snapshot.epoch());
    }

    /** I4: a frame was taken by a child. Its sender may have gone on to the next generation since it sent it. */
    void frameTaken(SimChild by, SimProcess from, long generation) {
        boolean same = from instanceof SimChild peer
                && by.attempt().job().equals(peer.attempt().job())
                && by.generation() == generation
                && peer.generation() >= generation;
        if (!same) {
            throw new Violation(
                    "I4", by.attempt() + " g" + by.generation() + " takes a frame of g" + generation + " of " + from);
        }
    }

    /**
     * A child writes a part. One whose job has ended or was rolled back by then may leave it behind; if another job has that
     * output next, in its folder.
     */
    void writesTemporary(SimChild child, String file) {
        MasterRecord.Job job = world.storedJob(child.attempt().job());
        if (job == null || job.state().isEnded() || job.generation() > child.generation()) {
            strayFiles.add(file);
        }
    }

    /** I13: what a job has written for a time is gone when it is settled. */
    void nothingLeft(String prefix) {
        for (String file : world.files().names(prefix)) {
            if (!strayFiles.contains(file)) {
                throw new Violation("I13", file + " is left though all is over");
            }
        }
    }

    /** Retention has removed the job: nobody can be told of it any more. */
    boolean isForgotten(JobId job) {
        return forgotten.contains(job);
    }
}
