package io.valiant.groom.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where this machine has the few commands that launching needs. */
final class SystemCommands {
    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin");

    private SystemCommands() {}

    static String find(String name) throws IOException {
        for (String folder : FOLDERS) {
            Path command = Path.of(folder, name);
            if (Files.isExecutable(command)) {
                return command.toString();
            }
        }
        throw new IOException("no " + name + " in " + FOLDERS + "; install util-linux and coreutils");
    }
}
