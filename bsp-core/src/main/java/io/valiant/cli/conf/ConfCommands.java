package io.valiant.cli.conf;

import io.valiant.bsp.BspException;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Helpful;
import io.valiant.cli.Shell;
import io.valiant.config.BspConfiguration;
import io.valiant.config.ConfigurationException;
import io.valiant.config.Key;
import io.valiant.config.Keys;
import io.valiant.config.SiteFile;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bsp conf …}. */
public final class ConfCommands implements CommandProvider {
    @Override
    public String noun() {
        return "conf";
    }

    @Override
    public Object command(Shell shell) {
        return new CommandLine(new Noun()).addSubcommand(new ConfList(shell)).addSubcommand(new ConfCheck(shell));
    }

    @Command(
            name = "conf",
            description = "Explains and checks the configuration.",
            footer = {"", "Example:", "  bsp conf list"})
    private static final class Noun extends Helpful {}

    /** One key as {@code conf list --json} shows it. */
    private record KeyFacts(
            String name,
            String defaultValue,
            String type,
            String unit,
            String range,
            String meaning,
            List<String> readBy,
            boolean perJob) {
        static KeyFacts of(Key<?> key) {
            List<String> roles = new ArrayList<>();
            key.roles().forEach(role -> roles.add(role.name().toLowerCase(java.util.Locale.ROOT)));
            return new KeyFacts(
                    key.name(),
                    key.defaultMeaning(),
                    key.type().name(),
                    key.type().unit(),
                    key.type().range(),
                    key.meaning(),
                    roles,
                    key.perJob());
        }
    }

    @Command(
            name = "list",
            description = "Lists every key with its default, unit and meaning.",
            footer = {"", "Example:", "  bsp conf list --json"})
    private static final class ConfList extends FactVerb {
        ConfList(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            List<KeyFacts> keys = new ArrayList<>();
            Keys.all().forEach(key -> keys.add(KeyFacts.of(key)));
            if (isJson()) {
                shell().json(keys);
                return ExitCode.DONE;
            }
            PrintStream out = shell().out();
            for (KeyFacts key : keys) {
                out.println(key.name() + " = " + (key.defaultValue().isEmpty() ? "(empty)" : key.defaultValue()));
                out.println("    " + key.meaning());
                out.println("    " + key.type() + unit(key) + "; read by " + String.join(", ", key.readBy())
                        + (key.perJob() ? "; a job may have its own" : ""));
            }
            return ExitCode.DONE;
        }

        private static String unit(KeyFacts key) {
            String unit = key.unit().isEmpty() ? "" : " (" + key.unit() + ")";
            return key.range().isEmpty() ? unit : unit + ", " + key.range();
        }
    }

    @Command(
            name = "check",
            description = "Names all unknown keys and bad values of the configuration folder at once.",
            footer = {"", "Example:", "  bsp --config /tmp/cluster/conf conf check"})
    private static final class ConfCheck extends FactVerb {
        ConfCheck(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            String source = shell().configurationFolder().resolve(SiteFile.NAME).toString();
            List<String> problems = problems();
            if (isJson()) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("source", source);
                document.put("ok", problems.isEmpty());
                document.put("problems", problems);
                shell().json(document);
            } else if (problems.isEmpty()) {
                shell().out().println(source + ": no problem");
            } else {
                problems.forEach(problem -> shell().err().println(source + ": " + problem));
            }
            return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }

        private List<String> problems() {
            try {
                SiteFile.load(shell().configurationFolder(), shell().overrides())
                        .checkServers(BspConfiguration.daemons());
                return List.of();
            } catch (ConfigurationException e) {
                return e.problems();
            }
        }
    }
}
