package io.valiant.protocol.ipc;

import static io.valiant.protocol.ipc.JobMessages.ifPresent;
import static io.valiant.protocol.ipc.JobMessages.map;

import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.JobPage;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.StatusJson;
import io.valiant.protocol.Submission;
import io.valiant.protocol.proto.Calls;
import io.valiant.protocol.proto.Clients;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

/** Translates what clients and masters say. Reading throws IllegalArgumentException for a message that no record can hold. */
public final class ClientMessages {
    private ClientMessages() {}

    public static Clients.Submission write(Submission submission) {
        return Clients.Submission.newBuilder()
                .setJob(submission.job().value())
                .setExisted(submission.existed())
                .build();
    }

    public static Submission read(Clients.Submission from) {
        return new Submission(new JobId(from.getJob()), from.getExisted());
    }

    /** One status as JSON. */
    public static Clients.Document document(Object status) {
        return Clients.Document.newBuilder().setJson(json(status)).build();
    }

    static <T> T read(Clients.Document from, Class<T> type) {
        return StatusJson.read(from.getJson().toByteArray(), type);
    }

    /** Statuses as JSON, each for itself. */
    public static Clients.Documents documents(List<?> statuses) {
        return Clients.Documents.newBuilder()
                .addAllJson(statuses.stream().map(ClientMessages::json).toList())
                .build();
    }

    static <T> List<T> read(Clients.Documents from, Class<T> type) {
        return map(from.getJsonList(), json -> StatusJson.read(json.toByteArray(), type));
    }

    public static Clients.JobPage write(JobPage page) {
        Clients.JobPage.Builder to = Clients.JobPage.newBuilder().addAllJson(map(page.jobs(), ClientMessages::json));
        ifPresent(page.next(), to::setNext);
        return to.build();
    }

    static JobPage read(Clients.JobPage from) {
        return new JobPage(
                map(from.getJsonList(), json -> StatusJson.read(json.toByteArray(), JobStatus.class)),
                from.hasNext() ? from.getNext() : null);
    }

    static Clients.JobQuery write(JobQuery query) {
        Clients.JobQuery.Builder to = Clients.JobQuery.newBuilder().setLimit(query.limit());
        ifPresent(query.state(), state -> to.setState(state.name()));
        ifPresent(query.user(), to::setUser);
        ifPresent(query.after(), to::setAfter);
        return to.build();
    }

    public static JobQuery read(Clients.JobQuery from) {
        return new JobQuery(
                from.hasState() ? JobMessages.constant(JobState.class, from.getState()) : null,
                from.hasUser() ? from.getUser() : null,
                from.getLimit(),
                from.hasAfter() ? from.getAfter() : null);
    }

    /** Texts by name. */
    public static Clients.Pairs pairs(SortedMap<String, String> values) {
        return Clients.Pairs.newBuilder().putAllValues(values).build();
    }

    /** A text. */
    public static Calls.Text text(String text) {
        return Calls.Text.newBuilder().setText(text).build();
    }

    static Calls.AttemptRequest attemptRequest(AttemptId attempt) {
        return Calls.AttemptRequest.newBuilder().setAttempt(attempt.toString()).build();
    }

    static Calls.LogRequest logRequest(AttemptId attempt, LogStream stream, long offset, int length) {
        return Calls.LogRequest.newBuilder()
                .setAttempt(attempt.toString())
                .setStream(stream.name())
                .setOffset(offset)
                .setLength(length)
                .build();
    }

    /** The stream that a request names. */
    public static LogStream stream(Calls.LogRequest from) {
        return JobMessages.constant(LogStream.class, from.getStream());
    }

    public static Calls.LogChunk write(LogChunk chunk) {
        return Calls.LogChunk.newBuilder()
                .setOffset(chunk.offset())
                .setBytes(ByteString.copyFrom(chunk.bytes()))
                .setSize(chunk.size())
                .build();
    }

    static LogChunk read(Calls.LogChunk from) {
        return new LogChunk(from.getOffset(), from.getBytes().asReadOnlyByteBuffer(), from.getSize());
    }

    private static ByteString json(Object status) {
        return ByteString.copyFrom(StatusJson.bytes(status));
    }
}
