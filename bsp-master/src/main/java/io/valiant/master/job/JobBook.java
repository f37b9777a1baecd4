package io.valiant.master.job;

import io.valiant.id.JobId;
import io.valiant.master.core.MasterRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which jobs there are and were: names, numbers, keys, and how long ended ones are kept. */
final class JobBook {
    /** Of so many ended jobs supersteps are kept, up to 20 kB each: they would take most of the memory of 10,000. */
    private static final int MOST_WITH_SUPERSTEPS = 256;

    private String clusterId;
    private long epoch;
    private long nextJob = 1;
    private boolean dirty;

    private final TreeMap<JobId, JobInProgress> byId = new TreeMap<>();
    private final TreeMap<String, JobInProgress> byKey = new TreeMap<>();

    /** Jobs that have not ended or still owe something, by number. */
    private final TreeMap<Long, JobInProgress> open = new TreeMap<>();

    /** Jobs that have ended and owe nothing, by number; in the order they settled in, those of an earlier leadership first. */
    private final Map<Long, JobInProgress> settled = new LinkedHashMap<>();

    /** Jobs that have ended and whose supersteps are kept, in the order they settled in. */
    private final Set<JobInProgress> withSupersteps = new LinkedHashSet<>();

    /** Names of forgotten jobs that their submitters chose; the master's own names are used by their number. */
    private final TreeSet<JobId> forgottenNames = new TreeSet<>();

    void load(MasterRecord.Cluster row) {
        clusterId = row.clusterId();
        epoch = row.epoch();
        nextJob = row.nextJob();
    }

    void load(MasterRecord.Forget row) {
        forgottenNames.add(row.id());
    }

    void add(JobInProgress job) {
        byId.put(job.id, job);
        if (job.spec.idempotencyKey() != null) {
            byKey.put(job.spec.idempotencyKey(), job);
        }
        (job.isSettled() ? settled : open).put(job.number, job);
    }

    /** All is loaded: jobs of an earlier leadership are forgotten in the order they ended in. */
    void loaded() {
        List<JobInProgress> ended = new ArrayList<>(settled.values());
        ended.sort(Comparator.comparing(JobInProgress::finishedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparingLong(job -> job.number));
        settled.clear();
        ended.forEach(job -> settled.put(job.number, job));
    }

    /** The next leadership begins. */
    void raiseEpoch(String idOfNewCluster) {
        if (clusterId == null) {
            clusterId = idOfNewCluster;
        }
        epoch++;
        forgottenNames.removeIf(this::isGivenName);
    }

    MasterRecord.Cluster row() {
        return new MasterRecord.Cluster(clusterId, epoch, nextJob);
    }

    long epoch() {
        return epoch;
    }

    String clusterId() {
        return clusterId;
    }

    /** What the next job will get. */
    long nextNumber() {
        return nextJob;
    }

    long takeNumber() {
        dirty = true;
        return nextJob++;
    }

    /** Whether the row has to be stored; not so any more after the call. */
    boolean takeDirty() {
        boolean was = dirty;
        dirty = false;
        return was;
    }

    JobInProgress get(JobId id) {
        return byId.get(id);
    }

    JobInProgress withKey(String key) {
        return key == null ? null : byKey.get(key);
    }

    /** Why nobody may choose that name, or null. */
    String whyNotFree(JobId name) {
        if (byId.containsKey(name)) {
            return "there is a job " + name + " already";
        }
        if (forgottenNames.contains(name)) {
            return "there was a job " + name + " already";
        }
        return isGivenName(name) ? "names like " + name + " are given by the master" : null;
    }

    /** Whether the master has given that name, or will. */
    private boolean isGivenName(JobId name) {
        String prefix = "job_" + clusterId + "_";
        String text = name.value();
        return text.startsWith(prefix)
                && text.substring(prefix.length()).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    Collection<JobInProgress> all() {
        return byId.values();
    }

    /** Jobs that have not ended or still owe something, in order of submission. A copy: it may be walked while they change. */
    List<JobInProgress> open() {
        return new ArrayList<>(open.values());
    }

    /** A job that owes nothing any more goes before its time. */
    void delete(JobInProgress job) {
        open.remove(job.number);
        settled.remove(job.number);
        forget(job);
    }

    private void forget(JobInProgress job) {
        byId.remove(job.id);
        withSupersteps.remove(job);
        if (job.spec.idempotencyKey() != null) {
            byKey.remove(job.spec.idempotencyKey());
        }
        if (!isGivenName(job.id)) {
            forgottenNames.add(job.id);
        }
    }

    /** The job owes nothing any more; returns those that are too many now, oldest first, which are forgotten. */
    List<JobId> settle(JobInProgress job, int retained) {
        List<JobId> forgotten = new ArrayList<>();
        open.remove(job.number);
        if (settled.put(job.number, job) == null) {
            keepSupersteps(job);
        }
        while (settled.size() > retained) {
            JobInProgress oldest = settled.values().iterator().next();
            settled.remove(oldest.number);
            forget(oldest);
            forgotten.add(oldest.id);
        }
        return forgotten;
    }

    private void keepSupersteps(JobInProgress job) {
        withSupersteps.add(job);
        if (withSupersteps.size() > MOST_WITH_SUPERSTEPS) {
            JobInProgress oldest = withSupersteps.iterator().next();
            withSupersteps.remove(oldest);
            oldest.timeline().drop();
        }
    }
}
