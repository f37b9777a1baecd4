package io.valiant.cli.cluster;

import io.valiant.bsp.BspException;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Helpful;
import io.valiant.cli.Shell;
import io.valiant.cli.Table;
import io.valiant.cli.Verb;
import io.valiant.config.Keys;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bsp cluster …}. */
public final class ClusterCommands implements CommandProvider {
    @Override
    public String noun() {
        return "cluster";
    }

    @Override
    public Object command(Shell shell) {
        return new CommandLine(new Noun())
                .addSubcommand(new ClusterStart(shell))
                .addSubcommand(new ClusterStop(shell))
                .addSubcommand(new ClusterShow(shell));
    }

    @Command(
            name = "cluster",
            description = "Starts, stops and shows a whole cluster on this machine, all of it under one folder.",
            footer = {"", "Example:", "  bsp cluster start --dir /tmp/cluster --grooms 2"})
    private static final class Noun extends Helpful {}

    @Command(
            name = "start",
            description = "Starts a master and grooms; returns when every groom is registered.",
            footer = {
                "",
                "Example:",
                "  bsp cluster start --dir /tmp/cluster --grooms 2 --slots 4 -D bsp.groom.expiry=8s",
                "  bsp --config /tmp/cluster/conf example pi --tasks 4"
            })
    private static final class ClusterStart extends FactVerb {
        @Option(names = "--dir", required = true, paramLabel = "DIR", description = "made if it is not there")
        private Path dir;

        @Option(names = "--grooms", paramLabel = "N", description = "how many grooms; default: ${DEFAULT-VALUE}")
        private int grooms = 2;

        @Option(names = "--slots", paramLabel = "K", description = "slots of each groom; default: 3")
        private Integer slots;

        @Option(names = "-D", paramLabel = "KEY=VALUE", description = "a key of the configuration of all daemons")
        private SortedMap<String, String> keys = new TreeMap<>();

        ClusterStart(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            SortedMap<String, String> all = shell().overrides();
            all.putAll(keys);
            if (slots != null) {
                all.put(Keys.TASKS_MAXIMUM.name(), slots.toString());
            }
            LocalCluster cluster = LocalCluster.start(dir, new ClusterPlan(grooms, all));
            ClusterFacts facts = ClusterFacts.of(cluster, shell());
            if (isJson()) {
                shell().json(facts);
                return ExitCode.DONE;
            }
            PrintStream out = shell().out();
            out.println("configuration: " + cluster.conf());
            facts.masters().forEach(master -> out.println(master.name() + ": http://" + master.http() + "/"));
            facts.grooms().forEach(groom -> out.println(groom.name() + ": http://" + groom.http() + "/"));
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "stop",
            description = "Stops every daemon and every child; does nothing where nothing runs.",
            footer = {"", "Example:", "  bsp cluster stop --dir /tmp/cluster"})
    private static final class ClusterStop extends Verb {
        @Option(names = "--dir", required = true, paramLabel = "DIR", description = "the cluster's folder")
        private Path dir;

        ClusterStop(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            if (!Files.exists(dir.resolve("conf"))) {
                shell().out().println("no cluster in " + dir);
                return ExitCode.DONE;
            }
            LocalCluster.in(dir).stop();
            shell().out().println("cluster in " + dir + " is stopped");
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "status",
            description = "Shows the daemons with their processes and addresses, whether they run or not.",
            footer = {"", "Example:", "  bsp cluster status --dir /tmp/cluster --json"})
    private static final class ClusterShow extends FactVerb {
        @Option(names = "--dir", required = true, paramLabel = "DIR", description = "the cluster's folder")
        private Path dir;

        ClusterShow(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            ClusterFacts facts = ClusterFacts.of(LocalCluster.in(dir), shell());
            if (isJson()) {
                shell().json(facts);
                return ExitCode.DONE;
            }
            Table table = new Table("NAME", "PID", "STATE", "RPC", "HTTP", "LOG");
            for (ClusterFacts.Master master : facts.masters()) {
                String state = master.pid() == null ? "down" : master.leader() ? "leads" : "does not answer";
                table.row(master.name(), master.pid(), state, master.rpc(), master.http(), master.log());
            }
            for (ClusterFacts.Groom groom : facts.grooms()) {
                Object state = groom.pid() == null ? "down" : groom.state();
                table.row(groom.name(), groom.pid(), state, groom.rpc(), groom.http(), groom.log());
            }
            table.print(shell().out());
            return ExitCode.DONE;
        }
    }
}
