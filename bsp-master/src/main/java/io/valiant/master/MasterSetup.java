package io.valiant.master;

import io.valiant.concurrent.RandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.config.Key;
import io.valiant.config.Keys;
import io.valiant.master.core.MasterConfig;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.Intervals;
import io.valiant.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * What a master stands on.
 *
 * @param configuration checked
 * @param random the machine's
 * @param clock the machine's
 * @param grooms the worker server at an address
 */
record MasterSetup(
        BspConfiguration configuration, RandomSource random, Clock clock, Function<HostPort, GroomProtocol> grooms) {
    /** From the first report of a lost link until the job is rolled back: an exit takes at most that long to be reported. */
    private static final Duration LINK_LOSS_GRACE = Duration.ofSeconds(1);

    private static final Duration ABSENCE_GRACE = Duration.ofSeconds(1);

    /** What the core may know of the configuration. */
    MasterConfig decisions() {
        Intervals intervals = new Intervals(
                nanos(Keys.GROOM_HEARTBEAT_INTERVAL), nanos(Keys.GROOM_SELF_FENCE), nanos(Keys.GROOM_EXPIRY));
        MasterConfig.Backoff backoff = new MasterConfig.Backoff(
                nanos(Keys.BACKOFF_INITIAL),
                nanos(Keys.BACKOFF_MAX),
                configuration.get(Keys.BACKOFF_MULTIPLIER),
                nanos(Keys.BACKOFF_RESET),
                configuration.get(Keys.BACKOFF_MAX_TRIES));
        return new MasterConfig(
                intervals,
                LINK_LOSS_GRACE.toNanos(),
                ABSENCE_GRACE.toNanos(),
                backoff,
                configuration.get(Keys.MASTER_RETENTION_JOBS),
                new MasterConfig.Checkpoints(
                        configuration.get(Keys.SYSTEM_DIR), configuration.get(Keys.CHECKPOINT_KEEP)),
                new MasterConfig.Blacklist(
                        configuration.get(Keys.GROOM_BLACKLIST_FAILURES), nanos(Keys.GROOM_BLACKLIST_PERIOD)));
    }

    private long nanos(Key<Duration> key) {
        return configuration.get(key).toNanos();
    }
}
