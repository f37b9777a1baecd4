package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.cli.submit.JobOptions;
import io.valiant.cli.submit.JobRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code job submit}: a program of a user's jar. */
@Command(
        name = "submit",
        description = {
            "Submits a program and waits for its end.",
            "Prints the job's id first. Ctrl-C leaves the job running.",
            "The program reads its arguments as settings argument.0, argument.1 and so on."
        },
        footer = {"", "Example:", "  bsp job submit --jar pi.jar --class org.example.Pi --tasks 4"})
final class JobSubmit extends FactVerb {
    @Option(names = "--jar", required = true, paramLabel = "FILE", description = "the jar with the program")
    private Path jar;

    @Option(
            names = "--class",
            required = true,
            paramLabel = "CLASS",
            description = "the program: extends Bsp, SuperstepProgram or a vertex program")
    private String program;

    @Option(
            names = "--combiner",
            paramLabel = "CLASS",
            description = "folds messages at the sender: a Combiner or KeyedCombiner of the job's jars")
    private String combiner;

    @Mixin
    private JobOptions options;

    @Parameters(paramLabel = "ARG", description = "arguments of the program, after --")
    private List<String> arguments = new ArrayList<>();

    JobSubmit(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        BspJob job = BspJob.ofClassName(program).jar(readable(jar));
        options.apply(job);
        if (combiner != null) {
            job.combinerClassName(combiner);
        }
        for (int i = 0; i < arguments.size(); i++) {
            job.set("argument." + i, arguments.get(i));
        }
        return new JobRun(shell(), options, isJson()).run(job, new Submitted());
    }

    static Path readable(Path jar) throws BspException {
        if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
            throw BspException.user(
                    "jar %s %s", jar, Files.exists(jar) ? "is not a file that can be read" : "does not exist");
        }
        return jar.toAbsolutePath().normalize();
    }

    private final class Submitted implements JobRun.Show {
        @Override
        public Map<String, Object> document(JobStatus status) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("job_id", status.id());
            document.put("state", status.state());
            document.put("completion", status.completion());
            document.put("cause", status.cause());
            document.put("tasks", status.tasks());
            document.put("superstep", status.superstep());
            document.put("rollbacks", status.rollbacks());
            document.put("output", status.output());
            document.put("counters", status.counters());
            return document;
        }

        @Override
        public void print(JobStatus status) {
            if (status.output() != null) {
                shell().out().println("output: " + status.output());
            }
        }
    }
}
