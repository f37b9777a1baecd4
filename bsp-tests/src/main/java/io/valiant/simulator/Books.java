package io.valiant.simulator;

import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.id.TaskId;
import io.valiant.master.core.MasterRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The master's records as an outsider keeps them: what one master process has loaded and then said, in order. Invariants
 * are judged here, on nothing the core itself has concluded.
 */
final class Books {
    private final TreeMap<JobId, MasterRecord.Job> jobs = new TreeMap<>();
    private final TreeMap<GroomId, MasterRecord.Groom> grooms = new TreeMap<>();
    private final TreeMap<AttemptId, MasterRecord.Attempt> attempts = new TreeMap<>();
    private final TreeMap<JobId, MasterRecord.Checkpoints> checkpoints = new TreeMap<>();
    private MasterRecord.Cluster cluster;

    Books(Collection<MasterRecord> rows) {
        for (MasterRecord row : rows) {
            put(row);
        }
    }

    /** A row that changed. {@code before} is null where the row is new. */
    record Change(MasterRecord before, MasterRecord after) {}

    /** Takes what one step of the core said; answers what changed by it. */
    List<Change> take(List<MasterRecord> records) {
        List<Change> changes = new ArrayList<>(records.size());
        for (MasterRecord record : records) {
            changes.add(new Change(put(record), record));
        }
        return changes;
    }

    private MasterRecord put(MasterRecord row) {
        if (row instanceof MasterRecord.Job job) {
            return jobs.put(job.id(), job);
        }
        if (row instanceof MasterRecord.Groom groom) {
            return grooms.put(groom.id(), groom);
        }
        if (row instanceof MasterRecord.Attempt attempt) {
            return attempts.put(attempt.id(), attempt);
        }
        if (row instanceof MasterRecord.Cluster now) {
            MasterRecord before = cluster;
            cluster = now;
            return before;
        }
        if (row instanceof MasterRecord.Checkpoints now) {
            return checkpoints.put(now.job(), now);
        }
        if (row instanceof MasterRecord.Forget forget) {
            checkpoints.remove(forget.id());
            attempts.keySet().removeIf(id -> id.job().equals(forget.id()));
            return jobs.remove(forget.id());
        }
        return null;
    }

    MasterRecord.Cluster cluster() {
        return cluster;
    }

    MasterRecord.Job job(JobId id) {
        return jobs.get(id);
    }

    /** The checkpoints of a job, or null. */
    MasterRecord.Checkpoints checkpoints(JobId job) {
        return checkpoints.get(job);
    }

    Collection<MasterRecord.Job> jobs() {
        return jobs.values();
    }

    MasterRecord.Groom groom(GroomId id) {
        return grooms.get(id);
    }

    Collection<MasterRecord.Groom> grooms() {
        return grooms.values();
    }

    MasterRecord.Attempt attempt(AttemptId id) {
        return attempts.get(id);
    }

    Collection<MasterRecord.Attempt> attempts() {
        return attempts.values();
    }

    /** All attempts of a job, by task, then number. */
    Collection<MasterRecord.Attempt> attempts(JobId job) {
        return attempts.subMap(new AttemptId(job, 0, 1), new AttemptId(job, Integer.MAX_VALUE, 1))
                .values();
    }

    /** All attempts of a task, by number. */
    Collection<MasterRecord.Attempt> attempts(TaskId task) {
        return attempts.subMap(
                        new AttemptId(task.job(), task.index(), 1),
                        true,
                        new AttemptId(task.job(), task.index(), Integer.MAX_VALUE),
                        true)
                .values();
    }
}
