package io.valiant.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a job or a cluster may not leave behind. */
public final class Leftovers {
    private Leftovers() {}

    /** Children and files of ended jobs, slots still taken, grooms not ACTIVE: none in a cluster that is quiet. */
    public static List<String> ofJobs(ClusterFixture cluster) throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonNode groom : cluster.json("groom", "list")) {
            String state = groom.path("state").asText();
            int used = groom.path("slots_used").asInt();
            if (!state.equals("ACTIVE") || used != 0) {
                found.add(groom.path("name").asText() + " is " + state + " with " + used + " slots used");
            }
        }
        for (String groom : cluster.grooms()) {
            found.addAll(children(cluster.local(groom)));
            found.addAll(entries(cluster.local(groom).resolve("jobs")));
        }
        found.addAll(entries(cluster.folder().resolve("system").resolve("checkpoints")));
        return found;
    }

    /** The children of a groom that are more than the spares it keeps; each is a launcher and a JVM. */
    private static List<String> children(Path local) {
        List<Long> children = ProcessScan.children(local);
        List<Long> jvms = children.stream().filter(ProcessScan::isJvm).toList();
        boolean spares = jvms.size() <= ClusterShape.SPARES && children.size() - jvms.size() <= ClusterShape.SPARES;
        return spares ? List.of() : children.stream().map(pid -> "child " + pid).toList();
    }

    private static List<String> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    /** Processes and ports of a cluster that has been stopped. */
    public static List<String> ofCluster(ClusterFixture cluster) throws IOException {
        List<String> found = new ArrayList<>();
        for (long pid : ProcessScan.of(cluster.folder())) {
            String command = ProcessScan.commandLine(pid);
            found.add("process " + pid + ": " + command.substring(0, Math.min(command.length(), 200)));
        }
        for (String daemon : cluster.daemons()) {
            for (HostPort address : cluster.addresses(daemon)) {
                if (isTaken(address)) {
                    found.add("port " + address + " of " + daemon);
                }
            }
        }
        return found;
    }

    private static boolean isTaken(HostPort address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            InetSocketAddress own = new InetSocketAddress(address.host(), address.port());
            if (!own.getAddress().isLoopbackAddress()) {
                // it was in a network that is gone with the run
                return false;
            }
            socket.bind(own);
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
