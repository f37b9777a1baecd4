package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.cli.submit.JobOptions;
import io.valiant.cli.submit.JobRun;
import io.valiant.config.Keys;
import io.valiant.examples.bench.Figure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench VERB}: a job that measures, and what it measured. */
@Command
abstract class BenchVerb extends FactVerb {
    private static final String TRANSPORT = "bsp.peer.transport";

    /** Bytes of the message that a figure is told for. */
    private static final double BYTES = 16;

    @Mixin
    private JobOptions options = new JobOptions(2);

    @Option(
            names = "--transport",
            paramLabel = "T",
            description = "how tasks are linked, as " + TRANSPORT + "; default: what the configuration says")
    private String transport;

    @Option(names = "--local", description = "run all tasks in this process, without a cluster")
    private boolean local;

    BenchVerb(Shell shell) {
        super(shell);
    }

    /** The program. */
    abstract BspJob job() throws BspException;

    /** How many samples of each figure, as typed. */
    abstract int samples();

    /** Whether a task alone is enough. */
    boolean isSolo() {
        return false;
    }

    @Override
    protected final ExitCode run() throws BspException {
        BspJob job = job();
        options.apply(job);
        check(job);
        if (transport != null) {
            link(job);
        }
        if (local) {
            job.local();
        }
        return new JobRun(shell(), options, isJson()).run(job, new Figures(wantedTransport(job)));
    }

    private void check(BspJob job) throws UsageException {
        if (!job.inputs().isEmpty() || job.output() != null) {
            throw new UsageException("bench reads no --input and writes no --output: it prints what it measured");
        }
        if (samples() < 1) {
            throw new UsageException("--samples " + samples() + " is not a positive number");
        }
        if (job.tasks() < 2 && !isSolo()) {
            throw new UsageException("--tasks " + job.tasks() + ": a message to another task needs at least 2");
        }
        if (local && transport != null) {
            throw new UsageException("--transport: the tasks of a job with --local are in one process");
        }
    }

    private void link(BspJob job) throws UsageException {
        try {
            Keys.PEER_TRANSPORT.type().parse(transport);
            job.configure(TRANSPORT, transport);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--transport '" + transport + "' " + e.getMessage());
        }
    }

    /** What the job says, else what the configuration here says; {@code auto} is told as such, since children choose. */
    private String wantedTransport(BspJob job) throws BspException {
        if (local) {
            return "memory";
        }
        String ofJob = job.configuration().get(TRANSPORT);
        return ofJob != null
                ? ofJob
                : shell().configuration().get(Keys.PEER_TRANSPORT).label();
    }

    private final class Figures implements JobRun.Show {
        private final String wanted;

        Figures(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public Map<String, Object> document(JobStatus status) throws BspException {
            SortedMap<String, Long> told = status.counters() == null
                    ? new TreeMap<>()
                    : status.counters().getOrDefault(Figure.GROUP, new TreeMap<>());
            verify(told);
            Double emptyNs = Figure.EMPTY_SUPERSTEP.ns(told);
            Double bulkNs = Figure.BULK.ns(told);
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("tasks", status.tasks());
            document.put("transport", wanted);
            document.put("l_us", emptyNs == null ? null : emptyNs / 1000);
            document.put("g_ns", Figure.MESSAGE.ns(told));
            document.put("g_bulk_ns", bulkNs);
            document.put("bulk_gb_s", bulkNs == null ? null : BYTES / bulkNs);
            document.put("samples", Figure.samples(told));
            return document;
        }

        @Override
        public void print(JobStatus status) throws BspException {
            Map<String, Object> figures = document(status);
            shell().out()
                    .println(figures.get("tasks") + " tasks, " + figures.get("transport") + ", medians of "
                            + figures.get("samples") + " samples");
            line("empty superstep", (Number) figures.get("l_us"), "µs");
            line("16-byte message sent alone", (Number) figures.get("g_ns"), "ns");
            line("16 bytes in arrays", (Number) figures.get("g_bulk_ns"), "ns");
            line("arrays, each way", (Number) figures.get("bulk_gb_s"), "GB/s");
        }

        private void line(String what, Number figure, String unit) {
            if (figure != null) {
                shell().out().printf(Locale.ROOT, "%s: %.2f %s%n", what, figure.doubleValue(), unit);
            }
        }
    }

    /** Throws if what the counters say cannot be. */
    void verify(SortedMap<String, Long> counters) throws BspException {}
}
