package io.valiant.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A cluster of real daemons under a folder, driven only by {@code bin/bsp} and {@code bin/start-*.sh} of a built checkout.
 * Not thread safe but for {@link #run}.
 */
public final class ClusterFixture implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long COMMAND_LIMIT_S = 300;

    private final Path home;
    private final Path folder;

    /** What a command left: exit code (124 if it had to be ended), standard output, standard error. */
    public record Outcome(int code, String out, String err) {
        /** The JSON document it printed: all of its output, or the last line. */
        public JsonNode json() throws IOException {
            String text = out.strip();
            if (text.isEmpty()) {
                throw new IOException("no JSON: exit " + code + ", " + err.strip());
            }
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                return JSON.readTree(text.substring(text.lastIndexOf('\n') + 1));
            }
        }
    }

    private ClusterFixture(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /**
     * Starts a cluster.
     *
     * @param home the checkout, holding {@code bin/}
     * @param folder for everything of this cluster; is created
     * @param keys {@code bsp.*} keys to set
     */
    public static ClusterFixture start(Path home, Path folder, int grooms, int slots, Map<String, String> keys)
            throws IOException {
        ClusterFixture cluster = new ClusterFixture(home, folder);
        List<String> command = new ArrayList<>(List.of(
                "cluster", "start", "--dir", folder.toString(), "--grooms", "" + grooms, "--slots", "" + slots));
        keys.forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
        Outcome outcome = cluster.run(command);
        if (outcome.code() != 0) {
            cluster.close();
            throw new IOException("cluster start: exit " + outcome.code() + ", "
                    + outcome.err().strip());
        }
        return cluster;
    }

    /** The folder of this cluster. */
    public Path folder() {
        return folder;
    }

    /** The configuration clients use. */
    public Path conf() {
        return folder.resolve("conf");
    }

    /** Runs {@code bin/bsp --config <conf> …} to its end. Any thread. */
    public Outcome bsp(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("--config", conf().toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** As {@link #bsp} with {@code --json}; the document, whatever the exit code. */
    public JsonNode json(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add("--json");
        return bsp(command.toArray(String[]::new)).json();
    }

    /** {@code cluster status}. */
    public JsonNode status() throws IOException {
        return run(List.of("cluster", "status", "--dir", folder.toString(), "--json"))
                .json();
    }

    /** The process of a daemon, {@code master} or a groom's name, from its pid file: a command takes longer than a short job. */
    public long pidOf(String daemon) throws IOException {
        String name = daemon.equals("master") ? "master.pid" : "groom.pid";
        Path file = folder.resolve("run").resolve(daemon).resolve(name);
        return Long.parseLong(read(file).strip().split("\\s+", 2)[0]);
    }

    /** Starts a killed groom again on its addresses and state. */
    public void startGroom(String name) throws IOException {
        Outcome outcome = execute(List.of(
                home.resolve("bin/start-groom.sh").toString(),
                "--config",
                conf().resolve(name).toString()));
        if (outcome.code() != 0) {
            throw new IOException("start-groom.sh " + name + ": exit " + outcome.code() + ", "
                    + outcome.err().strip());
        }
    }

    Outcome run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/bsp").toString()));
        command.addAll(arguments);
        return execute(command);
    }

    private static Outcome execute(List<String> command) throws IOException {
        Path out = Files.createTempFile("valiant-", ".out");
        Path err = Files.createTempFile("valiant-", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            int code = 124;
            if (process.waitFor(COMMAND_LIMIT_S, TimeUnit.SECONDS)) {
                code = process.exitValue();
            } else {
                process.destroyForcibly();
            }
            return new Outcome(code, read(out), read(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + command, e);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** Stops the cluster; its folder stays. */
    @Override
    public void close() throws IOException {
        run(List.of("cluster", "stop", "--dir", folder.toString()));
    }
}
