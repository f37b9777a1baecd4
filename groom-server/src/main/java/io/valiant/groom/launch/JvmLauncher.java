package io.valiant.groom.launch;

import io.valiant.groom.core.JvmOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs under the launcher script. Safe in any thread. */
final class JvmLauncher {
    /** A spare has nothing else to do than to read; longer takes only one that is stopped. */
    private static final long READ_MS = 2000;

    private final LaunchConfig config;
    private final Path script;

    JvmLauncher(LaunchConfig config, Path script) {
        this.config = config;
        this.script = script;
    }

    /**
     * Starts one; its streams are the caller's to read.
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
        return new ChildJvm(tag, files, builder.start(), stdout, stderr, READ_MS);
    }
}
