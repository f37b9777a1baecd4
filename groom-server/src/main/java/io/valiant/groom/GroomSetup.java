package io.valiant.groom;

import io.valiant.bsp.BspException;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Keys;
import io.valiant.groom.core.GroomConfig;
import io.valiant.groom.core.JvmOptions;
import io.valiant.groom.launch.ChildClassPath;
import io.valiant.groom.launch.LaunchConfig;
import io.valiant.id.GroomId;
import io.valiant.protocol.Intervals;
import io.valiant.transport.PeerFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a groom's daemon is started with.
 *
 * @param configuration checked
 * @param java the command that children are started with
 * @param childClassPath jar by jar
 * @param childArchive of that class path's class data; empty for none
 * @param childMain main class of children
 * @param pidFolder where {@code groom.pid} and {@code groom.ready} are written; empty: nowhere
 */
public record GroomSetup(
        BspConfiguration configuration,
        Path java,
        List<Path> childClassPath,
        Optional<Path> childArchive,
        String childMain,
        Optional<Path> pidFolder) {
    private static final Duration START_ALLOWANCE = Duration.ofSeconds(60);
    private static final int PING_TIMEOUTS_TO_START = 4;
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);
    private static final int CALLS_IN_SELF_FENCE = 3;

    public GroomSetup {
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(childArchive, "childArchive");
        Objects.requireNonNull(childMain, "childMain");
        Objects.requireNonNull(pidFolder, "pidFolder");
        childClassPath = List.copyOf(childClassPath);
    }

    /** As the start script tells it: by system properties bsp.dist, bsp.child.archive, bsp.pid.dir; with this JVM's java. */
    static GroomSetup ofThisProcess(BspConfiguration configuration) throws BspException {
        String dist = System.getProperty("bsp.dist");
        if (dist == null) {
            throw BspException.user("the folder of the build is not known (-Dbsp.dist): use bin/start-groom.sh");
        }
        return new GroomSetup(
                configuration,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                ChildClassPath.read(Path.of(dist)),
                Optional.ofNullable(System.getProperty("bsp.child.archive")).map(Path::of),
                LaunchConfig.CHILD_MAIN,
                Optional.ofNullable(System.getProperty("bsp.pid.dir")).map(Path::of));
    }

    GroomConfig coreConfig(String version) {
        Duration ping = configuration.get(Keys.TASK_PING_TIMEOUT);
        Duration start = ping.multipliedBy(PING_TIMEOUTS_TO_START);
        return new GroomConfig(
                new GroomId(configuration.get(Keys.GROOM_NAME)),
                configuration.get(Keys.TASKS_MAXIMUM),
                configuration.get(Keys.GROOM_LABELS),
                version,
                new Intervals(
                        configuration.get(Keys.GROOM_HEARTBEAT_INTERVAL).toNanos(),
                        configuration.get(Keys.GROOM_SELF_FENCE).toNanos(),
                        configuration.get(Keys.GROOM_EXPIRY).toNanos()),
                configuration.get(Keys.GROOM_ORPHAN_TIMEOUT).toNanos(),
                configuration.get(Keys.TASK_PING_INTERVAL).toNanos(),
                ping.toNanos(),
                (start.compareTo(START_ALLOWANCE) > 0 ? start : START_ALLOWANCE).toNanos(),
                configuration.get(Keys.TASK_KILL_GRACE).toNanos(),
                configuration.get(Keys.TASK_PROGRESS_TIMEOUT).toNanos(),
                childOptions(),
                configuration.get(Keys.GROOM_SPARE_CHILDREN));
    }

    private JvmOptions childOptions() {
        return JvmOptions.ofCluster(configuration.get(Keys.TASK_MEMORY), configuration.get(Keys.TASK_JAVA_OPTS));
    }

    LaunchConfig launchConfig(String reportAddress, Optional<PeerFolder> peers) {
        return new LaunchConfig(
                java,
                childClassPath,
                childArchive,
                childMain,
                reportAddress,
                peers,
                configuration,
                childOptions(),
                Runtime.getRuntime().availableProcessors());
    }

    /** How long a call to the master may take: a lost answer must not make the groom hold. */
    Duration callTimeout() {
        Duration share = configuration.get(Keys.GROOM_SELF_FENCE).dividedBy(CALLS_IN_SELF_FENCE);
        return share.compareTo(LONGEST_CALL) < 0 ? share : LONGEST_CALL;
    }
}
