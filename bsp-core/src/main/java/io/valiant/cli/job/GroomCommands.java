package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.GroomStatus;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Helpful;
import io.valiant.cli.Shell;
import io.valiant.cli.Table;
import io.valiant.id.GroomId;
import io.valiant.protocol.ClientProtocol;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bsp groom …}. */
public final class GroomCommands implements CommandProvider {
    @Override
    public String noun() {
        return "groom";
    }

    @Override
    public Object command(Shell shell) {
        return new CommandLine(new Noun())
                .addSubcommand(new GroomList(shell))
                .addSubcommand(new GroomShow(shell))
                .addSubcommand(new GroomDrain(shell))
                .addSubcommand(new GroomUndrain(shell))
                .addSubcommand(new GroomRemove(shell));
    }

    @Command(
            name = "groom",
            description = "Shows the grooms of the cluster, takes them out of use and back.",
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
    private static final class GroomShow extends GroomVerb {
        GroomShow(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            GroomStatus groom = status();
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

    /** A verb that changes what a groom may get, then shows it. */
    private abstract static class UseVerb extends GroomVerb {
        UseVerb(Shell shell) {
            super(shell);
        }

        /** What is done to it. */
        abstract CompletableFuture<Void> act(ClientProtocol calls, GroomId groom);

        @Override
        protected final ExitCode run() throws BspException {
            shell().answer(act(shell().cluster().calls(), groom()));
            GroomStatus status = status();
            if (isJson()) {
                shell().json(status);
            } else {
                shell().out()
                        .println(status.name() + " " + status.state() + ", " + status.slotsUsed() + " of "
                                + status.slots() + " slots used");
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "drain",
            description = {
                "Lets a groom get no new tasks; those that run go on to their end.",
                "It stays so, also when it is started again, until bsp groom undrain."
            },
            footer = {"", "Example:", "  bsp groom drain groom-1"})
    private static final class GroomDrain extends UseVerb {
        GroomDrain(Shell shell) {
            super(shell);
        }

        @Override
        CompletableFuture<Void> act(ClientProtocol calls, GroomId groom) {
            return calls.drainGroom(groom);
        }
    }

    @Command(
            name = "undrain",
            description = "Lets a groom that was drained, or is BLACKLISTED, get tasks again at once.",
            footer = {"", "Example:", "  bsp groom undrain groom-1"})
    private static final class GroomUndrain extends UseVerb {
        GroomUndrain(Shell shell) {
            super(shell);
        }

        @Override
        CompletableFuture<Void> act(ClientProtocol calls, GroomId groom) {
            return calls.undrainGroom(groom);
        }
    }

    @Command(
            name = "remove",
            description = {
                "Removes a groom that is LOST, or drained and without a task, from the cluster.",
                "If its daemon still runs it stops; started again it is a groom like any other.",
                "Shows the groom as it was."
            },
            footer = {"", "Example:", "  bsp groom remove groom-1"})
    private static final class GroomRemove extends GroomVerb {
        GroomRemove(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            GroomStatus before = status();
            shell().answer(shell().cluster().calls().removeGroom(groom()));
            if (isJson()) {
                shell().json(before);
            } else {
                shell().out().println(before.name() + " removed, was " + before.state());
            }
            return ExitCode.DONE;
        }
    }
}
