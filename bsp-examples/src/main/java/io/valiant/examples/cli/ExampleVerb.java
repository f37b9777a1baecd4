package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.cli.submit.JobOptions;
import io.valiant.cli.submit.JobRun;
import io.valiant.cli.submit.OutputLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Mixin;

/** An example whose result is one value. Without {@code --output} its results lie under {@code bsp.system.dir}. */
abstract class ExampleVerb extends FactVerb {
    @Mixin
    private JobOptions options;

    private final String fact;

    /** @param fact the result's name in the document of {@code --json} */
    ExampleVerb(Shell shell, String fact) {
        super(shell);
        this.fact = fact;
    }

    /** The program with its own options. */
    abstract BspJob job() throws BspException;

    /** The value that the lines of the output say. */
    abstract Object result(List<String> lines) throws BspException;

    @Override
    protected final ExitCode run() throws BspException {
        BspJob job = job();
        options.apply(job);
        if (options.output() == null) {
            String system = shell().answer(shell().cluster().calls().cluster()).systemDir();
            job.output(Shell.location(system) + "/examples/" + UUID.randomUUID());
        }
        return new JobRun(shell(), options, isJson()).run(job, new Results());
    }

    private final class Results implements JobRun.Show {
        @Override
        public Map<String, Object> document(JobStatus status) throws BspException {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("job_id", status.id());
            document.put("state", status.state());
            document.put(fact, status.state() == JobState.SUCCEEDED ? value(status) : null);
            return document;
        }

        @Override
        public void print(JobStatus status) throws BspException {
            shell().out().println(fact + ": " + value(status));
            shell().out().println("output: " + status.output());
        }

        private Object value(JobStatus status) throws BspException {
            List<String> lines = new ArrayList<>();
            OutputLines.read(shell().configuration().hadoop(), status.output(), lines::add);
            return result(lines);
        }
    }
}
