package io.valiant.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.bsp.BspException;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.config.Keys;
import io.valiant.config.SiteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A cluster of real daemons under a folder, driven only by {@code bin/bsp} and {@code bin/start-*.sh} of a built checkout.
 * Commands may be run from any thread, all else from the one that started it.
 */
public final class ClusterFixture implements AutoCloseable {
    /** The master's name. */
    public static final String MASTER = "master";

    private static final long COMMAND_LIMIT_S = 900;

    private final Path home;
    private final Path folder;
    private final ClusterShape shape;
    private final Map<String, List<String>> places = new TreeMap<>();

    private ClusterFixture(Path home, Path folder, ClusterShape shape) {
        this.home = home;
        this.folder = folder;
        this.shape = shape;
    }

    /**
     * Starts a cluster.
     *
     * @param home the checkout, holding {@code bin/}
     * @param folder for everything of this cluster; is created
     */
    public static ClusterFixture start(Path home, Path folder, ClusterShape shape) throws IOException {
        Files.createDirectories(folder);
        ClusterFixture cluster = new ClusterFixture(home, folder.toRealPath(), shape);
        List<String> command = new ArrayList<>(List.of("cluster", "start", "--dir", cluster.folder.toString()));
        command.addAll(List.of("--grooms", "" + shape.grooms(), "--slots", "" + shape.slots()));
        shape.keys().forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
        Outcome outcome = cluster.run(command);
        if (outcome.code() != 0) {
            cluster.close();
            throw new IOException("cluster start: " + outcome.told());
        }
        return cluster;
    }

    /** From now on that daemon, or with {@link #MASTER} also every client, is started by this prefix of a command. */
    public void place(String daemon, List<String> prefix) {
        places.put(daemon, List.copyOf(prefix));
    }

    /** The folder of this cluster. */
    public Path folder() {
        return folder;
    }

    public ClusterShape shape() {
        return shape;
    }

    /** The configuration clients use. */
    public Path conf() {
        return folder.resolve("conf");
    }

    private Path conf(String daemon) {
        return daemon.equals(MASTER) ? conf() : conf().resolve(daemon);
    }

    /** A daemon's local folder, its own disk. */
    public Path local(String groom) {
        return folder.resolve("local").resolve(groom);
    }

    /** The groom under whose local folder a child works. */
    public String groomOf(long child) throws IOException {
        Path at = Path.of(ProcessScan.workingFolder(child));
        for (String groom : grooms()) {
            if (at.startsWith(local(groom))) {
                return groom;
            }
        }
        throw new IOException("child " + child + " works in no groom's folder: '" + at + "'");
    }

    public Path logs(String daemon) {
        return folder.resolve("logs").resolve(daemon);
    }

    /** The text of a daemon's log. */
    public String log(String daemon) throws IOException {
        return Files.readString(logs(daemon).resolve(kind(daemon) + ".log"));
    }

    /** {@code groom-1} and so on. */
    public List<String> grooms() {
        return IntStream.rangeClosed(1, shape.grooms())
                .mapToObj(number -> "groom-" + number)
                .toList();
    }

    /** The master's name, then the grooms'. */
    public List<String> daemons() {
        List<String> daemons = new ArrayList<>(List.of(MASTER));
        daemons.addAll(grooms());
        return daemons;
    }

    /** A daemon's process by its pid file; -1 if it does not run. */
    public long pid(String daemon) throws IOException {
        Path file = folder.resolve("run").resolve(daemon).resolve(kind(daemon) + ".pid");
        if (!Files.exists(file)) {
            return -1;
        }
        String text = Files.readString(file).strip();
        long pid = text.isEmpty() ? -1 : Long.parseLong(text);
        return ProcessScan.commandLine(pid).contains(folder.toString()) ? pid : -1;
    }

    private static String kind(String daemon) {
        return daemon.equals(MASTER) ? MASTER : "groom";
    }

    /** Runs {@code bin/bsp --config <conf> …} to its end. */
    public Outcome bsp(String... arguments) throws IOException {
        return begin(conf(), List.of(arguments)).end(COMMAND_LIMIT_S);
    }

    /** Starts {@code bin/bsp --config <conf> …}. */
    public Command begin(Path conf, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("--config", conf.toString()));
        command.addAll(arguments);
        return Command.start(words(command));
    }

    /** As {@link #bsp} with {@code --json}; the document, whatever the exit code. */
    public JsonNode json(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add("--json");
        return bsp(command.toArray(String[]::new)).json();
    }

    /** What {@code groom status} tells of one groom. */
    public JsonNode groom(String name) throws IOException {
        return json("groom", "status", name);
    }

    /** Starts a daemon again on its addresses and state. */
    public void start(String daemon) throws IOException {
        start(daemon, new TreeMap<>());
    }

    /** The same with more variables in its environment. */
    public void start(String daemon, SortedMap<String, String> environment) throws IOException {
        Outcome outcome = beginStart(daemon, environment).end(COMMAND_LIMIT_S);
        if (outcome.code() != 0) {
            throw new IOException("start of " + daemon + ": " + outcome.told());
        }
    }

    /** Begins to start a daemon. */
    public Command beginStart(String daemon, SortedMap<String, String> environment) throws IOException {
        return Command.start(script("start-", daemon), environment);
    }

    /** Stops a daemon as an operator does. */
    public void stop(String daemon) throws IOException {
        Outcome outcome = Command.run(script("stop-", daemon), COMMAND_LIMIT_S);
        if (outcome.code() != 0) {
            throw new IOException("stop of " + daemon + ": " + outcome.told());
        }
    }

    private List<String> script(String verb, String daemon) {
        List<String> command = new ArrayList<>(places.getOrDefault(daemon, List.of()));
        command.add(home.resolve("bin/" + verb + kind(daemon) + ".sh").toString());
        command.addAll(List.of("--config", conf(daemon).toString()));
        return command;
    }

    /** Changes a daemon's configuration; it reads it at its next start. */
    public void configure(String daemon, SortedMap<String, String> keys) throws IOException {
        write(conf(daemon), conf(daemon), keys);
    }

    /** A configuration folder for clients that differs from the cluster's in these keys. */
    public Path clientConf(String name, SortedMap<String, String> keys) throws IOException {
        Path clients = Files.createDirectories(folder.resolve("clients").resolve(name));
        write(conf(), clients, keys);
        return clients;
    }

    private static void write(Path from, Path to, SortedMap<String, String> keys) throws IOException {
        try {
            SortedMap<String, String> values =
                    new TreeMap<>(SiteFile.load(from, new TreeMap<>()).given());
            values.putAll(keys);
            SiteFile.write(to, values);
        } catch (BspException e) {
            throw new IOException("configuration " + to + ": " + e.getMessage(), e);
        }
    }

    /** The configuration of clients, or with a groom's name its own. */
    public BspConfiguration configuration(String daemon) throws IOException {
        try {
            return SiteFile.load(conf(daemon), new TreeMap<>());
        } catch (BspException e) {
            throw new IOException("configuration of " + daemon + ": " + e.getMessage(), e);
        }
    }

    /** Every address a daemon listens on. */
    public List<HostPort> addresses(String daemon) throws IOException {
        BspConfiguration own = configuration(daemon);
        return daemon.equals(MASTER)
                ? List.of(own.get(Keys.MASTER_RPC_ADDRESS), own.get(Keys.MASTER_HTTP_ADDRESS))
                : List.of(own.get(Keys.GROOM_RPC_ADDRESS), own.get(Keys.GROOM_HTTP_ADDRESS));
    }

    private List<String> words(List<String> arguments) {
        List<String> command = new ArrayList<>(places.getOrDefault(MASTER, List.of()));
        command.add(home.resolve("bin/bsp").toString());
        command.addAll(arguments);
        return command;
    }

    private Outcome run(List<String> arguments) throws IOException {
        return Command.run(words(arguments), COMMAND_LIMIT_S);
    }

    /** Stops the cluster; its folder stays. */
    @Override
    public void close() throws IOException {
        Outcome outcome = run(List.of("cluster", "stop", "--dir", folder.toString()));
        if (outcome.code() != 0) {
            throw new IOException("cluster stop: " + outcome.told());
        }
    }
}
