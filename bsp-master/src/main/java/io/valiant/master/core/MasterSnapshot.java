package io.valiant.master.core;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the master knew at one moment, for queries and pages. Immutable; entries that did not change are shared between
 * snapshots.
 *
 * @param epoch of the leadership that published it; 0 before the first
 * @param clusterId of the cluster; empty before the first leadership
 * @param jobs in order of their ids
 * @param numbers of the jobs, parallel to {@code jobs}: their order of submission
 * @param grooms in order of their names, LOST ones included
 */
public record MasterSnapshot(
        long epoch, String clusterId, List<JobStatus> jobs, List<Long> numbers, List<GroomStatus> grooms) {
    /** Before the first leadership. */
    public static final MasterSnapshot EMPTY = new MasterSnapshot(0, "", List.of(), List.of(), List.of());

    public MasterSnapshot {
        Objects.requireNonNull(clusterId, "clusterId");
        jobs = List.copyOf(jobs);
        numbers = List.copyOf(numbers);
        grooms = List.copyOf(grooms);
        if (jobs.size() != numbers.size()) {
            throw new IllegalArgumentException(jobs.size() + " jobs with " + numbers.size() + " numbers");
        }
    }

    /** The job of that id, or null. */
    public JobStatus job(JobId id) {
        int low = 0;
        int high = jobs.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = jobs.get(middle).id().compareTo(id.value());
            if (order == 0) {
                return jobs.get(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** The jobs in order of submission, newest last. */
    public List<JobStatus> jobsByNumber() {
        return inOrder(Comparator.comparing(numbers::get)).map(jobs::get).toList();
    }

    /**
     * The jobs, newest first.
     *
     * @param below only those submitted before the job of that number
     */
    public Stream<JobStatus> newestJobs(long below) {
        return inOrder(Comparator.comparing((Integer i) -> numbers.get(i)).reversed())
                .filter(i -> numbers.get(i) < below)
                .map(jobs::get);
    }

    private Stream<Integer> inOrder(Comparator<Integer> order) {
        return IntStream.range(0, jobs.size()).boxed().sorted(order);
    }

    /** The number of that job, which has to be there. */
    public long number(JobStatus job) {
        return numbers.get(jobs.indexOf(job));
    }

    /** The groom of that name, or null. */
    public GroomStatus groom(GroomId id) {
        for (GroomStatus groom : grooms) {
            if (groom.name().equals(id.value())) {
                return groom;
            }
        }
        return null;
    }

    /** How many jobs are in that state. */
    public int jobsIn(JobState state) {
        int count = 0;
        for (JobStatus job : jobs) {
            if (job.state() == state) {
                count++;
            }
        }
        return count;
    }

    /** How many grooms are in that state. */
    public int groomsIn(GroomState state) {
        int count = 0;
        for (GroomStatus groom : grooms) {
            if (groom.state() == state) {
                count++;
            }
        }
        return count;
    }

    /** Slots of the grooms that are not LOST. */
    public int slots() {
        int sum = 0;
        for (GroomStatus groom : grooms) {
            if (groom.state() != GroomState.LOST) {
                sum += groom.slots();
            }
        }
        return sum;
    }

    /** Slots of the grooms that are not LOST that hold an attempt whose process may still be there. */
    public int slotsUsed() {
        int sum = 0;
        for (GroomStatus groom : grooms) {
            if (groom.state() != GroomState.LOST) {
                sum += groom.slotsUsed();
            }
        }
        return sum;
    }
}
