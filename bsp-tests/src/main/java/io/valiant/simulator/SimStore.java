package io.valiant.simulator;

import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The master's tables on a disk that survives every process: whole rows by key, a batch all or nothing. */
final class SimStore {
    private final TreeMap<String, MasterRecord> rows = new TreeMap<>();

    /** One transaction. */
    void commit(Collection<MasterRecord> batch) {
        for (MasterRecord row : batch) {
            put(row);
        }
    }

    private void put(MasterRecord row) {
        if (row instanceof MasterRecord.Forget forget) {
            forget(forget.id());
        }
        rows.put(key(row), row);
    }

    private void forget(JobId job) {
        rows.values()
                .removeIf(row -> (row instanceof MasterRecord.Job j && j.id().equals(job))
                        || (row instanceof MasterRecord.Splits s && s.job().equals(job))
                        || (row instanceof MasterRecord.Checkpoints c && c.job().equals(job))
                        || (row instanceof MasterRecord.Attempt a
                                && a.id().job().equals(job)));
    }

    List<MasterRecord.Job> jobs() {
        return rows.values().stream()
                .filter(MasterRecord.Job.class::isInstance)
                .map(MasterRecord.Job.class::cast)
                .toList();
    }

    List<MasterRecord.Groom> grooms() {
        return rows.values().stream()
                .filter(MasterRecord.Groom.class::isInstance)
                .map(MasterRecord.Groom.class::cast)
                .toList();
    }

    /** Its table's place in the order of loading, then its key. */
    static String key(MasterRecord row) {
        if (row instanceof MasterRecord.Cluster) {
            return "0";
        }
        if (row instanceof MasterRecord.Groom groom) {
            return "1 " + groom.id();
        }
        if (row instanceof MasterRecord.Job job) {
            return "2 " + job.id();
        }
        if (row instanceof MasterRecord.Splits splits) {
            return "3 " + splits.job();
        }
        if (row instanceof MasterRecord.Checkpoints checkpoints) {
            return checkpointsKey(checkpoints.job());
        }
        if (row instanceof MasterRecord.Attempt attempt) {
            return key(attempt.id());
        }
        return "5 " + ((MasterRecord.Forget) row).id();
    }

    static String checkpointsKey(JobId job) {
        return "3c " + job;
    }

    static String key(AttemptId attempt) {
        return "4 " + attempt.job() + " " + digits(attempt.task()) + " " + digits(attempt.number());
    }

    private static String digits(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, 6 - digits.length())) + digits;
    }

    /** All rows, tables in the order cluster, grooms, jobs, splits, checkpoints, attempts, names of forgotten jobs. */
    List<MasterRecord> rows() {
        return new ArrayList<>(rows.values());
    }

    MasterRecord row(String key) {
        return rows.get(key);
    }
}
