package io.valiant.graph.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.cli.submit.JobOptions;
import io.valiant.cli.submit.JobRun;
import io.valiant.graph.GraphJob;
import io.valiant.graph.GraphSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graph pr}, {@code bfs} and the other algorithms. */
@Command
final class GraphVerb extends FactVerb {
    /** Facts that tasks tell the master's books, in the order of the document. */
    private static final List<String> FACTS =
            List.of("load_ms", "compute_ms", "output_ms", "supersteps", "vertices", "edges");

    private final Algorithm algorithm;

    @Mixin
    private GraphFiles files;

    @Option(names = "--binary", paramLabel = "F", description = "instead of all: the file that graph convert made")
    private String binary;

    @Option(names = "--undirected", description = "every edge goes both ways")
    private boolean undirected;

    @Option(names = "--weighted", description = "the third column of edges is a weight")
    private boolean weighted;

    @Option(names = "--ids", paramLabel = "FORM", description = "long or text; default: found by looking")
    private String ids;

    @Option(names = "--lenient", description = "leave out edges to vertices that the vertex file does not name")
    private boolean lenient;

    @Option(names = "--source", paramLabel = "ID", description = "the vertex that a traversal starts at")
    private String source;

    @Option(names = "--iterations", paramLabel = "N", description = "how many iterations")
    private Long iterations;

    @Option(names = "--damping", paramLabel = "D", description = "PageRank's damping factor, 0 to 1")
    private Double damping;

    @Option(names = "--local", description = "run all tasks in this process, without a cluster")
    private boolean local;

    @Mixin
    private JobOptions options;

    GraphVerb(Shell shell, Algorithm algorithm) {
        super(shell);
        this.algorithm = algorithm;
    }

    @Override
    protected ExitCode run() throws BspException {
        check();
        GraphJob job = GraphJob.of(algorithm.program());
        job.name(algorithm.verb());
        options.apply(job);
        for (JobInput input : files.inputs()) {
            job.input(input.name(), input.path());
        }
        if (undirected) {
            job.undirected();
        }
        if (weighted) {
            job.weighted();
        }
        if (lenient) {
            job.lenient();
        }
        set(job, GraphSettings.IDS, ids);
        set(job, GraphSettings.SOURCE, source);
        // told though it is the default: so whoever follows the job knows how many are left
        set(job, GraphSettings.ITERATIONS, iterations == null ? algorithm.iterations() : iterations);
        set(job, GraphSettings.DAMPING, damping);
        if (local) {
            job.local();
        }
        return new JobRun(shell(), options, isJson()).run(job, new Facts());
    }

    private void check() throws UsageException {
        if (options.output() == null) {
            throw new UsageException("graph " + algorithm.verb() + " needs --output DIR for its results");
        }
        if (options.hasInput()) {
            throw new UsageException("graph " + algorithm.verb()
                    + " reads --vertices and --edges, --adjacency or --binary, not --input");
        }
        files.binary(binary);
        files.check("graph " + algorithm.verb(), true);
        if (algorithm.needsSource() && source == null) {
            throw new UsageException("graph " + algorithm.verb() + " needs --source ID, the vertex it starts at");
        }
        if (algorithm.needsWeights() && !weighted) {
            throw new UsageException("graph " + algorithm.verb()
                    + " needs --weighted and edges with a weight in their third column; bfs counts edges");
        }
        if (ids != null && !ids.equals("long") && !ids.equals("text")) {
            throw new UsageException("--ids '" + ids + "' is neither long nor text");
        }
        if (iterations != null && iterations < 0) {
            throw new UsageException("--iterations " + iterations + " is negative");
        }
        if (damping != null && !(damping >= 0 && damping <= 1)) {
            throw new UsageException("--damping " + damping + " is not between 0 and 1");
        }
    }

    private static void set(GraphJob job, String key, Object value) {
        if (value != null) {
            job.set(key, value);
        }
    }

    private final class Facts implements JobRun.Show {
        @Override
        public Map<String, Object> document(JobStatus status) {
            SortedMap<String, Long> told = status.counters() == null
                    ? new TreeMap<>()
                    : status.counters().getOrDefault("bsp", new TreeMap<>());
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("job_id", status.id());
            document.put("state", status.state());
            FACTS.forEach(fact -> document.put(fact, told.get(fact)));
            document.put("tasks", status.tasks());
            return document;
        }

        @Override
        public void print(JobStatus status) {
            Map<String, Object> facts = document(status);
            shell().out()
                    .println(facts.get("vertices") + " vertices, " + facts.get("edges") + " edges, "
                            + facts.get("supersteps") + " supersteps; load " + facts.get("load_ms") + " ms, compute "
                            + facts.get("compute_ms") + " ms, output " + facts.get("output_ms") + " ms");
            shell().out().println("output: " + status.output());
        }
    }
}
