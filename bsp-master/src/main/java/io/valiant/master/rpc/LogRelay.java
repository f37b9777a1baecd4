package io.valiant.master.rpc;

import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobStatus;
import io.valiant.config.HostPort;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Fetches what an attempt wrote, or does, from the groom it runs or ran on. Never waits; safe in any thread. */
public final class LogRelay {
    private final MasterCalls calls;
    private final Function<HostPort, GroomProtocol> grooms;

    public LogRelay(MasterCalls calls, Function<HostPort, GroomProtocol> grooms) {
        this.calls = calls;
        this.grooms = grooms;
    }

    /** {@link ErrorCode#ATTEMPT_NOT_FOUND}, {@link ErrorCode#LOG_NOT_FOUND}. */
    public CompletableFuture<LogChunk> read(AttemptId attempt, LogStream stream, long offset, int length) {
        if (offset < 0 || length < 0) {
            return CompletableFuture.failedFuture(
                    ErrorCode.BAD_REQUEST.with("offset " + offset + " and length " + length + " must not be negative"));
        }
        try {
            return grooms.apply(whereIs(attempt))
                    .readLog(attempt, stream, offset, Math.min(length, LogChunk.MAX_BYTES));
        } catch (CallException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The stacks of its threads. {@link ErrorCode#ATTEMPT_NOT_FOUND}, {@link ErrorCode#ATTEMPT_ENDED}. */
    public CompletableFuture<String> threads(AttemptId attempt) {
        try {
            return grooms.apply(whereIs(attempt)).threads(attempt);
        } catch (CallException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private HostPort whereIs(AttemptId attempt) throws CallException {
        MasterSnapshot snapshot = calls.snapshot();
        JobStatus job = snapshot.job(attempt.job());
        if (job != null && attempt.task() < job.task().size()) {
            for (JobStatus.Attempt candidate : job.task().get(attempt.task()).attempts()) {
                if (candidate.id().equals(attempt.toString())) {
                    return address(snapshot, attempt, candidate.groom());
                }
            }
        }
        throw ErrorCode.ATTEMPT_NOT_FOUND.with("no attempt " + attempt + "; bsp job status shows those there are");
    }

    private static HostPort address(MasterSnapshot snapshot, AttemptId attempt, String name) throws CallException {
        GroomStatus groom = snapshot.groom(new GroomId(name));
        if (groom == null || groom.rpc() == null) {
            throw ErrorCode.LOG_NOT_FOUND.with(
                    attempt + " is on groom " + name + ", which is not here now; start it again");
        }
        return HostPort.parse(groom.rpc());
    }
}
