package io.valiant.local;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobResult;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.Progress;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.time.SystemClock;
import java.time.Duration;
import java.util.List;

/** A job of this JVM as its submitter sees it. */
final class LocalHandle implements JobHandle {
    private static final long PROGRESS_NS = 250_000_000L;

    /** Nobody waits longer; in nanoseconds, more would overflow. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);

    private final LocalJob job;

    LocalHandle(LocalJob job) {
        this.job = job;
    }

    @Override
    public String id() {
        return job.id().value();
    }

    @Override
    public JobStatus status() {
        return job.status();
    }

    @Override
    public JobResult await(Progress progress) throws BspException {
        return await(Long.MAX_VALUE, progress);
    }

    @Override
    public JobResult await(Duration atMost, Progress progress) throws BspException {
        return await(atMost.compareTo(LONGEST_WAIT) > 0 ? Long.MAX_VALUE : atMost.toNanos(), progress);
    }

    private JobResult await(long atMostNs, Progress progress) throws BspException {
        long beganNs = SystemClock.INSTANCE.nanoTime();
        while (true) {
            long leftNs = atMostNs - (SystemClock.INSTANCE.nanoTime() - beganNs);
            boolean ended = awaitEnd(Math.max(0, Math.min(leftNs, PROGRESS_NS)));
            JobStatus status = job.status();
            int wanted = progress.wantedSupersteps();
            progress.update(status, wanted > 0 ? supersteps(wanted) : List.of());
            if (ended) {
                return new JobResult(status);
            }
            if (leftNs <= 0) {
                return null;
            }
        }
    }

    private boolean awaitEnd(long forNs) throws BspException {
        try {
            return job.awaitEnd(forNs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BspException(BspException.Kind.RETRIABLE, "waiting for job " + id() + " was interrupted", e);
        }
    }

    @Override
    public List<SuperstepStatus> supersteps(int last) {
        List<SuperstepStatus> all = job.supersteps();
        return all.subList(Math.max(0, all.size() - last), all.size());
    }

    @Override
    public void cancel() {
        job.cancel();
    }

    @Override
    public void close() {}
}
