package io.valiant.master.rpc;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.MasterStatus;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ClusterStatus;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What is answered from the last stored snapshot, in the caller's thread: for IPC and HTTP alike. Safe in any thread. */
public final class Queries {
    private static final String MASTER = "master";

    private final Supplier<MasterSnapshot> stored;
    private final Supplier<MasterRpcServer.Facts> facts;

    /**
     * @param stored the last stored snapshot, epoch 0 while the master does not lead
     * @param facts what a snapshot does not tell
     */
    public Queries(Supplier<MasterSnapshot> stored, Supplier<MasterRpcServer.Facts> facts) {
        this.stored = stored;
        this.facts = facts;
    }

    private MasterSnapshot snapshot() throws CallException {
        MasterSnapshot snapshot = stored.get();
        if (snapshot.epoch() == 0) {
            throw ErrorCode.NO_LEADER.with("the master does not lead yet; try again");
        }
        return snapshot;
    }

    /** {@link ErrorCode#JOB_NOT_FOUND}. */
    public JobStatus job(JobId id) throws CallException {
        JobStatus job = snapshot().job(id);
        if (job == null) {
            throw ErrorCode.JOB_NOT_FOUND.with("no job " + id + "; bsp job list shows those there are");
        }
        return job;
    }

    /** {@link ErrorCode#BAD_REQUEST} where {@code after} is not of an earlier page. */
    public JobPage jobs(JobQuery query) throws CallException {
        MasterSnapshot snapshot = snapshot();
        long after = number(query.after());
        int[] order = IntStream.range(0, snapshot.jobs().size())
                .filter(i -> snapshot.numbers().get(i) > after
                        && matches(snapshot.jobs().get(i), query))
                .boxed()
                .sorted((a, b) -> Long.compare(
                        snapshot.numbers().get(a), snapshot.numbers().get(b)))
                .mapToInt(i -> i)
                .toArray();
        List<JobStatus> page = new ArrayList<>();
        for (int i = 0; i < Math.min(order.length, query.limit()); i++) {
            page.add(snapshot.jobs().get(order[i]));
        }
        boolean more = order.length > page.size();
        return new JobPage(page, more ? Long.toString(snapshot.numbers().get(order[page.size() - 1])) : null);
    }

    private static boolean matches(JobStatus job, JobQuery query) {
        return (query.state() == null || job.state() == query.state())
                && (query.user() == null || query.user().equals(job.user()));
    }

    private static long number(String token) throws CallException {
        try {
            return token == null ? Long.MIN_VALUE : Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw new CallException(ErrorCode.BAD_REQUEST, "'" + token + "' is not the token of a page of jobs", e);
        }
    }

    public List<GroomStatus> grooms() throws CallException {
        return snapshot().grooms();
    }

    /** {@link ErrorCode#GROOM_NOT_FOUND}. */
    public GroomStatus groom(GroomId id) throws CallException {
        GroomStatus groom = snapshot().groom(id);
        if (groom == null) {
            throw ErrorCode.GROOM_NOT_FOUND.with("no groom " + id + "; bsp groom list shows those there are");
        }
        return groom;
    }

    public ClusterStatus cluster() throws CallException {
        MasterSnapshot snapshot = snapshot();
        SortedMap<String, Long> jobs = new TreeMap<>();
        for (JobState state : JobState.values()) {
            put(jobs, state.name(), snapshot.jobsIn(state));
        }
        SortedMap<String, Long> grooms = new TreeMap<>();
        for (GroomState state : GroomState.values()) {
            put(grooms, state.name(), snapshot.groomsIn(state));
        }
        MasterRpcServer.Facts f = facts.get();
        return new ClusterStatus(
                snapshot.clusterId(),
                f.address(),
                f.http(),
                snapshot.epoch(),
                f.version(),
                f.startedAt(),
                f.systemDir(),
                grooms,
                snapshot.slots(),
                snapshot.slotsUsed(),
                jobs);
    }

    /** All masters; so far there is one. */
    public List<MasterStatus> masters() throws CallException {
        MasterRpcServer.Facts f = facts.get();
        return List.of(
                new MasterStatus(MASTER, f.address(), f.http(), true, snapshot().epoch()));
    }

    /** {@link ErrorCode#NO_LEADER}. */
    public MasterStatus leader() throws CallException {
        return masters().get(0);
    }

    /** What the configuration says, key by key, secrets masked. */
    public SortedMap<String, String> configuration() {
        return facts.get().configuration();
    }

    /** The folder that all processes share. */
    public String systemDir() {
        return facts.get().systemDir();
    }

    private static void put(SortedMap<String, Long> counts, String state, long count) {
        if (count > 0) {
            counts.put(state, count);
        }
    }
}
