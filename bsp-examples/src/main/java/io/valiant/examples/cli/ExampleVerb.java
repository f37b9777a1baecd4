package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.cli.submit.JobOptions;
import io.valiant.cli.submit.JobRun;
import io.valiant.cli.submit.OutputLines;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code example NAME}: what the command lines of all examples have in common. Without {@code --output} results lie under
 * {@code bsp.system.dir}, with {@code --local} in a temporary folder.
 */
@Command
abstract class ExampleVerb extends FactVerb {
    @Mixin
    private JobOptions options;

    @Option(names = "--local", description = "run all tasks in this process, without a cluster")
    private boolean local;

    private final String fact;

    private boolean readsInput;

    /** @param fact the result's name in the document of {@code --json} */
    ExampleVerb(Shell shell, String fact) {
        super(shell);
        this.fact = fact;
    }

    /** The program with its own options. */
    abstract BspJob job() throws BspException;

    /** The value that the lines of the output, and counters, say. */
    abstract Object result(List<String> lines, JobStatus status) throws BspException;

    /** For people: what the output says. */
    void print(List<String> lines, JobStatus status) throws BspException {
        shell().out().println(fact + ": " + result(lines, status));
    }

    /** Throws unless {@code --input} was given. */
    final void needInput(String what) throws UsageException {
        readsInput = true;
        if (!options.hasInput()) {
            throw new UsageException("this example needs --input F: " + what);
        }
    }

    /** Throws unless that holds. */
    static void need(boolean holds, String otherwise) throws UsageException {
        if (!holds) {
            throw new UsageException(otherwise);
        }
    }

    @Override
    protected final ExitCode run() throws BspException {
        BspJob job = job();
        need(readsInput || !options.hasInput(), "--input: this example does not read it; see --help for what it reads");
        options.apply(job);
        if (local) {
            job.local();
        }
        if (options.output() == null) {
            job.output(local ? temporaryFolder() : systemFolder());
        }
        return new JobRun(shell(), options, isJson()).run(job, new Results());
    }

    private String systemFolder() throws BspException {
        String system = shell().answer(shell().cluster().calls().cluster()).systemDir();
        return Shell.location(system) + "/examples/" + UUID.randomUUID();
    }

    private static String temporaryFolder() throws BspException {
        try {
            return Files.createTempDirectory("bsp-example-").resolve("output").toString();
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.FATAL,
                    "no temporary folder for the results: " + e.getMessage() + "; name one with --output",
                    e);
        }
    }

    private final class Results implements JobRun.Show {
        @Override
        public Map<String, Object> document(JobStatus status) throws BspException {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("job_id", status.id());
            document.put("state", status.state());
            document.put(fact, status.state() == JobState.SUCCEEDED ? result(lines(status), status) : null);
            return document;
        }

        @Override
        public void print(JobStatus status) throws BspException {
            ExampleVerb.this.print(lines(status), status);
            shell().out().println("output: " + status.output());
        }

        private List<String> lines(JobStatus status) throws BspException {
            List<String> lines = new ArrayList<>();
            OutputLines.read(shell().configuration().hadoop(), status.output(), lines::add);
            return lines;
        }
    }
}
