package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.MasterStatus;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Helpful;
import io.valiant.cli.Plain;
import io.valiant.cli.Shell;
import io.valiant.cli.Table;
import io.valiant.client.ClusterClient;
import java.util.List;
import java.util.SortedMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bsp master …}. */
public final class MasterCommands implements CommandProvider {
    @Override
    public String noun() {
        return "master";
    }

    @Override
    public Object command(Shell shell) {
        return new CommandLine(new Noun())
                .addSubcommand(new MasterList(shell))
                .addSubcommand(new MasterLeader(shell))
                .addSubcommand(new MasterPrintConfig(shell));
    }

    @Command(
            name = "master",
            description = "Shows the masters of the cluster and how they are configured.",
            footer = {"", "Example:", "  bsp master leader"})
    private static final class Noun extends Helpful {}

    private static Table table(List<MasterStatus> masters) {
        Table table = new Table("NAME", "ADDRESS", "HTTP", "LEADS", "EPOCH");
        for (MasterStatus master : masters) {
            table.row(master.name(), master.address(), master.http(), master.isLeader() ? "yes" : "no", master.epoch());
        }
        return table;
    }

    @Command(
            name = "list",
            description = "Lists all masters of the cluster.",
            footer = {"", "Example:", "  bsp master list --json"})
    private static final class MasterList extends FactVerb {
        MasterList(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            List<MasterStatus> masters =
                    shell().answer(shell().cluster().calls().masters());
            if (isJson()) {
                shell().json(masters);
            } else {
                table(masters).print(shell().out());
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "leader",
            description = "Shows the master that leads.",
            footer = {"", "Example:", "  bsp master leader"})
    private static final class MasterLeader extends FactVerb {
        MasterLeader(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            List<MasterStatus> masters =
                    shell().answer(shell().cluster().calls().masters());
            MasterStatus leader = ClusterClient.leader(masters);
            if (isJson()) {
                shell().json(leader);
            } else {
                table(List.of(leader)).print(shell().out());
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "print-config",
            description = {
                "Prints what holds for the master that leads, key by key: its file over the defaults.",
                "Values of secret keys are masked."
            },
            footer = {"", "Example:", "  bsp master print-config"})
    private static final class MasterPrintConfig extends FactVerb {
        MasterPrintConfig(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            SortedMap<String, String> values =
                    shell().answer(shell().cluster().calls().configuration());
            if (isJson()) {
                shell().json(values);
            } else {
                values.forEach((name, value) -> shell().out().println(name + " = " + Plain.line(value)));
            }
            return ExitCode.DONE;
        }
    }
}
