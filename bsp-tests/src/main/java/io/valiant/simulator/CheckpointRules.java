package io.valiant.simulator;

import io.valiant.id.JobId;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.TaskAssignment;
import io.valiant.simulator.Books.Change;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** I6: what is restored is the newest good stored checkpoint, complete for all tasks, never a mix. */
final class CheckpointRules {
    private static final String I6 = "I6";

    private final World world;

    /** What each generation of a job was told to restore, by job and generation. */
    private final TreeMap<String, String> told = new TreeMap<>();

    CheckpointRules(World world) {
        this.world = world;
    }

    // ---- the master

    /** Judges one step: what changed, and the books after it. */
    void judge(List<Change> changes, Books books) {
        for (Change change : changes) {
            if (change.after() instanceof MasterRecord.Checkpoints row) {
                MasterRecord.Checkpoints before = (MasterRecord.Checkpoints) change.before();
                for (MasterRecord.Checkpoint kept : row.kept()) {
                    if (before == null || !before.kept().contains(kept)) {
                        isComplete(kept.ref(), books.job(row.job()), generationBefore(changes, row.job()));
                        world.oracle().count("checkpoints");
                    }
                }
            } else if (change.after() instanceof MasterRecord.Job job
                    && change.before() instanceof MasterRecord.Job before) {
                isNewest(before, job, books.checkpoints(job.id()));
            }
        }
    }

    /** A checkpoint is pointed to only when its manifest and all its parts, of one generation and superstep, are there. */
    private void isComplete(CheckpointRef ref, MasterRecord.Job job, long generationBefore) {
        if (ref.generation() != job.generation() && ref.generation() != generationBefore) {
            throw new Violation(I6, ref + " of " + job.id() + " is stored in generation " + job.generation());
        }
        if (world.files().isHurt(ref.folder())) {
            return;
        }
        List<CheckpointPart> parts = SimPart.parts(world.files(), ref);
        if (parts == null || parts.size() != job.spec().tasks()) {
            throw new Violation(
                    I6,
                    ref + " of " + job.id() + " is stored, its manifest has " + (parts == null ? "nothing" : parts));
        }
        for (int task = 0; task < parts.size(); task++) {
            isRight(ref, job, task);
        }
    }

    private void isRight(CheckpointRef ref, MasterRecord.Job job, int task) {
        SimPart part = SimPart.load(world.files(), ref, task);
        String wrong = part == null
                ? "cannot be read"
                : part.generation() != ref.generation() || part.superstep() != ref.superstep() || part.task() != task
                        ? "is of g" + part.generation() + " s" + part.superstep() + " t" + part.task()
                        : part.hash() != Reference.hash(job.spec(), task, ref.superstep()) ? "has a wrong state" : null;
        if (wrong != null) {
            throw new Violation(I6, "part " + task + " of " + ref + " of " + job.id() + " " + wrong);
        }
    }

    /** The job's generation before the step, in which it may have been rolled back; 0 where it did not change. */
    private static long generationBefore(List<Change> changes, JobId job) {
        for (Change change : changes) {
            if (change.before() instanceof MasterRecord.Job before
                    && before.id().equals(job)) {
                return before.generation();
            }
        }
        return 0;
    }

    /** A generation begins from the newest that is kept, and does not change its mind. */
    private static void isNewest(MasterRecord.Job before, MasterRecord.Job after, MasterRecord.Checkpoints row) {
        if (after.generation() == before.generation()) {
            if (!Objects.equals(before.restore(), after.restore())) {
                throw new Violation(
                        I6,
                        after.id() + " g" + after.generation() + " restores " + before.restore() + ", then "
                                + after.restore());
            }
            return;
        }
        CheckpointRef newest = row == null || row.kept().isEmpty()
                ? null
                : row.kept().get(row.kept().size() - 1).ref();
        if (!Objects.equals(newest, after.restore())) {
            throw new Violation(
                    I6,
                    after.id() + " g" + after.generation() + " restores " + after.restore() + ", the newest kept is "
                            + newest);
        }
    }

    /** Nothing is removed that the store points to, or that the present generation began from: it may be read at any time. */
    void removes(JobId job, String folder) {
        MasterRecord.Job stored = world.storedJob(job);
        if (stored == null || stored.state().isEnded()) {
            return;
        }
        boolean restored = stored.restore() != null && stored.restore().folder().equals(folder);
        boolean kept = false;
        for (MasterRecord.Checkpoint checkpoint : world.storedCheckpoints(job)) {
            kept |= checkpoint.ref().folder().equals(folder);
        }
        if (restored || kept) {
            throw new Violation(I6, folder + " is removed though " + job + " may restore it");
        }
    }

    // ---- children

    /** All tasks of a generation begin from the same, which is what is stored. */
    void told(TaskAssignment assignment) {
        String generation = assignment.attempt().job() + " g" + assignment.generation();
        String now = String.valueOf(assignment.restore());
        String before = told.putIfAbsent(generation, now);
        if (before != null && !before.equals(now)) {
            throw new Violation(I6, assignment.attempt() + " restores " + now + ", another task " + before);
        }
        MasterRecord.Job stored = world.storedJob(assignment.attempt().job());
        boolean current = stored != null && stored.generation() == assignment.generation();
        if (current && !Objects.equals(stored.restore(), assignment.restore())) {
            throw new Violation(I6, assignment.attempt() + " restores " + now + ", stored is " + stored.restore());
        }
    }

    /** What a task has restored is its own state as it would have been without any fault. */
    void restored(SimChild child, CheckpointRef ref, SimPart part) {
        boolean right = part.job().equals(child.attempt().job().value())
                && part.generation() == ref.generation()
                && part.superstep() == ref.superstep()
                && part.task() == child.attempt().task()
                && part.steps() == ref.superstep()
                && part.hash() == Reference.hash(child.spec(), part.task(), ref.superstep());
        if (!right) {
            throw new Violation(I6, child + " restores " + part + " for " + ref);
        }
        world.oracle().count("restores");
    }
}
