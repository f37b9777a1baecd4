package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.GroomStatus;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Helpful;
import io.valiant.cli.Shell;
import io.valiant.cli.Table;
import io.valiant.cli.UsageException;
import io.valiant.id.GroomId;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bsp groom …}. */
public final class GroomCommands implements CommandProvider {
    @Override
    public String noun() {
        return "groom";
    }

    @Override
    public Object command(Shell shell) {
        return new CommandLine(new Noun()).addSubcommand(new GroomList(shell)).addSubcommand(new GroomShow(shell));
    }

    @Command(
            name = "groom",
            description = "Shows the grooms of the cluster.",
            footer = {"", "Example:", "  bsp groom list"})
    private static final class Noun extends Helpful {}

    @Command(
            name = "list",
            description = "Lists all grooms that the master knows.",
            footer = {"", "Example:", "  bsp groom list --json"})
    private static final class GroomList extends FactVerb {
        GroomList(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            List<GroomStatus> grooms = shell().answer(shell().cluster().calls().grooms());
            if (isJson()) {
                shell().json(grooms);
                return ExitCode.DONE;
            }
            Table table = new Table("NAME", "STATE", "SLOTS", "USED", "INCARNATION", "RPC", "HTTP", "REASON");
            for (GroomStatus groom : grooms) {
                table.row(
                        groom.name(),
                        groom.state(),
                        groom.slots(),
                        groom.slotsUsed(),
                        groom.incarnation(),
                        groom.rpc(),
                        groom.http(),
                        groom.reason() == null ? "" : groom.reason());
            }
            table.print(shell().out());
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "status",
            description = "Shows one groom: its machine, its start, its children.",
            footer = {"", "Example:", "  bsp groom status groom-1"})
    private static final class GroomShow extends FactVerb {
        @Parameters(index = "0", paramLabel = "NAME", description = "the groom's name")
        private String name;

        GroomShow(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            GroomStatus groom = shell().answer(shell().cluster().calls().groom(id()));
            if (isJson()) {
                shell().json(groom);
                return ExitCode.DONE;
            }
            PrintStream out = shell().out();
            Table facts = new Table("name", groom.name());
            facts.row("state", groom.state());
            facts.row("reason", groom.reason());
            facts.row("incarnation", groom.incarnation());
            facts.row("slots", groom.slotsUsed() + " of " + groom.slots() + " used");
            facts.row("labels", groom.labels());
            facts.row("processors", groom.cpu() == null ? null : groom.cpu().processors());
            facts.row("load", groom.cpu() == null ? null : groom.cpu().load());
            facts.row(
                    "memory free",
                    groom.memory() == null ? null : groom.memory().availableBytes());
            facts.row("disk free", groom.disk() == null ? null : groom.disk().freeBytes());
            facts.row("heartbeat", groom.lastHeartbeat());
            facts.row("rpc", groom.rpc());
            facts.row("http", groom.http());
            facts.print(out);
            out.println();
            steps(groom).print(out);
            out.println();
            children(groom).print(out);
            return ExitCode.DONE;
        }

        private GroomId id() throws BspException {
            try {
                return new GroomId(name);
            } catch (IllegalArgumentException e) {
                throw new UsageException(e.getMessage());
            }
        }

        private static Table steps(GroomStatus groom) {
            Table table = new Table("STEP", "NAME", "AT", "MS");
            groom.steps().forEach(step -> table.row(step.number(), step.name(), step.at(), step.tookMs()));
            return table;
        }

        private static Table children(GroomStatus groom) {
            Table table = new Table("PID", "KIND", "ATTEMPT");
            groom.children().forEach(child -> table.row(child.pid(), child.kind(), child.attempt()));
            return table;
        }
    }
}
