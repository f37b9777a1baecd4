package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.CommandProvider;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Helpful;
import io.valiant.cli.Plain;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.id.AttemptId;
import io.valiant.protocol.ClientProtocol;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bsp task …}. */
public final class TaskCommands implements CommandProvider {
    @Override
    public String noun() {
        return "task";
    }

    @Override
    public Object command(Shell shell) {
        return new CommandLine(new Noun())
                .addSubcommand(new TaskList(shell))
                .addSubcommand(new TaskKill(shell))
                .addSubcommand(new TaskFail(shell))
                .addSubcommand(new TaskStop(shell))
                .addSubcommand(new TaskResume(shell))
                .addSubcommand(new TaskThreads(shell));
    }

    @Command(
            name = "task",
            description = "Shows, ends, stops and resumes the tasks of a job, shows what they do.",
            footer = {"", "Example:", "  bsp task list job_c1_7"})
    private static final class Noun extends Helpful {}

    @Command(
            name = "list",
            description = "Lists the tasks of a job with their attempts.",
            footer = {"", "Example:", "  bsp task list job_c1_7 --json"})
    private static final class TaskList extends JobVerb {
        TaskList(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            JobStatus status = status();
            if (isJson()) {
                shell().json(status.task());
            } else {
                JobShow.attempts(status).print(shell().out());
            }
            return ExitCode.DONE;
        }
    }

    /** A verb about an attempt. */
    private abstract static class OneAttempt extends FactVerb {
        @Parameters(index = "0", paramLabel = "ATTEMPT", description = "the attempt's id, such as job_c1_7_t0_a1")
        private String id;

        OneAttempt(Shell shell) {
            super(shell);
        }

        final AttemptId attempt() throws BspException {
            try {
                return AttemptId.parse(id);
            } catch (IllegalArgumentException e) {
                throw new UsageException("'" + id + "' is not an attempt id; bsp task list JOB shows them");
            }
        }
    }

    @Command(
            name = "threads",
            description = {
                "Shows the stacks of all threads of an attempt's JVM, as they are now.",
                "Its groom asks the JVM itself, so that it works while the program hangs."
            },
            footer = {"", "Example:", "  bsp task threads job_c1_7_t0_a1"})
    private static final class TaskThreads extends OneAttempt {
        TaskThreads(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            AttemptId attempt = attempt();
            String threads = shell().answer(shell().cluster().calls().threads(attempt));
            if (isJson()) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("attempt", attempt.toString());
                document.put("threads", threads);
                shell().json(document);
            } else {
                shell().out().println(Plain.lines(threads).stripTrailing());
            }
            return ExitCode.DONE;
        }
    }

    /** A verb that does something to an attempt, then shows it. */
    private abstract static class AttemptVerb extends OneAttempt {

        AttemptVerb(Shell shell) {
            super(shell);
        }

        /** What is done to it. */
        abstract CompletableFuture<Void> act(ClientProtocol calls, AttemptId attempt);

        @Override
        protected final ExitCode run() throws BspException {
            AttemptId attempt = attempt();
            ClientProtocol calls = shell().cluster().calls();
            shell().answer(act(calls, attempt));
            JobStatus job = shell().answer(calls.job(attempt.job()));
            for (JobStatus.Attempt shown : job.task().get(attempt.task()).attempts()) {
                if (shown.id().equals(attempt.toString())) {
                    show(shown, job);
                }
            }
            return ExitCode.DONE;
        }

        private void show(JobStatus.Attempt attempt, JobStatus job) throws BspException {
            if (isJson()) {
                shell().json(attempt);
            } else {
                shell().out().println(attempt.id() + " " + attempt.state() + ", job " + job.id() + " " + job.state());
            }
        }
    }

    @Command(
            name = "kill",
            description = {
                "Ends an attempt without charging its task; the job is rolled back.",
                "Returns when the master has stored it."
            },
            footer = {"", "Example:", "  bsp task kill job_c1_7_t0_a1"})
    private static final class TaskKill extends AttemptVerb {
        TaskKill(Shell shell) {
            super(shell);
        }

        @Override
        CompletableFuture<Void> act(ClientProtocol calls, AttemptId attempt) {
            return calls.endAttempt(attempt, false);
        }
    }

    @Command(
            name = "fail",
            description = {
                "Ends an attempt and charges its task; the job is rolled back, or fails at its last attempt.",
                "Returns when the master has stored it."
            },
            footer = {"", "Example:", "  bsp task fail job_c1_7_t0_a1"})
    private static final class TaskFail extends AttemptVerb {
        TaskFail(Shell shell) {
            super(shell);
        }

        @Override
        CompletableFuture<Void> act(ClientProtocol calls, AttemptId attempt) {
            return calls.endAttempt(attempt, true);
        }
    }

    @Command(
            name = "stop",
            description = {
                "Ends an attempt at the next barrier, after a checkpoint where one can be taken.",
                "The job waits as PENDING then, until bsp task resume or bsp job cancel."
            },
            footer = {"", "Example:", "  bsp task stop job_c1_7_t0_a1"})
    private static final class TaskStop extends AttemptVerb {
        TaskStop(Shell shell) {
            super(shell);
        }

        @Override
        CompletableFuture<Void> act(ClientProtocol calls, AttemptId attempt) {
            return calls.stopAttempt(attempt);
        }
    }

    @Command(
            name = "resume",
            description = "Lets the job of a stopped task go on from its newest checkpoint.",
            footer = {"", "Example:", "  bsp task resume job_c1_7 0"})
    private static final class TaskResume extends JobVerb {
        @Parameters(index = "1", paramLabel = "TASK", description = "the task's index")
        private int task;

        TaskResume(Shell shell) {
            super(shell);
        }

        @Override
        protected ExitCode run() throws BspException {
            shell().answer(shell().cluster().calls().resumeTask(job(), task));
            JobStatus status = status();
            if (isJson()) {
                shell().json(status);
            } else {
                shell().out().println(status.id() + " " + status.state());
            }
            return ExitCode.DONE;
        }
    }
}
