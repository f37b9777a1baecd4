package io.valiant.groom.web;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.fasterxml.jackson.core.type.TypeReference;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.http.ApiRequest;
import io.valiant.http.HttpError;
import io.valiant.http.RawAnswer;
import io.valiant.http.Route;
import io.valiant.id.AttemptId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The routes of a groom's {@code /api/v1}: itself, its children, what they write and do. It only reads. */
final class GroomApi {
    private final Supplier<GroomSnapshot> snapshot;
    private final Supplier<GroomProtocol> calls;
    private final SortedMap<String, String> configuration;

    /** @param configuration secrets masked */
    GroomApi(Supplier<GroomSnapshot> snapshot, Supplier<GroomProtocol> calls, SortedMap<String, String> configuration) {
        this.snapshot = snapshot;
        this.calls = calls;
        this.configuration = configuration;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                                "GET",
                                "/groom",
                                "getGroom",
                                "This groom with its children",
                                request -> completedFuture(GroomFacts.of(snapshot.get())))
                        .gives(GroomFacts.class),
                new Route(
                                "GET",
                                "/config",
                                "getConfig",
                                "This groom's configuration, secrets masked",
                                request -> completedFuture(configuration))
                        .gives(new TypeReference<SortedMap<String, String>>() {}.getType()),
                new Route(
                                "GET",
                                "/attempts/{attempt}/log",
                                "readLog",
                                "A piece of what an attempt wrote here",
                                this::log)
                        .query("stream", "string", "stdout or stderr; stdout unless told")
                        .query("offset", "integer", "first byte wanted")
                        .query("length", "integer", "most bytes wanted, up to " + LogChunk.MAX_BYTES)
                        .gives(Route.Answer.TEXT)
                        .refuses(404, "no such attempt or log")
                        .refuses(503, "the groom is starting"),
                new Route(
                                "GET",
                                "/attempts/{attempt}/threads",
                                "readThreads",
                                "The stacks of all threads of an attempt's JVM",
                                request -> calls().threads(attempt(request)).thenApply(RawAnswer::text))
                        .gives(Route.Answer.TEXT)
                        .refuses(400, "the attempt has no process here, or gives no stacks")
                        .refuses(404, "no such attempt")
                        .refuses(503, "the groom is starting"));
    }

    private GroomProtocol calls() throws CallException {
        GroomProtocol open = calls.get();
        if (open == null) {
            throw ErrorCode.UNREACHABLE.with("this groom is starting; try again");
        }
        return open;
    }

    private CompletableFuture<RawAnswer> log(ApiRequest request) throws HttpError, CallException {
        AttemptId attempt = attempt(request);
        String name = request.parameter("stream");
        LogStream stream = name == null || name.equals("stdout") ? LogStream.STDOUT : LogStream.STDERR;
        if (name != null && !name.equals(stream.label())) {
            throw HttpError.badRequest("stream=" + name + " is neither stdout nor stderr");
        }
        long offset = request.number("offset", 0, 0, Long.MAX_VALUE);
        int length = (int) request.number("length", LogChunk.MAX_BYTES, 0, LogChunk.MAX_BYTES);
        return calls().readLog(attempt, stream, offset, length).thenApply(chunk -> {
            SortedMap<String, String> headers = new TreeMap<>();
            headers.put("X-Log-Offset", Long.toString(chunk.offset()));
            headers.put("X-Log-Size", Long.toString(chunk.size()));
            return RawAnswer.text(chunk.bytes(), headers);
        });
    }

    private static AttemptId attempt(ApiRequest request) throws CallException {
        String text = request.variable("attempt");
        try {
            return AttemptId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CallException(ErrorCode.ATTEMPT_NOT_FOUND, "no attempt " + text, e);
        }
    }

    /** How a failure is told. */
    static HttpError error(Throwable failure) {
        Throwable cause = CallException.unwrap(failure);
        if (cause instanceof HttpError told) {
            return told;
        }
        CallException e = CallException.of(cause);
        String message = e.code() == ErrorCode.INTERNAL ? "internal error; the groom's log tells more" : e.getMessage();
        return new HttpError(e.code().httpStatus(), e.code().code(), message, failure);
    }
}
