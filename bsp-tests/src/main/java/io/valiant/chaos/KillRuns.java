package io.valiant.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * {@code ledger} under faults, run by run: kill -9 and SIGSTOP of a child, kill -9 of a groom, at a random moment. Each run
 * must end SUCCEEDED with the hash of the run without faults, with the attempts charged as promised, and leave nothing
 * behind. One JSON line for each run goes to the log; started again with the same log, it goes on where it was.
 *
 * <p>Usage: {@code KillRuns <checkout> <log file> [runs for each fault = 20]}.
 */
public final class KillRuns {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TASKS = 4;
    private static final int SUPERSTEPS = 100;
    private static final int STEP_MS = 50;

    private final Path checkout;
    private final Path log;
    private final int runs;
    private final SplittableRandom random = new SplittableRandom(2);
    private String wantedHash;

    private enum Fault {
        KILL_CHILD(1),
        STOP_CHILD(1),
        KILL_GROOM(0);

        private final int charged;

        Fault(int charged) {
            this.charged = charged;
        }
    }

    private KillRuns(Path checkout, Path log, int runs) {
        this.checkout = checkout;
        this.log = log;
        this.runs = runs;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: KillRuns <checkout> <log file> [runs for each fault]");
            System.exit(2);
        }
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        Path checkout = Path.of(arguments[0]).toAbsolutePath().normalize();
        System.exit(new KillRuns(checkout, Path.of(arguments[1]), runs).all() ? 0 : 1);
    }

    private boolean all() throws IOException {
        Path folder = Files.createTempDirectory("valiant-kills-");
        TreeMap<String, String> keys = new TreeMap<>();
        keys.put("bsp.groom.heartbeat.interval", "200ms");
        keys.put("bsp.groom.expiry", "2s");
        keys.put("bsp.groom.self.fence", "1500ms");
        keys.put("bsp.task.orphan.timeout", "1500ms");
        keys.put("bsp.task.ping.interval", "200ms");
        keys.put("bsp.task.ping.timeout", "1s");
        try (ClusterFixture cluster = ClusterFixture.start(checkout, folder.resolve("c"), 3, 4, keys)) {
            wantedHash = ledger(cluster, "free").path("hash").asText("none");
            for (Fault fault : Fault.values()) {
                for (int done = countDone(fault); done < runs; done++) {
                    one(cluster, fault, done);
                }
            }
        }
        boolean empty = ProcessScan.await(() -> ProcessScan.of(folder).isEmpty(), 10_000);
        if (!empty) {
            System.out.println("left behind after the cluster's stop: " + ProcessScan.of(folder));
        }
        return summary() && empty;
    }

    private JsonNode ledger(ClusterFixture cluster, String name) throws IOException {
        return cluster.json(
                "example",
                "ledger",
                "--tasks",
                "" + TASKS,
                "--supersteps",
                "" + SUPERSTEPS,
                "--step-ms",
                "" + STEP_MS,
                "--seed",
                "5",
                "--ledger",
                cluster.folder().resolve(name + ".ledger").toString(),
                "--output",
                cluster.folder().resolve(name + ".out").toString());
    }

    private void one(ClusterFixture cluster, Fault fault, int number) throws IOException {
        String name = fault + "-" + number + "-" + Long.toHexString(random.nextLong());
        List<String> wrong = new ArrayList<>();
        long startNs = System.nanoTime();
        CompletableFuture<JsonNode> job = CompletableFuture.supplyAsync(() -> {
            try {
                return ledger(cluster, name);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Path ledger = cluster.folder().resolve(name + ".ledger");
        if (!ProcessScan.await(() -> Files.exists(ledger), 30_000)) {
            wrong.add("no superstep within 30 s");
        }
        long delayMs = random.nextLong(SUPERSTEPS * STEP_MS / 2);
        ProcessScan.pause(delayMs);
        String victim = hit(cluster, fault, ledger);
        String id = judge(job, wrong);
        if (id != null) {
            judgeAttempts(cluster, fault, id, wrong);
        }
        recover(cluster, fault, victim, wrong);
        ObjectNode line = JSON.createObjectNode();
        line.put("fault", fault.name())
                .put("run", number)
                .put("delay_ms", delayMs)
                .put("victim", victim);
        line.put("wall_ms", (System.nanoTime() - startNs) / 1_000_000)
                .put("job", id)
                .put("ok", wrong.isEmpty());
        line.put("wrong", String.join("; ", wrong));
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println(line);
    }

    /** Reads the victims from the ledger, not by commands: those take longer than a short job. */
    private String hit(ClusterFixture cluster, Fault fault, Path ledger) throws IOException {
        TreeSet<Long> children = new TreeSet<>();
        for (String line : Files.readAllLines(ledger)) {
            children.add(Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)));
        }
        if (children.isEmpty()) {
            return "none: no child was running";
        }
        long child = new ArrayList<>(children).get(random.nextInt(children.size()));
        switch (fault) {
            case KILL_CHILD -> ProcessScan.signal(child, "KILL");
            case STOP_CHILD -> ProcessScan.signal(child, "STOP");
            case KILL_GROOM -> {
                String groom = groomOf(child);
                ProcessScan.signal(cluster.pidOf(groom), "KILL");
                return groom;
            }
        }
        return "" + child;
    }

    /** The groom under whose local folder the child works. */
    private static String groomOf(long child) throws IOException {
        for (Path part : Path.of(ProcessScan.workingFolder(child))) {
            if (part.toString().startsWith("groom-")) {
                return part.toString();
            }
        }
        throw new IOException("child " + child + " works in no groom's folder: " + ProcessScan.workingFolder(child));
    }

    private String judge(CompletableFuture<JsonNode> job, List<String> wrong) {
        try {
            JsonNode result = job.get();
            if (!result.path("state").asText().equals("SUCCEEDED")) {
                wrong.add("state " + result.path("state").asText());
            }
            if (!result.path("hash").asText().equals(wantedHash)) {
                wrong.add("hash " + result.path("hash").asText() + ", wanted " + wantedHash);
            }
            return result.path("job_id").asText(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wrong.add("interrupted");
        } catch (ExecutionException e) {
            wrong.add("the job's command: " + e.getCause().getMessage());
        }
        return null;
    }

    private static void judgeAttempts(ClusterFixture cluster, Fault fault, String id, List<String> wrong)
            throws IOException {
        JsonNode status = cluster.json("job", "status", id);
        int charged = 0;
        for (JsonNode task : status.path("task")) {
            for (JsonNode attempt : task.path("attempts")) {
                charged += attempt.path("charged").asBoolean() ? 1 : 0;
            }
        }
        if (charged != fault.charged) {
            wrong.add(charged + " attempts charged, promised " + fault.charged);
        }
        if (status.path("rollbacks").asInt() < 1) {
            wrong.add("the fault left no trace: no roll-back");
        }
    }

    private void recover(ClusterFixture cluster, Fault fault, String victim, List<String> wrong) throws IOException {
        if (fault == Fault.KILL_GROOM && !victim.startsWith("none")) {
            cluster.startGroom(victim);
        }
        boolean quiet = ProcessScan.await(() -> leftovers(cluster).isEmpty(), 10_000);
        if (!quiet) {
            wrong.add("left behind: " + leftovers(cluster));
        }
    }

    /** Children that still live and slots that are still taken, in words. */
    private static List<String> leftovers(ClusterFixture cluster) {
        List<String> found = new ArrayList<>();
        for (long pid : ProcessScan.of(cluster.folder())) {
            if (ProcessScan.commandLine(pid).contains("BspChildRunner")) {
                found.add("child " + pid);
            }
        }
        try {
            for (JsonNode groom : cluster.json("groom", "list")) {
                if (!groom.path("state").asText().equals("ACTIVE")
                        || groom.path("slots_used").asInt() != 0) {
                    found.add(groom.path("name").asText() + " "
                            + groom.path("state").asText() + " "
                            + groom.path("slots_used").asInt());
                }
            }
        } catch (IOException e) {
            found.add("groom list: " + e.getMessage());
        }
        return found;
    }

    private int countDone(Fault fault) throws IOException {
        return (int) lines().stream()
                .filter(line -> line.path("fault").asText().equals(fault.name()))
                .count();
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        if (Files.exists(log)) {
            for (String line : Files.readAllLines(log)) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    private boolean summary() throws IOException {
        boolean good = true;
        for (Fault fault : Fault.values()) {
            List<JsonNode> mine = new ArrayList<>(lines());
            mine.removeIf(line -> !line.path("fault").asText().equals(fault.name()));
            long right =
                    mine.stream().filter(line -> line.path("ok").asBoolean()).count();
            System.out.println(fault + ": " + right + " of " + mine.size() + " right");
            good &= right == mine.size() && mine.size() >= runs;
        }
        return good;
    }
}
