package io.valiant.client;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.Cluster;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.JobWatch;
import io.valiant.bsp.MasterStatus;
import io.valiant.concurrent.RandomSource;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Keys;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.local.JobSpecs;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.Submission;
import io.valiant.protocol.ipc.IpcConnections;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import io.valiant.time.SystemPauses;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A cluster as its users see it. Masters may come and go meanwhile. Safe in any thread. */
public final class ClusterClient implements Cluster {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final BspConfiguration configuration;
    private final RandomSource random;
    private final AutoCloseable connections;
    private final ClientDriver driver;
    private final ClientProtocol calls;

    private ClusterClient(
            BspConfiguration configuration,
            ClientProtocol master,
            AutoCloseable connections,
            Clock clock,
            RandomSource random) {
        Duration timeout = configuration.get(Keys.CLIENT_TIMEOUT);
        this.configuration = configuration;
        this.random = random;
        this.connections = connections;
        this.driver = new ClientDriver(
                master,
                new ClientConfig(
                        configuration.get(Keys.MASTER_RPC_ADDRESS).toString(),
                        timeout.toNanos(),
                        least(timeout, LONGEST_CALL).toNanos(),
                        FIRST_PAUSE.toNanos(),
                        LONGEST_PAUSE.toNanos()),
                clock,
                random);
        this.calls = new SteadyCalls(driver);
    }

    /** Makes a client of the configuration's master; whether one is there shows at the first call. */
    public static ClusterClient connect(BspConfiguration configuration) {
        Duration timeout = configuration.get(Keys.CLIENT_TIMEOUT);
        IpcConnections connections =
                new IpcConnections("client", least(timeout, LONGEST_CONNECT), least(timeout, LONGEST_CALL));
        ClientProtocol master = connections.client(configuration.get(Keys.MASTER_RPC_ADDRESS));
        return started(
                new ClusterClient(configuration, master, connections, SystemClock.INSTANCE, new SecureRandomSource()));
    }

    /** For tests: any way to reach a master. */
    static ClusterClient of(BspConfiguration configuration, ClientProtocol master, Clock clock, RandomSource random) {
        return started(new ClusterClient(configuration, master, () -> {}, clock, random));
    }

    private static ClusterClient started(ClusterClient client) {
        client.driver.start();
        return client;
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public JobHandle submit(BspJob job) throws BspException {
        return new ClusterJob(submitted(job), this, false);
    }

    JobId submitted(BspJob job) throws BspException {
        JobSpec spec = JobSpecs.of(job, configuration);
        Staging staging = new Staging(new FileStores(configuration.hadoop()), random);
        try {
            if (!spec.jars().isEmpty() || !spec.data().files().isEmpty()) {
                String systemDir = answer(calls.cluster()).systemDir();
                List<String> jars = staging.stage(spec.jars(), systemDir);
                spec = spec.withStaged(jars, staging.stage(spec.data().files(), systemDir));
            }
            Submission submission = answer(calls.submit(spec));
            if (submission.existed()) {
                // the first submission brought its own
                staging.discard();
            }
            return submission.job();
        } catch (CallException e) {
            if (e.kind() != BspException.Kind.RETRIABLE) {
                staging.discard(e);
            }
            throw e;
        }
    }

    /** A handle of a job that was submitted by anybody; whether it is there shows at its first use. */
    public JobHandle handle(JobId job) {
        return new ClusterJob(job, this, false);
    }

    @Override
    public JobHandle job(String id) throws BspException {
        if (!JobId.isValid(id)) {
            throw ErrorCode.JOB_NOT_FOUND.with("no job '" + id + "': that is no job id");
        }
        JobHandle handle = handle(new JobId(id));
        JobStatus unused = handle.status();
        return handle;
    }

    @Override
    public List<JobStatus> jobs() throws BspException {
        return JobListing.all(calls, JobQuery.of(null, null));
    }

    @Override
    public List<JobStatus> jobs(JobState state) throws BspException {
        return JobListing.all(calls, JobQuery.of(state, null));
    }

    @Override
    public JobWatch watch() {
        return new PollingWatch(calls, SystemClock.INSTANCE, SystemPauses.INSTANCE);
    }

    @Override
    public List<MasterStatus> masters() throws BspException {
        return answer(calls.masters());
    }

    @Override
    public MasterStatus leader() throws BspException {
        return leader(masters());
    }

    /** The one among them that leads. */
    public static MasterStatus leader(List<MasterStatus> masters) throws BspException {
        return masters.stream()
                .filter(MasterStatus::isLeader)
                .findFirst()
                .orElseThrow(() -> ErrorCode.NO_LEADER.with("no master leads now; try again"));
    }

    @Override
    public List<GroomStatus> grooms() throws BspException {
        return answer(calls.grooms());
    }

    /** The master's calls; each is repeated until it is answered or {@code bsp.client.timeout} is over. */
    public ClientProtocol calls() {
        return calls;
    }

    ClientDriver driver() {
        return driver;
    }

    /** Waits for an answer; what the future failed with is thrown. */
    public static <T> T answer(CompletableFuture<T> future) throws BspException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw CallException.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BspException(BspException.Kind.RETRIABLE, "interrupted while waiting for the master", e);
        }
    }

    @Override
    public void close() {
        driver.close();
        try {
            connections.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing the connections", e);
        }
    }
}
