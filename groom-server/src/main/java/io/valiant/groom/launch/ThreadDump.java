package io.valiant.groom.launch;

import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The stacks of all threads of a child JVM, asked of the JVM itself by the JDK's own {@code jcmd}: nothing of the program has
 * to run for it, so that it works while that hangs. Blocks, for seconds at most. Stateless; safe in any thread.
 */
final class ThreadDump {
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    /** Less than the 5 s that the master's call has, so that whoever asks hears the reason. */
    private static final long TIMEOUT_S = 4;

    private ThreadDump() {}

    /**
     * Takes one.
     *
     * @param java the command that the child was started with
     * @param folder for a file with the answer, closed to others
     * @throws CallException {@link ErrorCode#NO_THREAD_DUMP} with the reason
     */
    static String of(Path java, ProcessName process, Path folder)
            throws IOException, InterruptedException, CallException {
        Path jcmd = java.resolveSibling("jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw ErrorCode.NO_THREAD_DUMP.with("there is no " + jcmd + ": stacks need a JDK on the groom's machine");
        }
        if (process.look().map(ProcessStat::isStopped).orElse(false)) {
            throw ErrorCode.NO_THREAD_DUMP.with(
                    "process " + process.pid() + " is stopped (SIGSTOP): continue it first");
        }
        Path answer = Files.createTempFile(folder, "threads", ".txt");
        Process asked = null;
        try {
            asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "Thread.print", "-l")
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            if (!asked.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                throw ErrorCode.NO_THREAD_DUMP.with(
                        "process " + process.pid() + " did not answer within " + TIMEOUT_S + " s; try again");
            }
            String text = read(answer);
            if (asked.exitValue() != 0) {
                throw ErrorCode.NO_THREAD_DUMP.with("process " + process.pid() + " gave no stacks: "
                        + text.lines().findFirst().orElse("no reason told"));
            }
            return text;
        } finally {
            if (asked != null) {
                asked.destroyForcibly();
            }
            Files.deleteIfExists(answer);
        }
    }

    private static String read(Path answer) throws IOException {
        try (var in = Files.newInputStream(answer)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
    }
}
