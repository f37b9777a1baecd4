package io.valiant.chaos.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A command that was started and may still be at work. */
public final class Command {
    private static final int ENDED = 124;

    private final List<String> words;
    private final Process process;
    private final Path out;
    private final Path err;

    private Command(List<String> words, Process process, Path out, Path err) {
        this.words = words;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it without input. */
    public static Command start(List<String> words) throws IOException {
        return start(words, new TreeMap<>());
    }

    /** Starts it without input and with more variables in its environment. */
    public static Command start(List<String> words, Map<String, String> environment) throws IOException {
        Path out = Files.createTempFile("valiant-", ".out");
        Path err = Files.createTempFile("valiant-", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Command(words, process, out, err);
    }

    /** Runs it to its end. */
    public static Outcome run(List<String> words, long limitS) throws IOException {
        return start(words).end(limitS);
    }

    /** The process itself, to be hurt. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** What it has printed to standard output so far. */
    public String said() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    /** Waits for its end; ends it after the limit. To be called once. */
    public Outcome end(long limitS) throws IOException {
        try {
            int code = ENDED;
            if (process.waitFor(limitS, TimeUnit.SECONDS)) {
                code = process.exitValue();
            } else {
                process.destroyForcibly().waitFor();
            }
            return new Outcome(code, said(), Files.readString(err, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + words, e);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
