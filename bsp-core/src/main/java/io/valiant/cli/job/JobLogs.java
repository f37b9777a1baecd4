package io.valiant.cli.job;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.ExitCode;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.cli.Verb;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code job logs}: what the attempts of a job wrote, fetched from their grooms by the master. */
@Command(
        name = "logs",
        description = {
            "Prints what the tasks of a job wrote: of the newest attempt of every task, unless told otherwise.",
            "A line ==> attempt stream <== goes before each piece, where there is more than one."
        },
        footer = {"", "Example:", "  bsp job logs job_c1_7 --task 2 --stream stderr --follow"})
final class JobLogs extends Verb {
    private static final Duration FOLLOW_INTERVAL = Duration.ofMillis(500);

    @Parameters(index = "0", paramLabel = "ID", description = "the job's id")
    private String id;

    @Option(names = "--task", paramLabel = "N", description = "only this task")
    private Integer task;

    @Option(names = "--attempt", paramLabel = "A", description = "this attempt: its id, or with --task its number")
    private String attempt;

    @Option(names = "--stream", paramLabel = "S", description = "stdout or stderr; default: both")
    private String stream;

    @Option(names = "--follow", description = "go on until the job has ended")
    private boolean follow;

    JobLogs(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        if (!JobId.isValid(id)) {
            throw new UsageException("'" + id + "' is not a job id; bsp job list shows them");
        }
        // a wrong --stream is told at once, not when there is a task
        streams();
        ClientProtocol calls = shell().cluster().calls();
        JobId job = new JobId(id);
        JobStatus status = shell().answer(calls.job(job));
        List<Piece> pieces = new ArrayList<>();
        gather(status, pieces);
        boolean headed = pieces.size() != 1 || follow;
        Printer printer = new Printer(calls, headed);
        while (true) {
            boolean last = !follow || status.state().isEnded();
            if (pieces.isEmpty() && (last || isTaskUnknown(status))) {
                throw BspException.user("%s has no attempt %s; bsp job status %s shows them", id, wanted(), id);
            }
            for (Piece piece : pieces) {
                printer.print(piece);
            }
            if (last) {
                return told(pieces);
            }
            status = shell().answer(calls.awaitEnd(job, FOLLOW_INTERVAL));
            gather(status, pieces);
        }
    }

    /** Says at the end what could not be read. */
    private ExitCode told(List<Piece> pieces) {
        ExitCode code = ExitCode.DONE;
        for (Piece piece : pieces) {
            if (piece.missing != null) {
                shell().err().println(piece.stream.label() + ": " + piece.missing);
                code = ExitCode.FAILED;
            }
        }
        return code;
    }

    private boolean isTaskUnknown(JobStatus status) {
        return task != null && (task < 0 || task >= status.tasks());
    }

    private String wanted() {
        return attempt != null ? attempt : task != null ? "of task " + task : "yet";
    }

    /** Adds what is new. */
    private void gather(JobStatus status, List<Piece> pieces) throws BspException {
        for (JobStatus.Task each : status.task()) {
            if (task != null && each.index() != task) {
                continue;
            }
            List<JobStatus.Attempt> attempts = each.attempts();
            for (int i = 0; i < attempts.size(); i++) {
                String name = attempts.get(i).id();
                boolean chosen = attempt == null ? i == attempts.size() - 1 : isAttempt(name);
                if (chosen) {
                    add(name, pieces);
                }
            }
        }
    }

    private boolean isAttempt(String name) {
        return name.equals(attempt) || (task != null && name.endsWith("_a" + attempt));
    }

    private void add(String name, List<Piece> pieces) throws BspException {
        for (LogStream each : streams()) {
            if (pieces.stream().noneMatch(piece -> piece.name.equals(name) && piece.stream == each)) {
                pieces.add(new Piece(name, each));
            }
        }
    }

    private List<LogStream> streams() throws BspException {
        if (stream == null) {
            return List.of(LogStream.values());
        }
        try {
            return List.of(LogStream.valueOf(stream.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--stream '" + stream + "' is neither stdout nor stderr");
        }
    }

    /** One stream of one attempt, and how far it was printed. */
    private static final class Piece {
        private final String name;
        private final LogStream stream;
        private long offset;

        /** Why the last look at it brought nothing, where its groom was away; or null. */
        private String missing;

        Piece(String name, LogStream stream) {
            this.name = name;
            this.stream = stream;
        }
    }

    /** Prints pieces as they grow. */
    private final class Printer {
        private final ClientProtocol calls;
        private final boolean headed;
        private Piece last;

        Printer(ClientProtocol calls, boolean headed) {
            this.calls = calls;
            this.headed = headed;
        }

        void print(Piece piece) throws BspException {
            LogChunk chunk = read(piece);
            while (chunk != null && chunk.bytes().hasRemaining()) {
                if (headed && last != piece) {
                    shell().out().println("==> " + piece.name + " " + piece.stream.label() + " <==");
                    last = piece;
                }
                ByteBuffer bytes = chunk.bytes();
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                shell().out().write(copy, 0, copy.length);
                piece.offset = chunk.offset() + copy.length;
                chunk = piece.offset < chunk.size() ? read(piece) : null;
            }
            shell().out().flush();
        }

        /** Null where there is nothing yet. */
        private LogChunk read(Piece piece) throws BspException {
            piece.missing = null;
            try {
                return shell().answer(calls.readLog(
                        AttemptId.parse(piece.name), piece.stream, piece.offset, LogChunk.MAX_BYTES));
            } catch (CallException e) {
                if (e.code() == ErrorCode.GROOM_UNREACHABLE) {
                    piece.missing = e.getMessage();
                    return null;
                }
                if (e.code() == ErrorCode.LOG_NOT_FOUND && headed) {
                    return null;
                }
                throw e;
            }
        }
    }
}
