package io.valiant.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checked values of all keys. Immutable, safe in any thread; knows no files and no Hadoop ({@link SiteFile} reads them).
 */
public final class BspConfiguration {
    private static final Duration LONGEST_TASK_ORPHAN = Duration.ofSeconds(5);

    private final String source;
    private final SortedMap<String, String> given;

    private BspConfiguration(String source, SortedMap<String, String> given) {
        this.source = source;
        this.given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
    }

    /**
     * Checks names, values and the order of times.
     *
     * @param source where the values came from, for messages
     * @param given names and values; those that do not begin with {@code bsp.} are kept for Hadoop's file systems
     */
    public static BspConfiguration of(String source, SortedMap<String, String> given) throws ConfigurationException {
        List<String> problems = new ArrayList<>(Keys.problems(given));
        BspConfiguration made = new BspConfiguration(source, given);
        if (problems.isEmpty()) {
            problems.addAll(made.timingProblems());
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(source, problems);
        }
        return made;
    }

    /** The built-in defaults. */
    public static BspConfiguration defaults() {
        return new BspConfiguration("built-in defaults", new TreeMap<>());
    }

    /** Refuses servers that other machines can reach without authentication; for the daemons of those roles. */
    public BspConfiguration checkServers(Set<Role> roles) throws ConfigurationException {
        List<String> problems = new ArrayList<>();
        if (!get(Keys.SECURITY_INSECURE)) {
            for (Key<HostPort> key : serverKeys(roles)) {
                reachProblem(key.name(), bound(get(key))).ifPresent(problems::add);
            }
            Optional<HostPort> report = get(Keys.GROOM_REPORT_ADDRESS);
            if (roles.contains(Role.GROOM) && report.isPresent()) {
                reachProblem(Keys.GROOM_REPORT_ADDRESS.name(), bound(report.get()))
                        .ifPresent(problems::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(source, problems);
        }
        return this;
    }

    private static List<Key<HostPort>> serverKeys(Set<Role> roles) {
        List<Key<HostPort>> keys = new ArrayList<>();
        if (roles.contains(Role.MASTER)) {
            keys.add(Keys.MASTER_RPC_ADDRESS);
            keys.add(Keys.MASTER_HTTP_ADDRESS);
        }
        if (roles.contains(Role.GROOM)) {
            keys.add(Keys.GROOM_RPC_ADDRESS);
            keys.add(Keys.GROOM_HTTP_ADDRESS);
            keys.add(Keys.PEER_ADDRESS);
        }
        return keys;
    }

    private static Optional<String> reachProblem(String name, HostPort bound) {
        try {
            return bound.isLoopback()
                    ? Optional.empty()
                    : Optional.of(
                            name + " would be bound to " + bound.host() + ", which other machines can reach without"
                                    + " authentication; set bsp.security.insecure=true to allow it");
        } catch (java.net.UnknownHostException e) {
            return Optional.of(name + ": host " + bound.host() + " is not known on this machine");
        }
    }

    /** Both must hold at every groom, else a LOST groom's children could still be at work (architecture, section 4). */
    private List<String> timingProblems() {
        Duration beat = get(Keys.GROOM_HEARTBEAT_INTERVAL);
        Duration fence = get(Keys.GROOM_SELF_FENCE);
        Duration expiry = get(Keys.GROOM_EXPIRY);
        Duration orphan = get(Keys.TASK_ORPHAN_TIMEOUT);
        Duration ping = get(Keys.TASK_PING_INTERVAL);
        Duration silence = get(Keys.TASK_PING_TIMEOUT);
        List<String> problems = new ArrayList<>();
        order(problems, "3 x bsp.groom.heartbeat.interval", beat.multipliedBy(3), "bsp.groom.self.fence", fence);
        order(
                problems,
                "bsp.groom.self.fence + bsp.groom.heartbeat.interval",
                fence.plus(beat),
                "bsp.groom.expiry",
                expiry);
        order(problems, "bsp.task.orphan.timeout", orphan, "bsp.groom.self.fence", fence);
        order(problems, "2 x bsp.task.ping.interval", ping.multipliedBy(2), "bsp.task.ping.timeout", silence);
        // a child hears of its groom by the answers to its pings
        order(problems, "2 x bsp.task.ping.interval", ping.multipliedBy(2), "bsp.task.orphan.timeout", orphan);
        order(
                problems,
                "bsp.job.backoff.initial",
                get(Keys.BACKOFF_INITIAL),
                "bsp.job.backoff.max",
                get(Keys.BACKOFF_MAX));
        return problems;
    }

    private static void order(List<String> problems, String less, Duration lessIs, String more, Duration moreIs) {
        if (lessIs.compareTo(moreIs) > 0) {
            problems.add(less + " <= " + more + " must hold, but " + KeyType.writeDuration(lessIs) + " > "
                    + KeyType.writeDuration(moreIs));
        }
    }

    /** The value given, or the default. */
    public <T> T get(Key<T> key) {
        String text = given.get(key.name());
        if (text == null) {
            return byDefault(key);
        }
        return key.type().parse(text);
    }

    private <T> T byDefault(Key<T> key) {
        return key.type()
                .parse(SiteVariables.expand(Objects.requireNonNullElseGet(key.defaultText(), () -> derived(key))));
    }

    private String derived(Key<?> key) {
        if (key.equals(Keys.TASK_ORPHAN_TIMEOUT)) {
            Duration fence = get(Keys.GROOM_SELF_FENCE);
            return KeyType.writeDuration(fence.compareTo(LONGEST_TASK_ORPHAN) < 0 ? fence : LONGEST_TASK_ORPHAN);
        }
        if (key.equals(Keys.PEER_ADDRESS)) {
            return get(Keys.GROOM_RPC_ADDRESS).withPort(0).toString();
        }
        if (key.equals(Keys.GROOM_NAME)) {
            return SiteVariables.hostName();
        }
        if (key.equals(Keys.BIND_HOST)) {
            throw new IllegalStateException("bsp.bind.host has no value of its own: use bound(address)");
        }
        throw new IllegalStateException(key + " has no default");
    }

    /** Whether a value was given. */
    public boolean isGiven(Key<?> key) {
        return given.containsKey(key.name());
    }

    /** What a server binds whose address, as others use it, is this. */
    public HostPort bound(HostPort address) {
        String host = given.get(Keys.BIND_HOST.name());
        return host == null ? address : new HostPort(host, address.port());
    }

    /** This configuration with the values that a job brings; they must have passed {@link Keys#jobProblems}. */
    public BspConfiguration withJob(SortedMap<String, String> jobValues) throws ConfigurationException {
        List<String> problems = Keys.jobProblems(jobValues);
        if (!problems.isEmpty()) {
            throw new ConfigurationException("job", problems);
        }
        SortedMap<String, String> merged = new TreeMap<>(given);
        merged.putAll(jobValues);
        return of(source, merged);
    }

    /** All names and values given, Hadoop's included; what {@link #of} makes the same configuration of. */
    public SortedMap<String, String> given() {
        return given;
    }

    /** What holds, for showing: each key with the value that was given or its default, and Hadoop's keys that were given. */
    public SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>(given);
        for (Key<?> key : Keys.all()) {
            // whoever gives no host to bind binds the addresses themselves
            if (!texts.containsKey(key.name()) && !key.equals(Keys.BIND_HOST)) {
                String text = Objects.requireNonNullElseGet(key.defaultText(), () -> derived(key));
                texts.put(key.name(), SiteVariables.expand(text));
            }
        }
        return Collections.unmodifiableSortedMap(texts);
    }

    /** The values given that are Hadoop's: all that do not begin with {@code bsp.}. */
    public SortedMap<String, String> hadoop() {
        SortedMap<String, String> hadoop = new TreeMap<>(given);
        hadoop.keySet().removeIf(name -> name.startsWith("bsp."));
        return Collections.unmodifiableSortedMap(hadoop);
    }

    /** Where the values came from, for messages. */
    public String source() {
        return source;
    }

    /** Both daemons' roles. */
    public static Set<Role> daemons() {
        return EnumSet.of(Role.MASTER, Role.GROOM);
    }

    @Override
    public String toString() {
        return "BspConfiguration[" + source + "]";
    }
}
