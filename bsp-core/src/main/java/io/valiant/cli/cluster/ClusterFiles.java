package io.valiant.cli.cluster;

import io.valiant.bsp.BspException;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.config.Key;
import io.valiant.config.Keys;
import io.valiant.config.SiteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes the configuration folders of a local cluster. Addresses, once chosen, stay: they are read back from there. */
final class ClusterFiles {
    private static final String HOST = "127.0.0.1";

    private final ClusterFolder folder;
    private final ClusterPlan plan;
    private final Path home;
    private final SortedMap<String, SortedMap<String, String>> addresses = new TreeMap<>();

    ClusterFiles(ClusterFolder folder, ClusterPlan plan, Path home) {
        this.folder = folder;
        this.plan = plan;
        this.home = home;
    }

    /** The master's name, then the grooms'. */
    List<String> daemons() {
        List<String> daemons = new ArrayList<>(List.of(ClusterFolder.MASTER));
        for (int number = 1; number <= plan.grooms(); number++) {
            daemons.add(ClusterFolder.groom(number));
        }
        return daemons;
    }

    /** Addresses of an earlier start, or new ones. */
    void chooseAddresses() throws BspException {
        for (String daemon : daemons()) {
            if (Files.exists(folder.conf(daemon).resolve(SiteFile.NAME))) {
                BspConfiguration before = SiteFile.load(folder.conf(daemon), new TreeMap<>());
                addresses.put(daemon, own(daemon, before.get(rpc(daemon)), before.get(http(daemon))));
            } else {
                chooseAddresses(daemon);
            }
        }
    }

    /** New addresses for a daemon whose ports are taken. */
    void chooseAddresses(String daemon) throws BspException {
        List<Integer> ports = Ports.free(2);
        addresses.put(daemon, own(daemon, new HostPort(HOST, ports.get(0)), new HostPort(HOST, ports.get(1))));
    }

    private static SortedMap<String, String> own(String daemon, HostPort rpc, HostPort http) {
        SortedMap<String, String> own = new TreeMap<>();
        own.put(rpc(daemon).name(), rpc.toString());
        own.put(http(daemon).name(), http.toString());
        return own;
    }

    static Key<HostPort> rpc(String daemon) {
        return daemon.equals(ClusterFolder.MASTER) ? Keys.MASTER_RPC_ADDRESS : Keys.GROOM_RPC_ADDRESS;
    }

    static Key<HostPort> http(String daemon) {
        return daemon.equals(ClusterFolder.MASTER) ? Keys.MASTER_HTTP_ADDRESS : Keys.GROOM_HTTP_ADDRESS;
    }

    private SortedMap<String, String> common() {
        SortedMap<String, String> values = new TreeMap<>();
        values.put(Keys.SYSTEM_DIR.name(), folder.system().toString());
        values.put(Keys.MASTER_STATE_DIR.name(), folder.state().toString());
        values.putAll(plan.keys());
        values.putAll(addresses.getOrDefault(ClusterFolder.MASTER, new TreeMap<>()));
        return values;
    }

    /** Writes everything that the daemons read. */
    void write() throws BspException {
        try {
            for (Path dir : List.of(folder.conf(), folder.system(), folder.state(), folder.locals())) {
                ClusterFolder.makePrivate(dir);
            }
            for (String daemon : daemons()) {
                write(daemon);
            }
            for (String groom : folder.grooms()) {
                if (!addresses.containsKey(groom)) {
                    remove(folder.conf(groom));
                }
            }
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "cannot write under " + folder.root() + ": " + e, e);
        }
    }

    private void write(String daemon) throws IOException, BspException {
        Path conf = folder.conf(daemon);
        SortedMap<String, String> values = common();
        values.putAll(addresses.get(daemon));
        if (!daemon.equals(ClusterFolder.MASTER)) {
            values.put(Keys.GROOM_NAME.name(), daemon);
            values.put(Keys.LOCAL_DIR.name(), folder.local(daemon).toString());
            ClusterFolder.makePrivate(folder.local(daemon));
        }
        ClusterFolder.makePrivate(conf);
        ClusterFolder.makePrivate(folder.run(daemon));
        ClusterFolder.makePrivate(folder.logs(daemon));
        SiteFile.write(conf, values);
        Files.writeString(conf.resolve("bsp-env.sh"), environment(daemon));
        Files.copy(
                home.resolve("conf").resolve("log4j2.xml"),
                conf.resolve("log4j2.xml"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** The configuration of a groom that an earlier start had and this one has not. */
    private static void remove(Path conf) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(conf)) {
            entries.forEach(files::add);
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(conf);
    }

    /** Small heaps: many daemons share one machine. What the caller's environment says comes last and wins. */
    private String environment(String daemon) {
        boolean master = daemon.equals(ClusterFolder.MASTER);
        String options = master ? "BSP_MASTER_OPTS" : "BSP_GROOM_OPTS";
        String heap = master ? "-Xmx512m" : "-Xmx256m";
        return """
                # shellcheck shell=sh
                # Written by bsp cluster start, which writes it again at the next start.
                BSP_PID_DIR=%s
                BSP_LOG_DIR=%s
                %s="%s -XX:+UseSerialGC ${%s:-}"
                """
                .formatted(quoted(folder.run(daemon)), quoted(folder.logs(daemon)), options, heap, options);
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
