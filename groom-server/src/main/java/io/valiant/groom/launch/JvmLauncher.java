package io.valiant.groom.launch;

import io.valiant.groom.core.JvmOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Starts JVMs under the launcher script. Safe in any thread. */
final class JvmLauncher {
    /** A spare has nothing else to do than to read; longer takes only one that is stopped. */
    private static final long READ_MS = 2000;

    /** Between two looks at processes that are to end. */
    private static final long LOOK_NS = 10_000_000L;

    /** A process has no arguments for a moment while it becomes another program. */
    private static final int EMPTY_LOOKS = 2;

    private final LaunchConfig config;
    private final Path script;

    JvmLauncher(LaunchConfig config, Path script) {
        this.config = config;
        this.script = script;
    }

    /**
     * Starts one; its streams are the caller's to read. If it fails nothing is left of what was started.
     *
     * @param arguments of the child's main class
     */
    ChildJvm start(
            JvmOptions jvm, ChildFiles files, String tag, List<String> arguments, EarlyLog stdout, EarlyLog stderr)
            throws IOException {
        String setsid = SystemCommands.find("setsid");
        List<String> command = new ArrayList<>(List.of(
                setsid,
                "/bin/sh",
                script.toString(),
                "run",
                setsid,
                SystemCommands.find("sleep"),
                files.folder().toString(),
                tag));
        command.addAll(ChildCommand.arguments(config, jvm, tag, files));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(files.work().toFile());
        builder.environment().clear();
        builder.environment().putAll(ChildCommand.environment(jvm, System.getenv()));
        try {
            return new ChildJvm(tag, files, builder.start(), stdout, stderr, READ_MS);
        } catch (IOException | RuntimeException | Error e) {
            // the process may be there, as where no thread can be had to wait for its end
            end(tag);
            throw e;
        }
    }

    /**
     * Kills whatever was started with that tag, and returns when nothing is left of it. Takes no other process and no thread
     * for it, since there may be none to be had.
     */
    static void end(String tag) {
        int empty = 0;
        while (empty < EMPTY_LOOKS) {
            List<ProcessHandle> left = started(tag);
            empty = left.isEmpty() ? empty + 1 : 0;
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** The launcher, the shell in the child's own session, the JVM: those of them that are there. */
    private static List<ProcessHandle> started(String tag) {
        return ProcessHandle.allProcesses()
                .filter(process -> ProcessStat.hasArgument(process.pid(), tag)
                        || ProcessStat.hasArgument(process.pid(), ProcessName.tagArgument(tag)))
                .toList();
    }
}
