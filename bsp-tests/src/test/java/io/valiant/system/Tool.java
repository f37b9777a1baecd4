package io.valiant.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands of the machine, and {@code bsp} where it was unpacked or installed. */
final class Tool {
    private static final long LONGEST_S = 120;

    private Tool() {}

    /**
     * What a command says on stdout. It must end well, and within two minutes.
     *
     * @param in the folder it runs in
     */
    static String run(Path in, String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile("said", ".out");
        Path err = Files.createTempFile("said", ".err");
        try {
            return run(in, out, err, words);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String run(Path in, Path out, Path err, String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .directory(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(
                    List.of(words) + " has not ended in " + LONGEST_S + " s: " + Files.readString(err));
        }
        assertThat(process.exitValue())
                .as(List.of(words) + ": " + Files.readString(err))
                .isZero();
        return Files.readString(out);
    }
}
