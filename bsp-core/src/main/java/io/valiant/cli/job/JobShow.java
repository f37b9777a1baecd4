package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Plain;
import io.valiant.cli.Shell;
import io.valiant.cli.Table;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code job status}. */
@Command(
        name = "status",
        description = "Shows a job with its tasks and attempts.",
        footer = {"", "Example:", "  bsp job status job_c1_7"})
final class JobShow extends JobVerb {
    JobShow(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        JobStatus status = status();
        if (isJson()) {
            shell().json(status);
            return ExitCode.DONE;
        }
        PrintStream out = shell().out();
        facts(out, status);
        out.println();
        attempts(status).print(out);
        return ExitCode.DONE;
    }

    private static void facts(PrintStream out, JobStatus job) {
        fact(out, "id", job.id());
        fact(out, "name", job.name());
        fact(out, "type", job.type());
        fact(out, "user", job.user());
        fact(out, "state", job.phase() == null ? job.state() : job.state() + " (" + job.phase() + ")");
        fact(out, "reason", job.reason());
        fact(out, "completion", job.completion());
        cause(out, job.cause());
        fact(out, "tasks", job.tasks());
        fact(out, "superstep", SuperstepStatus.label(job.superstep()));
        fact(out, "generation", job.generation());
        fact(out, "roll-backs", job.rollbacks());
        if (job.waitingFor() != null) {
            JobStatus.WaitingFor waiting = job.waitingFor();
            fact(
                    out,
                    "waiting for",
                    "task " + waiting.task() + " on " + waiting.groom() + " since " + waiting.sinceMs() + " ms");
        }
        fact(out, "submitted", job.submittedAt());
        fact(out, "started", job.startedAt());
        fact(out, "finished", job.finishedAt());
        fact(out, "next try", job.nextTryAt());
        if (job.checkpoint() != null) {
            JobStatus.Checkpoint checkpoint = job.checkpoint();
            fact(
                    out,
                    "checkpoint",
                    "superstep " + checkpoint.superstep() + " at " + checkpoint.time() + " in " + checkpoint.path());
        }
        fact(out, "output", job.output());
    }

    private static void cause(PrintStream out, Cause cause) {
        if (cause == null) {
            return;
        }
        fact(out, "cause", cause.type() + ": " + cause.message());
        fact(out, "  attempt", cause.attempt());
        fact(out, "  groom", cause.groom());
        fact(out, "  superstep", SuperstepStatus.label(cause.superstep()));
        fact(out, "  file", cause.line() == null ? cause.file() : cause.file() + " line " + cause.line());
        fact(out, "  exception", cause.exception());
    }

    private static void fact(PrintStream out, String what, Object value) {
        if (value != null) {
            out.printf("%-13s%s%n", what, Plain.lines(value.toString().strip()).replace("\n", "\n             "));
        }
    }

    static Table attempts(JobStatus job) {
        Table table =
                new Table("TASK", "ATTEMPT", "STATE", "GROOM", "PID", "GENERATION", "SUPERSTEP", "CHARGED", "ENDED BY");
        for (JobStatus.Task task : job.task()) {
            if (task.attempts().isEmpty()) {
                table.row(task.index(), null, task.state(), null, null, null, null, null, "");
            }
            for (JobStatus.Attempt attempt : task.attempts()) {
                table.row(
                        task.index(),
                        attempt.id(),
                        attempt.state(),
                        attempt.groom(),
                        attempt.pid(),
                        attempt.generation(),
                        SuperstepStatus.label(task.superstep()),
                        attempt.charged() ? "yes" : "no",
                        end(attempt));
            }
        }
        return table;
    }

    private static String end(JobStatus.Attempt attempt) {
        if (attempt.signal() != null) {
            return attempt.signal();
        }
        if (attempt.cause() != null) {
            return attempt.cause().type().toString();
        }
        return attempt.exitCode() == null ? "" : "exit " + attempt.exitCode();
    }
}
