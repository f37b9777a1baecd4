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
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Fetches what an attempt wrote, or does, from the groom it runs or ran on. Never waits; safe in any thread. */
public final class LogRelay {
    private final MasterCalls calls;
    private final Function<HostPort, GroomProtocol> grooms;

    public LogRelay(MasterCalls calls, Function<HostPort, GroomProtocol> grooms) {
        this.calls = calls;
        this.grooms = grooms;
    }

    /** {@link ErrorCode#ATTEMPT_NOT_FOUND}, {@link ErrorCode#LOG_NOT_FOUND}, {@link ErrorCode#GROOM_UNREACHABLE}. */
    public CompletableFuture<LogChunk> read(AttemptId attempt, LogStream stream, long offset, int length) {
        if (offset < 0 || length < 0) {
            return CompletableFuture.failedFuture(
                    ErrorCode.BAD_REQUEST.with("offset " + offset + " and length " + length + " must not be negative"));
        }
        int most = Math.min(length, LogChunk.MAX_BYTES);
        return ask(attempt, groom -> groom.readLog(attempt, stream, offset, most));
    }

    /**
     * The stacks of its threads. {@link ErrorCode#ATTEMPT_NOT_FOUND}, {@link ErrorCode#ATTEMPT_ENDED}, {@link
     * ErrorCode#GROOM_UNREACHABLE}.
     */
    public CompletableFuture<String> threads(AttemptId attempt) {
        return ask(attempt, groom -> groom.threads(attempt));
    }

    private <T> CompletableFuture<T> ask(AttemptId attempt, Function<GroomProtocol, CompletableFuture<T>> question) {
        try {
            GroomStatus groom = whereIs(attempt);
            return question.apply(grooms.apply(HostPort.parse(groom.rpc()))).exceptionally(failure -> {
                throw new CompletionException(told(CallException.of(failure), attempt, groom));
            });
        } catch (CallException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whoever asked has reached the master: that it did not reach somebody else is not for him to try again. */
    private static CallException told(CallException failure, AttemptId attempt, GroomStatus groom) {
        if (failure.code() != ErrorCode.UNREACHABLE && failure.code() != ErrorCode.TIMED_OUT) {
            return failure;
        }
        return new CallException(
                ErrorCode.GROOM_UNREACHABLE,
                attempt + " is on groom " + groom.name() + ", which is " + groom.state() + " and does not answer at "
                        + groom.rpc() + "; ask again when it does",
                failure);
    }

    private GroomStatus whereIs(AttemptId attempt) throws CallException {
        MasterSnapshot snapshot = calls.snapshot();
        JobStatus job = snapshot.job(attempt.job());
        if (job != null && attempt.task() < job.task().size()) {
            for (JobStatus.Attempt candidate : job.task().get(attempt.task()).attempts()) {
                if (candidate.id().equals(attempt.toString())) {
                    return groom(snapshot, attempt, candidate.groom());
                }
            }
        }
        throw ErrorCode.ATTEMPT_NOT_FOUND.with("no attempt " + attempt + "; bsp job status shows those there are");
    }

    private static GroomStatus groom(MasterSnapshot snapshot, AttemptId attempt, String name) throws CallException {
        GroomStatus groom = snapshot.groom(new GroomId(name));
        if (groom == null || groom.rpc() == null) {
            throw ErrorCode.LOG_NOT_FOUND.with(
                    attempt + " is on groom " + name + ", which is not here now; start it again");
        }
        return groom;
    }
}
