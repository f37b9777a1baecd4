package io.valiant.client;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobResult;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.Progress;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.JobId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A job on a cluster. */
final class ClusterJob implements JobHandle {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final JobId id;
    private final ClusterClient client;
    private final boolean ownsClient;

    /** @param ownsClient whether {@link #close()} closes the client too */
    ClusterJob(JobId id, ClusterClient client, boolean ownsClient) {
        this.id = id;
        this.client = client;
        this.ownsClient = ownsClient;
    }

    @Override
    public String id() {
        return id.value();
    }

    @Override
    public JobStatus status() throws BspException {
        return ClusterClient.answer(client.calls().job(id));
    }

    @Override
    public JobResult await(Progress progress) throws BspException {
        return await(null, progress);
    }

    @Override
    public JobResult await(Duration atMost, Progress progress) throws BspException {
        LinkedBlockingQueue<Runnable> told = new LinkedBlockingQueue<>();
        CompletableFuture<Object> end =
                client.driver().follow(id, STEP, atMost, status -> told.add(() -> tell(progress, status)));
        CompletableFuture<?> unused = end.whenComplete((status, failure) -> told.add(() -> {}));
        try {
            while (!end.isDone()) {
                told.take().run();
            }
        } catch (InterruptedException e) {
            end.cancel(false);
            Thread.currentThread().interrupt();
            throw new BspException(
                    BspException.Kind.RETRIABLE, "interrupted while waiting for " + id + "; the job goes on", e);
        }
        JobStatus status = (JobStatus) ClusterClient.answer(end);
        if (status == null) {
            return null;
        }
        progress.update(status);
        return new JobResult(status);
    }

    private void tell(Progress progress, JobStatus status) {
        List<SuperstepStatus> newest = List.of();
        int wanted = progress.wantedSupersteps();
        if (wanted > 0 && status.state() == JobState.RUNNING) {
            try {
                newest = supersteps(wanted);
            } catch (BspException e) {
                // only a line that is shown lacks something: whoever follows the job hears what is wrong
                newest = List.of();
            }
        }
        progress.update(status, newest);
    }

    @Override
    public List<SuperstepStatus> supersteps(int last) throws BspException {
        return ClusterClient.answer(client.calls().supersteps(id, last));
    }

    @Override
    public void cancel() throws BspException {
        ClusterClient.answer(client.calls().cancel(id));
    }

    @Override
    public void close() {
        if (ownsClient) {
            client.close();
        }
    }

    @Override
    public String toString() {
        return "ClusterJob[" + id + "]";
    }
}
