package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.BspMain;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Shell;
import io.valiant.cli.Verb;
import io.valiant.cli.cluster.ClusterPlan;
import io.valiant.cli.cluster.LocalCluster;
import io.valiant.cli.submit.JobRun;
import io.valiant.cli.submit.OutputLines;
import io.valiant.config.Keys;
import io.valiant.graph.GraphJob;
import io.valiant.graph.algorithm.PageRank;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/quickstart}: a cluster of this machine's own, PageRank on a real graph, the result checked. */
@Command(
        name = "quickstart",
        description = {
            "Starts a master and two grooms on this machine, runs PageRank on the flights between the airports of the",
            "United States with a JVM for each task, checks the result and stops the cluster."
        },
        footer = {"", "Example:", "  bin/quickstart --keep"})
public final class Quickstart extends Verb {
    private static final int GROOMS = 2;
    private static final int TASKS = 4;
    private static final int SHOWN = 10;

    @Option(names = "--keep", description = "leave the cluster up")
    private boolean keep;

    private Quickstart(Shell shell) {
        super(shell);
    }

    public static void main(String[] args) {
        BspMain.exec(Quickstart::new, args);
    }

    @Override
    protected ExitCode run() throws BspException {
        Path dir = folder();
        PrintStream out = shell().out();
        if (LocalCluster.isRunning(dir)) {
            out.println("using the cluster that an earlier quickstart left up in " + dir);
            return runOn(LocalCluster.in(dir), dir);
        }
        out.println("starting a master and " + GROOMS + " grooms in " + dir + " ...");
        LocalCluster cluster = LocalCluster.start(dir, new ClusterPlan(GROOMS, new TreeMap<>()));
        boolean leave = false;
        try {
            ExitCode code = runOn(cluster, dir);
            leave = keep;
            return code;
        } finally {
            if (leave) {
                out.println("the cluster is up: bin/bsp --config " + cluster.conf() + " job list");
                out.println("it is stopped by:  bin/bsp cluster stop --dir " + dir);
            } else {
                cluster.stop();
                out.println("cluster stopped");
            }
        }
    }

    private static Path folder() {
        String chosen = System.getenv("BSP_QUICKSTART_DIR");
        Path dir = chosen == null || chosen.isEmpty()
                ? Path.of(System.getProperty("bsp.home", "."), "target", "quickstart")
                : Path.of(chosen);
        return dir.toAbsolutePath().normalize();
    }

    private ExitCode runOn(LocalCluster cluster, Path dir) throws BspException {
        PrintStream out = shell().out();
        String page = "http://" + cluster.configuration().get(Keys.MASTER_HTTP_ADDRESS) + "/";
        out.println("status page: " + page);
        Path data = dir.resolve("data");
        GraphJob job = GraphJob.of(PageRank.class)
                .name("airports")
                .vertices(Shell.location(Airports.vertices(data).toString()))
                .edges(Shell.location(Airports.edges(data).toString()))
                .iterations(Airports.ITERATIONS)
                .tasks(TASKS)
                .output(Shell.location(dir.resolve("ranks").toString()))
                .overwrite();
        job.memory("256m");
        shell().use(cluster.configuration());
        JobStatus status;
        try (JobHandle handle = shell().cluster().submit(job)) {
            status = handle.await(shell().progress()).status();
        }
        ExitCode end = JobRun.tellEnd(shell(), status);
        return end == ExitCode.DONE ? show(status) : end;
    }

    private ExitCode show(JobStatus status) throws BspException {
        SortedMap<String, Double> ranks = new TreeMap<>();
        OutputLines.read(new TreeMap<>(), status.output(), line -> Airports.addRank(line, ranks));
        SortedMap<String, String> names = Airports.names();
        List<Map.Entry<String, Double>> best = new ArrayList<>(ranks.entrySet());
        best.sort(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()));
        PrintStream out = shell().out();
        out.println();
        out.println("The " + SHOWN + " airports of the highest PageRank:");
        for (int i = 0; i < Math.min(SHOWN, best.size()); i++) {
            Map.Entry<String, Double> each = best.get(i);
            out.printf(
                    Locale.ROOT,
                    "%3d  %s  %.6f  %s%n",
                    i + 1,
                    each.getKey(),
                    each.getValue(),
                    names.getOrDefault(each.getKey(), ""));
        }
        out.println();
        out.println("result: " + status.output());
        String problem = Airports.problem(ranks);
        if (problem != null) {
            throw new BspException(BspException.Kind.FATAL, "the result is wrong: " + problem);
        }
        out.println("checked: equal to the result of a single-threaded program");
        return ExitCode.DONE;
    }
}
