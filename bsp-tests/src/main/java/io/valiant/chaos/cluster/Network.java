package io.valiant.chaos.cluster;

import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network of its own for one cluster: a namespace with a switch for the master and the clients, one for each groom, none
 * of them connected with the machine's own network. Traffic between two of them can be dropped silently, each way. Addresses
 * are of the range that is kept for documentation (RFC 5737), so nobody else's can be met.
 */
public final class Network implements AutoCloseable {
    private static final long LIMIT_S = 60;
    private static final String STATE = "state-in-network";
    private static final String SUBNET = "192.0.2.";

    private final String prefix = "v" + ProcessHandle.current().pid() % 1_000_000;
    private final List<String> made = new ArrayList<>();
    private final Map<String, String> addresses = new TreeMap<>();

    private Network() {}

    /** Makes it and moves the cluster there: all daemons are stopped and started again inside. */
    public static Network around(ClusterFixture cluster) throws IOException {
        Network network = new Network();
        try {
            network.make(cluster.grooms());
            network.move(cluster);
            return network;
        } catch (IOException e) {
            network.close();
            throw e;
        }
    }

    private void make(List<String> grooms) throws IOException {
        add(ClusterFixture.MASTER, 1);
        String hub = namespace(ClusterFixture.MASTER);
        in(hub, "ip", "link", "add", "hub", "type", "bridge");
        in(hub, "ip", "addr", "add", SUBNET + 1 + "/24", "dev", "hub");
        in(hub, "ip", "link", "set", "hub", "up");
        for (int number = 1; number <= grooms.size(); number++) {
            String groom = grooms.get(number - 1);
            add(groom, number + 1);
            String own = namespace(groom);
            String port = "port" + number;
            in(hub, "ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", own);
            in(hub, "ip", "link", "set", port, "master", "hub");
            in(hub, "ip", "link", "set", port, "up");
            in(own, "ip", "addr", "add", addresses.get(groom) + "/24", "dev", "eth0");
            in(own, "ip", "link", "set", "eth0", "up");
        }
    }

    private void add(String daemon, int host) throws IOException {
        run(List.of("ip", "netns", "add", namespace(daemon)));
        made.add(daemon);
        addresses.put(daemon, SUBNET + host);
        String own = namespace(daemon);
        in(own, "ip", "link", "set", "lo", "up");
        in(own, "nft", "add", "table", "inet", "valiant");
        in(own, "nft", "add", "chain", "inet", "valiant", "in", "{ type filter hook input priority 0 ; }");
    }

    private String namespace(String daemon) {
        return prefix + "-" + daemon;
    }

    private void move(ClusterFixture cluster) throws IOException {
        for (String daemon : cluster.daemons()) {
            cluster.stop(daemon);
        }
        for (String daemon : cluster.daemons()) {
            SortedMap<String, String> keys = new TreeMap<>();
            keys.put("bsp.security.insecure", "true");
            keys.put("bsp.master.rpc.address", addresses.get(ClusterFixture.MASTER) + ":40000");
            // a store that knows no groom yet: those of before are at other addresses, and not LOST so soon
            keys.put("bsp.master.state.dir", cluster.folder().resolve(STATE).toString());
            keys.put("bsp.master.http.address", addresses.get(ClusterFixture.MASTER) + ":40013");
            if (!daemon.equals(ClusterFixture.MASTER)) {
                keys.put("bsp.groom.rpc.address", addresses.get(daemon) + ":50000");
                keys.put("bsp.groom.http.address", addresses.get(daemon) + ":40015");
            }
            cluster.configure(daemon, keys);
            cluster.place(daemon, List.of("ip", "netns", "exec", namespace(daemon)));
        }
        for (String daemon : cluster.daemons()) {
            cluster.start(daemon);
        }
    }

    /** From now on nothing of the first arrives at the second; neither is told. */
    public void drop(String from, String to) throws IOException {
        in(namespace(to), "nft", "add", "rule", "inet", "valiant", "in", "ip", "saddr", addresses.get(from), "drop");
    }

    /** Everything arrives again. */
    public void heal() throws IOException {
        for (String daemon : made) {
            in(namespace(daemon), "nft", "flush", "chain", "inet", "valiant", "in");
        }
    }

    private void in(String namespace, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(List.of(words));
        run(command);
    }

    private static void run(List<String> words) throws IOException {
        Outcome outcome = Command.run(words, LIMIT_S);
        if (outcome.code() != 0) {
            throw new IOException(String.join(" ", words) + ": " + outcome.told());
        }
    }

    /** Takes the network away; its processes have been ended before. */
    @Override
    public void close() throws IOException {
        for (String daemon : made) {
            run(List.of("ip", "netns", "del", namespace(daemon)));
        }
        made.clear();
    }
}
