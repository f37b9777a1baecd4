package io.valiant.cli.submit;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.Cause;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobResult;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.Progress;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Plain;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.local.LocalSubmitter;
import java.util.Map;

/** A job from its submission to its end, as a person at a terminal sees it. Used by one thread. */
public final class JobRun {
    /** What a verb shows of a job that it submitted. */
    public interface Show {
        /** The document of {@code --json}. */
        Map<String, Object> document(JobStatus status) throws BspException;

        /** Prints results for people; called when the job has succeeded. */
        void print(JobStatus status) throws BspException;
    }

    private static final String ITERATIONS = "graph.iterations";

    private final Shell shell;
    private final JobOptions options;
    private final boolean json;

    public JobRun(Shell shell, JobOptions options, boolean json) {
        this.shell = shell;
        this.options = options;
        this.json = json;
    }

    /** Submits the job, tells its id, follows it unless it shall be left alone, shows how it ended. */
    public ExitCode run(BspJob job, Show show) throws BspException {
        if (job.isLocal() && options.isDetach()) {
            throw new UsageException("--detach: a job with --local ends with this process");
        }
        try (JobHandle handle = submitted(job)) {
            (json ? shell.err() : shell.out()).println(handle.id());
            if (options.isDetach()) {
                if (json) {
                    shell.json(show.document(handle.status()));
                }
                return ExitCode.DONE;
            }
            return ended(follow(handle, job), show);
        }
    }

    private JobHandle submitted(BspJob job) throws BspException {
        return job.isLocal()
                ? new LocalSubmitter().submit(job, shell.configuration())
                : shell.cluster().submit(job);
    }

    /** What the job was told, if it was: the programs of bsp-graph count by this setting. */
    private static long iterations(BspJob job) {
        String told = job.settings().get(ITERATIONS);
        return told != null && told.matches("\\d{1,18}") ? Long.parseLong(told) : Progress.UNKNOWN_ITERATIONS;
    }

    private JobStatus follow(JobHandle handle, BspJob job) throws BspException {
        Departure departure = job.isLocal()
                ? Departure.local(shell, handle)
                : Departure.cluster(shell, handle, options.isKillOnExit());
        departure.prepare();
        try {
            JobResult result = handle.await(shell.progress(iterations(job)));
            return result.status();
        } finally {
            departure.withdraw();
        }
    }

    private ExitCode ended(JobStatus status, Show show) throws BspException {
        if (json) {
            shell.json(show.document(status));
        } else if (status.state() == JobState.SUCCEEDED) {
            show.print(status);
        }
        return tellEnd(shell, status);
    }

    /** Says in one line on stderr why a job did not succeed; the exit code that goes with its end. */
    public static ExitCode tellEnd(Shell shell, JobStatus status) {
        if (status.state() == JobState.SUCCEEDED) {
            return ExitCode.DONE;
        }
        shell.err().println(why(status));
        return status.state() == JobState.KILLED ? ExitCode.KILLED : ExitCode.FAILED;
    }

    /** {@code job_c1_7 FAILED: USER_ERROR: message (attempt …, groom …, superstep …): exception's first line}. */
    static String why(JobStatus status) {
        StringBuilder line = new StringBuilder(status.id() + " " + status.state());
        Cause cause = status.cause();
        if (cause == null) {
            return status.completion() == null ? line.toString() : line + ": " + Plain.line(status.completion());
        }
        String message = Plain.line(cause.message());
        line.append(": ").append(cause.type()).append(": ").append(message);
        StringBuilder where = new StringBuilder();
        part(where, "attempt", cause.attempt());
        part(where, "groom", cause.groom());
        part(where, "superstep", SuperstepStatus.label(cause.superstep()));
        part(where, "file", cause.file());
        part(where, "line", cause.line());
        if (where.length() > 0) {
            line.append(" (").append(where).append(')');
        }
        String exception = cause.exception() == null
                ? ""
                : cause.exception().lines().findFirst().orElse("").strip();
        if (!exception.isEmpty() && !message.contains(exception) && !exception.contains(message)) {
            line.append(": ").append(exception);
        }
        return line.toString();
    }

    private static void part(StringBuilder where, String what, Object value) {
        if (value != null) {
            where.append(where.length() == 0 ? "" : ", ")
                    .append(what)
                    .append(' ')
                    .append(value);
        }
    }
}
