package io.valiant.master;

import io.valiant.master.core.MasterConfig;
import io.valiant.protocol.Intervals;

/** Configurations of masters in tests: the defaults of the contract, but for what is given. */
final class Configs {
    private static final long GRACE_NS = 1_000 * MasterHarness.MS;
    private static final Intervals INTERVALS =
            new Intervals(500 * MasterHarness.MS, 7_000 * MasterHarness.MS, 10_000 * MasterHarness.MS);
    private static final MasterConfig.Backoff BACKOFF = new MasterConfig.Backoff(
            5_000 * MasterHarness.MS, 300_000 * MasterHarness.MS, 1.2, 600_000 * MasterHarness.MS, 600);
    private static final MasterConfig.Checkpoints CHECKPOINTS = new MasterConfig.Checkpoints("/system", 2);
    private static final MasterConfig.Blacklist BLACKLIST = new MasterConfig.Blacklist(5, 600_000 * MasterHarness.MS);

    private Configs() {}

    static MasterConfig defaults() {
        return of(GRACE_NS, 10_000, BLACKLIST);
    }

    /** Blacklists a groom after so many failures in that time. */
    static MasterConfig blacklisting(int failures, long periodMs) {
        return of(GRACE_NS, 100, new MasterConfig.Blacklist(failures, periodMs * MasterHarness.MS));
    }

    /** Remembers so many ended jobs, and waits for nothing. */
    static MasterConfig retaining(int jobs) {
        return of(0, jobs, BLACKLIST);
    }

    private static MasterConfig of(long graceNs, int retainedJobs, MasterConfig.Blacklist blacklist) {
        return new MasterConfig(INTERVALS, graceNs, graceNs, BACKOFF, retainedJobs, CHECKPOINTS, blacklist);
    }
}
