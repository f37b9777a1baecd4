package io.valiant.hdfs;

import io.valiant.chaos.machine.Waits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code MiniHdfs} in its JVM. Used by one thread. */
final class HdfsProcess implements AutoCloseable {
    private static final long LONGEST_END_MS = 30_000;

    private final Process process;
    private final BufferedReader answers;
    private final Path errors;
    private final String uri;

    private HdfsProcess(Process process, Path errors) throws IOException {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.errors = errors;
        this.uri = answer();
    }

    /**
     * Why it cannot be run: the build could not find out its class path.
     *
     * @param module folder of the module
     */
    static Optional<String> obstacle(Path module) throws IOException {
        if (Files.exists(classPath(module))) {
            return Optional.empty();
        }
        Path log = module.resolve("target/hdfs/resolve.log");
        if (!Files.exists(log)) {
            return Optional.of("there is no " + classPath(module) + "; 'mvn verify' makes it");
        }
        String why = Files.readAllLines(log).stream()
                .filter(line -> line.contains("ERROR"))
                .findFirst()
                .orElse("Maven gave no reason");
        return Optional.of("the mini cluster's jars cannot be had: " + why);
    }

    private static Path classPath(Path module) {
        return module.resolve("target/hdfs/classpath.txt");
    }

    /** Starts it; returns when the name node answers. */
    static HdfsProcess start(Path module, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path errors = folder.resolve("mini-hdfs.err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        Files.readString(classPath(module)).strip(),
                        module.resolve("src/hdfs/java/io/valiant/hdfs/MiniHdfs.java")
                                .toString(),
                        folder.resolve("data").toString())
                .redirectError(errors.toFile())
                .start();
        return new HdfsProcess(process, errors);
    }

    /** The name node. */
    String uri() {
        return uri;
    }

    /** One of its two processes, as an operator sees it. */
    enum Node {
        NAME("name node"),
        DATA("data node");

        private final String words;

        Node(String words) {
            this.words = words;
        }
    }

    void stop(Node node) throws IOException {
        order("stop " + node.words);
    }

    /** Starts it again on its address and state; returns before the two have found each other. */
    void start(Node node) throws IOException {
        order("start " + node.words);
    }

    private void order(String what) throws IOException {
        process.getOutputStream().write((what + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String said = answer();
        if (!said.equals(what)) {
            throw new IOException("told to " + what + ", the mini cluster said " + said);
        }
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the mini cluster has ended: " + String.join("\n", lastErrors()));
        }
        return line;
    }

    private List<String> lastErrors() throws IOException {
        List<String> lines = Files.readAllLines(errors);
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        if (!Waits.until(LONGEST_END_MS, () -> !process.isAlive())) {
            process.destroyForcibly();
        }
    }
}
