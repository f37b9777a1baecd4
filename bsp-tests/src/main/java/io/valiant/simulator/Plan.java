package io.valiant.simulator;

import io.valiant.client.ClientConfig;
import io.valiant.groom.core.GroomConfig;
import io.valiant.groom.core.JvmOptions;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.io.RetryWindow;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterConfig.Backoff;
import io.valiant.master.core.MasterConfig.Blacklist;
import io.valiant.protocol.Intervals;
import io.valiant.simulator.engine.SimRandom;
import io.valiant.task.ChildConfig;
import io.valiant.transport.LinkTimes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a seed stands for: the cluster, its times, its jobs, and which faults happen how often. Swarm: each seed turns on
 * some of the faults only, so that rare combinations are not drowned by common ones.
 */
record Plan(
        long seed,
        Times times,
        int grooms,
        int slots,
        List<JobPlan> jobs,
        Map<Fault, Long> faults,
        CallWeather calls,
        StoreWeather store,
        double workerFailure,
        double launchFailure,
        double damage,
        long latencyNs,
        long localNs,
        long faultsEndNs,
        int checkpointInterval,
        int keptCheckpoints,
        Blacklist blacklist,
        Nodes nodes,
        boolean strikesRecoveries,
        boolean isCalm) {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    /** What saving may add to a superstep. */
    private static final long SAVE_NS = 100 * MS;

    /** Two in a hundred: far more than any clock, and less than the formula's least margin. */
    private static final int MOST_DRIFT_PPM = 20_000;

    /** What may go wrong, each at random moments, with a mean time between. */
    enum Fault {
        KILL_CHILD,
        KILL_GROOM,
        KILL_MASTER,
        FREEZE_CHILD,
        FREEZE_GROOM,
        FREEZE_MASTER,
        FREEZE_HOST,
        PARTITION,
        CUT_REPORT,
        CUT_LINK,
        HALF_OPEN_REPORT,
        HALF_OPEN_LINK,
        CANCEL_JOB,
        END_ATTEMPT,
        CLOCK_JUMP,
        /** A frame is lost behind the link that took it. */
        LOSE_FRAME,
        IMPOSTOR,
        FILL_DISK,
        SLOW_HOST,
        /** A groom that dies again and again. */
        FLAP_GROOM,
        /** Others of the plan, at one moment. */
        SEVERAL,
        DAMAGE_PART,
        STOP_TASK,
        /** A spare is killed or frozen while it waits. */
        SPARE,
        /** A program computes longer than it should in a superstep, or for ever. */
        LINGER,
        /** The shared file system answers nobody for a while. */
        STORAGE_AWAY,
        /** Links between two grooms are lost again and again. */
        LOSE_LINKS,
        /** An operator takes a groom out of use for a while, at times for good. */
        DRAIN_GROOM
    }

    /**
     * What grooms and their machines are like.
     *
     * @param spares JVMs that each groom keeps waiting
     * @param progressNs how long a program may compute in a superstep; 0: as long as it likes
     * @param retryWindowNs how long storage that is away is tried again
     * @param driftPpm by how many millionths a clock may be wrong
     */
    record Nodes(int spares, long progressNs, long retryWindowNs, int driftPpm) {}

    /** Time-outs in nanoseconds, drawn near the order that section 4's formula refuses. */
    record Times(
            Intervals intervals,
            long taskOrphanNs,
            long groomOrphanNs,
            long pingIntervalNs,
            long pingTimeoutNs,
            long killGraceNs,
            long callTimeoutNs,
            LinkTimes links,
            Backoff backoff,
            int retainedJobs) {}

    /** One job to be submitted. */
    record JobPlan(
            int number,
            int tasks,
            int supersteps,
            long stepNs,
            int priority,
            int maxRollbacks,
            boolean named,
            boolean plain,
            boolean ownOptions,
            long submitAfterNs) {}

    /** What happens to calls, in shares of all. */
    record CallWeather(double loss, double late, long lateNs, double repeat) {}

    /** What happens to the writes of the master's store, in shares of all. */
    record StoreWeather(double failed, double ambiguous, long latencyNs) {}

    static Plan draw(long seed) {
        SimRandom random = new SimRandom(seed);
        Times times = times(random);
        int grooms = 1 + random.below(4);
        int slots = 1 + random.below(4);
        long faultsEndNs = random.between(3, 20) * SECOND;
        boolean calm = random.chance(0.1);
        long latencyNs = random.between(20, 2_000) * 1_000;
        // on a busy machine a process hears late what another has said, though soon enough for its pings
        long localNs = random.chance(0.6) ? latencyNs / 10 : random.between(0, times.pingIntervalNs / 40);
        List<JobPlan> jobs = jobs(random, grooms * slots, faultsEndNs);
        Nodes nodes = nodes(random, jobs);
        return new Plan(
                seed,
                times,
                grooms,
                slots,
                jobs,
                calm ? harmless(random) : faults(random, nodes),
                calls(random, calm),
                store(random, calm),
                calm || random.chance(0.7) ? 0 : 0.1,
                calm || random.chance(0.7) ? 0 : 0.1,
                calm || random.chance(0.8) ? 0 : 0.01,
                latencyNs,
                localNs,
                faultsEndNs,
                random.chance(0.3) ? 0 : 1 + random.below(6),
                1 + random.below(3),
                new Blacklist((int) random.between(2, 8), random.between(1, 20) * SECOND),
                nodes,
                !calm && random.chance(0.3),
                calm);
    }

    private static Times times(SimRandom random) {
        long heartbeat = random.between(100, 400) * MS;
        long selfFence = 3 * heartbeat + slack(random, 4 * heartbeat);
        long expiry = selfFence + heartbeat + slack(random, 4 * heartbeat);
        long taskOrphan = selfFence - slack(random, selfFence / 2);
        long ping = Math.min(random.between(50, 300) * MS, taskOrphan / 3);
        return new Times(
                new Intervals(heartbeat, selfFence, expiry),
                taskOrphan,
                expiry * random.between(2, 8),
                ping,
                ping * random.between(2, 6) + slack(random, 2 * ping),
                random.between(0, 500) * MS,
                random.between(heartbeat / MS, 3 * heartbeat / MS) * MS,
                links(random),
                new Backoff(random.between(50, 1_000) * MS, 2 * SECOND, 1.2, 20 * SECOND, 600),
                random.chance(0.8) ? 100 : random.below(3));
    }

    private static LinkTimes links(SimRandom random) {
        long resume = random.between(300, 3_000) * MS;
        return new LinkTimes(
                random.between(2_000, 10_000) * MS, resume, resume + random.between(300, 3_000) * MS, 64 << 10);
    }

    /** Often nothing at all, else up to {@code most}. */
    private static long slack(SimRandom random, long most) {
        return random.chance(0.4) ? 0 : random.between(0, most);
    }

    private static List<JobPlan> jobs(SimRandom random, int room, long withinNs) {
        List<JobPlan> jobs = new ArrayList<>();
        int count = 1 + random.below(6);
        for (int i = 0; i < count; i++) {
            jobs.add(new JobPlan(
                    i,
                    1 + random.below(Math.min(room, 6)),
                    1 + random.below(random.chance(0.3) ? 25 : 8),
                    random.between(1, 300) * MS,
                    random.below(3),
                    random.chance(0.7) ? 10 : random.below(4),
                    random.chance(0.2),
                    random.chance(0.25),
                    random.chance(0.2),
                    random.between(0, withinNs / MS / 2) * MS));
        }
        return jobs;
    }

    private static Nodes nodes(SimRandom random, List<JobPlan> jobs) {
        long longestNs = 0;
        for (JobPlan job : jobs) {
            longestNs = Math.max(longestNs, SimRandom.MOST_AROUND * (job.stepNs + SAVE_NS));
        }
        return new Nodes(
                random.chance(0.5) ? 0 : 1 + random.below(2),
                random.chance(0.7) ? 0 : longestNs + SECOND + slack(random, 3 * SECOND),
                random.between(1, 8) * SECOND,
                random.chance(0.5) ? 0 : MOST_DRIFT_PPM);
    }

    /** What costs nobody anything: where nothing else goes wrong all goes on as if nothing had. */
    private static Map<Fault, Long> harmless(SimRandom random) {
        Map<Fault, Long> faults = new EnumMap<>(Fault.class);
        if (random.chance(0.5)) {
            faults.put(Fault.STORAGE_AWAY, random.between(200, 4_000) * MS);
        }
        return faults;
    }

    private static Map<Fault, Long> faults(SimRandom random, Nodes nodes) {
        Map<Fault, Long> faults = new EnumMap<>(Fault.class);
        double share = 0.1 + 0.1 * random.below(5);
        for (Fault fault : Fault.values()) {
            boolean drawn = random.chance(share);
            long meanNs = random.between(200, 8_000) * MS;
            // who computes for ever is ended by nobody else
            if (drawn && (fault != Fault.LINGER || nodes.progressNs > 0)) {
                faults.put(fault, meanNs);
            }
        }
        return faults;
    }

    private static CallWeather calls(SimRandom random, boolean calm) {
        if (calm || random.chance(0.4)) {
            return new CallWeather(0, 0, 0, 0);
        }
        return new CallWeather(
                share(random, 0.4), share(random, 0.3), random.between(10, 3_000) * MS, share(random, 0.2));
    }

    private static StoreWeather store(SimRandom random, boolean calm) {
        boolean sound = calm || random.chance(0.6);
        return new StoreWeather(
                sound ? 0 : share(random, 0.02), sound ? 0 : share(random, 0.02), random.between(100, 20_000) * 1_000);
    }

    private static double share(SimRandom random, double most) {
        return random.chance(0.5) ? 0 : most * random.below(1_001) / 1_000;
    }

    MasterConfig masterConfig() {
        return new MasterConfig(
                times.intervals,
                times.pingTimeoutNs,
                times.intervals.heartbeatNs(),
                times.backoff,
                times.retainedJobs,
                new MasterConfig.Checkpoints(SimPart.SYSTEM, keptCheckpoints),
                blacklist);
    }

    GroomConfig groomConfig(GroomId name) {
        return new GroomConfig(
                name,
                slots,
                new TreeMap<>(),
                "simulated",
                times.intervals,
                times.groomOrphanNs,
                times.pingIntervalNs,
                times.pingTimeoutNs,
                2 * SECOND + times.pingTimeoutNs,
                times.killGraceNs,
                nodes.progressNs,
                JvmOptions.ofCluster(Reference.MEMORY_BYTES, List.of()),
                nodes.spares);
    }

    ChildConfig childConfig(AttemptId attempt, String token) {
        return new ChildConfig(
                attempt, token, times.pingIntervalNs, times.taskOrphanNs, times.pingTimeoutNs, 10 * SECOND);
    }

    ClientConfig clientConfig() {
        return new ClientConfig("the simulated one", 600 * SECOND, 2 * times.callTimeoutNs, 50 * MS, SECOND);
    }

    /** Whether ended jobs may be forgotten while somebody still asks for them. */
    boolean mayForget() {
        return times.retainedJobs < jobs.size();
    }

    LinkTimes linkTimes() {
        return times.links;
    }

    /** By when, after the faults have ended, all must have ended. */
    long livenessBoundNs() {
        long longest = Math.max(
                Math.max(times.intervals.expiryNs(), times.groomOrphanNs),
                Math.max(times.pingTimeoutNs, times.callTimeoutNs));
        long work = 0;
        for (JobPlan job : jobs) {
            work += 4L * job.supersteps * (job.stepNs + SAVE_NS);
        }
        long away = nodes.retryWindowNs + RetryWindow.MOST_PAUSE_NS;
        return 5 * longest + work + 2 * blacklist.periodNs() + 4 * (nodes.progressNs + away) + 60 * SECOND;
    }
}
