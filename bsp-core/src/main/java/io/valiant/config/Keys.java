package io.valiant.config;

import static io.valiant.config.Role.CHILD;
import static io.valiant.config.Role.CLIENT;
import static io.valiant.config.Role.GROOM;
import static io.valiant.config.Role.MASTER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every key there is. A key not listed here is an unknown key, and refused. */
public final class Keys {
    private static final String LEAST_TIME = "200ms";

    public static final Key<HostPort> MASTER_RPC_ADDRESS = Key.of(
            "bsp.master.rpc.address",
            KeyType.address(),
            "127.0.0.1:40000",
            "where clients and grooms reach the master",
            MASTER,
            GROOM,
            CLIENT);

    public static final Key<HostPort> MASTER_HTTP_ADDRESS = Key.of(
            "bsp.master.http.address",
            KeyType.address(),
            "127.0.0.1:40013",
            "where browsers and scripts reach the master",
            MASTER,
            CLIENT);

    public static final Key<String> GROOM_NAME = Key.of(
                    "bsp.groom.name",
                    KeyType.text(
                            "name",
                            "",
                            text -> text.matches("[A-Za-z0-9][-.:_A-Za-z0-9]{0,252}"),
                            "is not a name (letters, digits, - . : _, at most 253)"),
                    null,
                    "the groom's name, unique in the cluster",
                    GROOM)
            .otherwise("the host's name");

    public static final Key<HostPort> GROOM_RPC_ADDRESS = Key.of(
            "bsp.groom.rpc.address",
            KeyType.address(),
            "127.0.0.1:50000",
            "where the master reaches the groom's worker server",
            GROOM);

    public static final Key<HostPort> GROOM_HTTP_ADDRESS = Key.of(
            "bsp.groom.http.address",
            KeyType.address(),
            "127.0.0.1:40015",
            "where browsers and scripts reach the groom",
            GROOM);

    public static final Key<Optional<HostPort>> GROOM_REPORT_ADDRESS = Key.of(
            "bsp.groom.report.address",
            KeyType.addressOrUnix(),
            "unix:",
            "where children reach their groom: a Unix-domain socket, or an address",
            GROOM);

    public static final Key<SortedMap<String, String>> GROOM_LABELS =
            Key.of("bsp.groom.labels", KeyType.labels(), "", "what job selectors can ask for", GROOM);

    public static final Key<Integer> TASKS_MAXIMUM = Key.of(
            "bsp.tasks.maximum", KeyType.integer(1, 10_000), "3", "slots of a groom: tasks it runs at a time", GROOM);

    public static final Key<HostPort> PEER_ADDRESS = Key.of(
                    "bsp.peer.address",
                    KeyType.address(),
                    null,
                    "where children reach each other; port 0: each chooses its own",
                    GROOM)
            .otherwise("host of bsp.groom.rpc.address, port 0");

    public static final Key<PeerTransport> PEER_TRANSPORT = Key.of(
                    "bsp.peer.transport",
                    KeyType.choice(PeerTransport.labels(), PeerTransport::of),
                    "auto",
                    "links between children of one machine: shared memory, Unix-domain sockets or TCP; auto: the best"
                            + " that can be made",
                    GROOM,
                    CHILD)
            .forJobs();

    public static final Key<String> BIND_HOST = Key.of(
                    "bsp.bind.host",
                    KeyType.text("host", "", text -> text.matches("[^\\s/]+"), "is not a host"),
                    null,
                    "the host that servers bind, where it is not the one that others use",
                    MASTER,
                    GROOM)
            .otherwise("the host of each address");

    public static final Key<String> LOCAL_DIR = Key.of(
            "bsp.local.dir",
            KeyType.text("folder", "", text -> text.startsWith("/"), "is not an absolute path"),
            "${java.io.tmpdir}/bsp-${user.name}",
            "folder of a groom on its own disk: working folders, logs, spilled messages",
            GROOM);

    public static final Key<String> SYSTEM_DIR = Key.of(
            "bsp.system.dir",
            KeyType.text(
                    "location",
                    "",
                    text -> text.startsWith("/") || text.matches("[a-z][a-z0-9+.-]*:/.*"),
                    "is neither an absolute path nor a URI"),
            "${user.home}/.bsp/system",
            "folder that all processes share: staged jars",
            MASTER,
            GROOM,
            CLIENT);

    public static final Key<String> MASTER_STATE_DIR = Key.of(
            "bsp.master.state.dir",
            KeyType.text("folder", "", text -> text.startsWith("/"), "is not an absolute path"),
            "${user.home}/.bsp/master",
            "folder of the master on its own disk: what it must not forget",
            MASTER);

    public static final Key<Integer> TASK_MAX_ATTEMPTS = Key.of(
                    "bsp.task.max.attempts",
                    KeyType.integer(1, 1000),
                    "3",
                    "charged attempts a task has; the last failure fails the job",
                    MASTER,
                    CLIENT)
            .forJobs();

    public static final Key<Integer> JOB_MAX_ROLLBACKS = Key.of(
                    "bsp.job.max.rollbacks",
                    KeyType.integer(0, 1_000_000),
                    "10",
                    "roll-backs in which nobody is charged that a job survives",
                    MASTER,
                    CLIENT)
            .forJobs();

    public static final Key<Duration> GROOM_HEARTBEAT_INTERVAL = Key.of(
            "bsp.groom.heartbeat.interval",
            KeyType.duration(LEAST_TIME, "1h"),
            "500ms",
            "time between heartbeats",
            MASTER,
            GROOM);

    public static final Key<Duration> GROOM_EXPIRY = Key.of(
            "bsp.groom.expiry",
            KeyType.duration(LEAST_TIME, "1d"),
            "10s",
            "without a heartbeat for so long a groom is LOST",
            MASTER,
            GROOM);

    public static final Key<Duration> GROOM_SELF_FENCE = Key.of(
            "bsp.groom.self.fence",
            KeyType.duration(LEAST_TIME, "1d"),
            "7s",
            "without an answer for so long a groom holds: its children pass no barrier",
            MASTER,
            GROOM);

    public static final Key<Duration> GROOM_ORPHAN_TIMEOUT = Key.of(
            "bsp.groom.orphan.timeout",
            KeyType.duration(LEAST_TIME, "30d"),
            "10m",
            "without a master for so long a groom kills its children",
            GROOM);

    public static final Key<Duration> GROOM_DISK_CHECK_INTERVAL = Key.of(
            "bsp.groom.disk.check.interval",
            KeyType.duration(LEAST_TIME, "1d"),
            "5s",
            "time between looks at bsp.local.dir",
            GROOM);

    public static final Key<Long> GROOM_DISK_MIN_FREE = Key.of(
            "bsp.groom.disk.min.free",
            KeyType.bytes("0", "1000t"),
            "1g",
            "with less room in bsp.local.dir a groom takes no tasks",
            GROOM);

    public static final Key<Duration> TASK_ORPHAN_TIMEOUT = Key.of(
                    "bsp.task.orphan.timeout",
                    KeyType.duration(LEAST_TIME, "1d"),
                    null,
                    "without its groom for so long a child leaves",
                    GROOM,
                    CHILD)
            .otherwise("min(5s, bsp.groom.self.fence)");

    public static final Key<Duration> TASK_PING_INTERVAL = Key.of(
            "bsp.task.ping.interval",
            KeyType.duration(LEAST_TIME, "1h"),
            "1s",
            "time between pings of a child to its groom",
            GROOM,
            CHILD);

    public static final Key<Duration> TASK_PING_TIMEOUT = Key.of(
                    "bsp.task.ping.timeout",
                    KeyType.duration(LEAST_TIME, "1d"),
                    "5s",
                    "a child silent for so long (plus 1s per 4g of heap) is killed",
                    GROOM)
            .forJobs();

    public static final Key<Duration> TASK_KILL_GRACE = Key.of(
            "bsp.task.kill.grace",
            KeyType.duration(LEAST_TIME, "10m"),
            "2s",
            "time between asking a child to end and killing it",
            GROOM);

    public static final Key<List<String>> TASK_JAVA_OPTS = Key.of(
                    "bsp.task.java.opts", KeyType.words(), "", "more options of child JVMs", GROOM, CLIENT)
            .forJobs();

    public static final Key<Long> TASK_MEMORY = Key.of(
                    "bsp.task.memory", KeyType.bytes("16m", "16t"), "1g", "maximum heap of a child", GROOM, CLIENT)
            .forJobs();

    public static final Key<Integer> TASK_THREADS = Key.of(
                    "bsp.task.threads",
                    KeyType.integer(1, 1000),
                    "1",
                    "threads with which a task of a graph job whose values are primitive parses files and computes",
                    CHILD,
                    CLIENT)
            .forJobs();

    public static final Key<Integer> MASTER_RETENTION_JOBS = Key.of(
            "bsp.master.retention.jobs",
            KeyType.integer(1, 10_000_000),
            "10000",
            "ended jobs that the master remembers",
            MASTER);

    public static final Key<Double> MESSAGE_MEMORY_FRACTION = Key.of(
                    "bsp.message.memory.fraction",
                    KeyType.decimal(0.01, 0.9),
                    "0.3",
                    "share of a child's heap for messages; above it they spill to disk",
                    GROOM,
                    CHILD)
            .forJobs();

    public static final Key<Long> MESSAGE_MAX_BYTES = Key.of(
                    "bsp.message.max.bytes", KeyType.bytes("1k", "1t"), "1g", "longest single message", GROOM, CHILD)
            .forJobs();

    public static final Key<Duration> FS_RETRY_WINDOW = Key.of(
                    "bsp.fs.retry.window",
                    KeyType.duration(LEAST_TIME, "1d"),
                    "60s",
                    "how long a file system may be away before it is a failure",
                    MASTER,
                    GROOM,
                    CHILD)
            .forJobs();

    public static final Key<Integer> CHECKPOINT_INTERVAL = Key.of(
                    "bsp.checkpoint.interval",
                    KeyType.integer(0, 1_000_000_000),
                    "0",
                    "supersteps between checkpoints; 0: none for their number",
                    GROOM,
                    CHILD)
            .forJobs();

    public static final Key<Duration> CHECKPOINT_PERIOD = Key.of(
                    "bsp.checkpoint.period",
                    KeyType.durationOrOff(LEAST_TIME, "30d"),
                    "60s",
                    "time between checkpoints",
                    GROOM,
                    CHILD)
            .forJobs();

    public static final Key<Integer> CHECKPOINT_KEEP = Key.of(
            "bsp.checkpoint.keep", KeyType.integer(1, 1000), "2", "checkpoints of a running job that are kept", MASTER);

    public static final Key<Integer> GROOM_SPARE_CHILDREN = Key.of(
            "bsp.groom.spare.children",
            KeyType.integer(0, 1000),
            "1",
            "child JVMs that a groom starts before they are needed",
            GROOM);

    public static final Key<Integer> GROOM_BLACKLIST_FAILURES = Key.of(
            "bsp.groom.blacklist.failures",
            KeyType.integer(1, 1_000_000),
            "5",
            "charged failures of several jobs that blacklist a groom",
            MASTER);

    public static final Key<Duration> GROOM_BLACKLIST_PERIOD = Key.of(
            "bsp.groom.blacklist.period",
            KeyType.duration(LEAST_TIME, "30d"),
            "10m",
            "how long a groom stays blacklisted, and how long failures count",
            MASTER);

    public static final Key<Duration> TASK_PROGRESS_TIMEOUT = Key.of(
                    "bsp.task.progress.timeout",
                    KeyType.durationOrOff(LEAST_TIME, "30d"),
                    "off",
                    "a child that computes so long in one superstep is killed",
                    GROOM)
            .forJobs();

    public static final Key<Duration> BACKOFF_INITIAL = Key.of(
            "bsp.job.backoff.initial",
            KeyType.duration(LEAST_TIME, "1d"),
            "5s",
            "wait before a job that lost its infrastructure is tried again",
            MASTER);

    public static final Key<Duration> BACKOFF_MAX =
            Key.of("bsp.job.backoff.max", KeyType.duration(LEAST_TIME, "30d"), "5m", "longest such wait", MASTER);

    public static final Key<Double> BACKOFF_MULTIPLIER = Key.of(
            "bsp.job.backoff.multiplier",
            KeyType.decimal(1, 10),
            "1.2",
            "each such wait is longer than the one before by this factor",
            MASTER);

    public static final Key<Duration> BACKOFF_RESET = Key.of(
            "bsp.job.backoff.reset",
            KeyType.duration(LEAST_TIME, "30d"),
            "10m",
            "after running for so long a job starts with the first wait again",
            MASTER);

    public static final Key<Integer> BACKOFF_MAX_TRIES = Key.of(
            "bsp.job.backoff.max.tries",
            KeyType.integer(1, 1_000_000),
            "600",
            "tries after which such a job is FAILED",
            MASTER);

    public static final Key<Duration> CLIENT_TIMEOUT = Key.of(
            "bsp.client.timeout",
            KeyType.duration(LEAST_TIME, "1d"),
            "30s",
            "how long a client looks for a master that answers",
            CLIENT);

    public static final Key<Long> LOG_ATTEMPT_MAX_BYTES = Key.of(
                    "bsp.log.attempt.max.bytes",
                    KeyType.bytes("4k", "1t"),
                    "64m",
                    "what is kept of each of an attempt's stdout and stderr",
                    GROOM)
            .forJobs();

    public static final Key<Long> UPLOAD_MAX_BYTES = Key.of(
            "bsp.upload.max.bytes",
            KeyType.bytes("1k", "1t"),
            "512m",
            "most bytes of a job that is submitted over HTTP, jars and side files together",
            MASTER);

    public static final Key<Boolean> SECURITY_INSECURE = Key.of(
            "bsp.security.insecure",
            KeyType.bool(),
            "false",
            "whether servers may be reached from other machines without authentication",
            MASTER,
            GROOM);

    private static final List<Key<?>> ALL = List.of(
            MASTER_RPC_ADDRESS,
            MASTER_HTTP_ADDRESS,
            GROOM_NAME,
            GROOM_RPC_ADDRESS,
            GROOM_HTTP_ADDRESS,
            GROOM_REPORT_ADDRESS,
            GROOM_LABELS,
            TASKS_MAXIMUM,
            PEER_ADDRESS,
            PEER_TRANSPORT,
            BIND_HOST,
            LOCAL_DIR,
            SYSTEM_DIR,
            MASTER_STATE_DIR,
            TASK_MAX_ATTEMPTS,
            JOB_MAX_ROLLBACKS,
            GROOM_HEARTBEAT_INTERVAL,
            GROOM_EXPIRY,
            GROOM_SELF_FENCE,
            GROOM_ORPHAN_TIMEOUT,
            GROOM_DISK_CHECK_INTERVAL,
            GROOM_DISK_MIN_FREE,
            TASK_ORPHAN_TIMEOUT,
            TASK_PING_INTERVAL,
            TASK_PING_TIMEOUT,
            TASK_KILL_GRACE,
            TASK_JAVA_OPTS,
            TASK_MEMORY,
            TASK_THREADS,
            MASTER_RETENTION_JOBS,
            MESSAGE_MEMORY_FRACTION,
            MESSAGE_MAX_BYTES,
            FS_RETRY_WINDOW,
            CHECKPOINT_INTERVAL,
            CHECKPOINT_PERIOD,
            CHECKPOINT_KEEP,
            GROOM_SPARE_CHILDREN,
            GROOM_BLACKLIST_FAILURES,
            GROOM_BLACKLIST_PERIOD,
            TASK_PROGRESS_TIMEOUT,
            BACKOFF_INITIAL,
            BACKOFF_MAX,
            BACKOFF_MULTIPLIER,
            BACKOFF_RESET,
            BACKOFF_MAX_TRIES,
            CLIENT_TIMEOUT,
            LOG_ATTEMPT_MAX_BYTES,
            UPLOAD_MAX_BYTES,
            SECURITY_INSECURE);

    private static final SortedMap<String, Key<?>> BY_NAME = byName();

    private Keys() {}

    /** All keys in the order people read them. */
    public static List<Key<?>> all() {
        return ALL;
    }

    /** The key of that name, or empty. */
    public static Optional<Key<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** What is wrong with each {@code bsp.*} name and value, one line each; other names are not looked at. */
    static List<String> problems(SortedMap<String, String> values) {
        List<String> problems = new ArrayList<>();
        values.forEach((name, value) -> {
            Key<?> key = BY_NAME.get(name);
            if (key != null) {
                problem(key, value).ifPresent(problems::add);
            } else if (name.startsWith("bsp.")) {
                problems.add("unknown key " + name + Spelling.hint(name, BY_NAME.keySet()));
            }
        });
        return problems;
    }

    /** What is wrong with values that a job brings: the same, and keys that are not open to jobs. */
    public static List<String> jobProblems(SortedMap<String, String> values) {
        List<String> problems = problems(values);
        values.keySet().forEach(name -> {
            Key<?> key = BY_NAME.get(name);
            if (key != null && !key.perJob()) {
                problems.add(name + " is the cluster's and cannot be given for one job");
            } else if (key == null && !name.startsWith("bsp.")) {
                problems.add("unknown key " + name);
            }
        });
        return problems;
    }

    private static Optional<String> problem(Key<?> key, String value) {
        try {
            key.type().parse(value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(key.name() + " = '" + value + "' " + e.getMessage());
        }
    }

    private static SortedMap<String, Key<?>> byName() {
        SortedMap<String, Key<?>> byName = new TreeMap<>();
        for (Key<?> key : ALL) {
            if (byName.put(key.name(), key) != null) {
                throw new IllegalStateException("key " + key.name() + " is listed twice");
            }
        }
        return Collections.unmodifiableSortedMap(byName);
    }
}
