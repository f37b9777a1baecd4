package io.valiant.system;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Runs {@code bin/bsp} of this checkout as a user does. */
public final class Commands {
    private static final long LONGEST_S = 120;

    private final Path home = Path.of("").toAbsolutePath().getParent();
    private final Path cluster;
    private final Map<String, String> environment;

    /** @param cluster the folder of a local cluster */
    public Commands(Path cluster) {
        this(cluster, Map.of());
    }

    /** @param environment variables that commands have besides this process's own */
    public Commands(Path cluster, Map<String, String> environment) {
        this.cluster = cluster;
        this.environment = Map.copyOf(environment);
    }

    /** How a command ended and what it printed. */
    public record Said(int code, String out, String err) {
        /** The one document on stdout. */
        public JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    /** A command that has not ended yet. */
    public static final class Running {
        private final List<String> words;
        private final Process process;
        private final Path out;
        private final Path err;

        private Running(List<String> words, Process process, Path out, Path err) {
            this.words = words;
            this.process = process;
            this.out = out;
            this.err = err;
        }

        public Said end() throws IOException, InterruptedException {
            if (!process.waitFor(LONGEST_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " has not ended in " + LONGEST_S + " s: " + Files.readString(err));
            }
            String said = Files.readString(out, StandardCharsets.UTF_8);
            String told = Files.readString(err, StandardCharsets.UTF_8);
            Files.delete(out);
            Files.delete(err);
            return new Said(process.exitValue(), said, told);
        }
    }

    /** Starts two grooms with three slots each, unless other options are given, and their master; that must succeed. */
    public void startCluster(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("start"));
        words.addAll(options.length == 0 ? List.of("--grooms", "2", "--slots", "3") : List.of(options));
        mustDo(words.toArray(String[]::new));
    }

    /** That must succeed too. */
    public void stopCluster() throws IOException, InterruptedException {
        mustDo("stop");
    }

    private void mustDo(String... words) throws IOException, InterruptedException {
        Said said = cluster(words);
        assertThat(said.code()).as(said.err()).isZero();
    }

    /** A command about the cluster's processes: {@code --dir} is added. */
    public Said cluster(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("cluster"));
        all.addAll(List.of(words));
        all.addAll(List.of("--dir", cluster.toString()));
        return start(all).end();
    }

    /** A command to the cluster: {@code --config} is added. */
    public Said bsp(String... words) throws IOException, InterruptedException {
        return begin(words).end();
    }

    /** The same without waiting for its end. */
    public Running begin(String... words) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("--config", cluster.resolve("conf").toString()));
        all.addAll(List.of(words));
        return start(all);
    }

    private Running start(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/bsp").toString()));
        command.addAll(words);
        Path out = Files.createTempFile("bsp", ".out");
        Path err = Files.createTempFile("bsp", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(words, process, out, err);
    }
}
