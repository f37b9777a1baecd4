package io.valiant.cli.conf;

import io.valiant.bsp.BspException;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.config.SoftwareVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code bsp version}. */
public final class VersionCommand implements CommandProvider {
    @Override
    public String noun() {
        return "version";
    }

    @Override
    public Object command(Shell shell) {
        return new Show(shell);
    }

    @Command(
            name = "version",
            description = "Shows the version of this software and of the Java it runs on.",
            footer = {"", "Example:", "  bsp version --json"})
    private static final class Show extends FactVerb {
        Show(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            String version = SoftwareVersion.text();
            if (isJson()) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("version", version);
                document.put("java", System.getProperty("java.version"));
                shell().json(document);
            } else {
                shell().out().println("valiant " + version + " (Java " + System.getProperty("java.version") + ")");
            }
            return ExitCode.DONE;
        }
    }
}
