package io.valiant.groom.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.NodeReport;
import io.valiant.time.SystemClock;
import io.valiant.wire.RefusedFrames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a groom serves is what its {@code /openapi.json} describes, and bad input gets its typed error on every route. */
class GroomApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Method, path, status and code; each route is in it. */
    private static final List<String> BAD_INPUT = List.of(
            "GET|/groom?name=g1|400|BadRequest",
            "POST|/groom|405|MethodNotAllowed",
            "GET|/config?key=a|400|BadRequest",
            "GET|/attempts/x/log|404|AttemptNotFound",
            "GET|/attempts/j_t0_a9/log|404|LogNotFound",
            "GET|/attempts/j_t0_a1/log?stream=stdin|400|BadRequest",
            "GET|/attempts/j_t0_a1/log?offset=-1|400|BadRequest",
            "GET|/attempts/j_t0_a1/log?length=lots|400|BadRequest",
            "GET|/attempts/j_t0_a1/log?length=1&length=2|400|BadRequest",
            "GET|/attempts/x/threads|404|AttemptNotFound",
            "GET|/attempts/j_t0_a9/threads|400|AttemptEnded",
            "GET|/grooms|404|NotFound");

    private GroomProtocol calls = new FakeCalls();
    private GroomWeb web;
    private int port;

    /** One attempt, {@code j_t0_a1}, has written ten letters and runs. */
    private static final class FakeCalls implements GroomProtocol {
        private static boolean isThere(AttemptId attempt) {
            return attempt.toString().equals("j_t0_a1");
        }

        @Override
        public CompletableFuture<DirectiveReply> direct(DirectiveBatch batch) {
            throw new AssertionError("nothing is directed here");
        }

        @Override
        public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
            if (!isThere(attempt)) {
                return CompletableFuture.failedFuture(ErrorCode.LOG_NOT_FOUND.with("no log of " + attempt));
            }
            byte[] all = "abcdefghij".getBytes(StandardCharsets.UTF_8);
            int from = (int) Math.min(offset, all.length);
            int count = Math.min(length, all.length - from);
            return CompletableFuture.completedFuture(new LogChunk(from, ByteBuffer.wrap(all, from, count), all.length));
        }

        @Override
        public CompletableFuture<String> threads(AttemptId attempt) {
            return isThere(attempt)
                    ? CompletableFuture.completedFuture("\"program\" #1")
                    : CompletableFuture.failedFuture(ErrorCode.ATTEMPT_ENDED.with(attempt + " has no process"));
        }
    }

    @BeforeEach
    void start() throws Exception {
        GroomSnapshot snapshot = new GroomSnapshot(
                new GroomId("g1"),
                2,
                1,
                true,
                false,
                3,
                0,
                0,
                NodeReport.NONE,
                List.of(),
                RefusedFrames.NONE,
                List.of());
        BspConfiguration configuration = BspConfiguration.of("test", new TreeMap<>(Map.of("fs.secret", "x")));
        web = new GroomWeb(
                new HostPort("127.0.0.1", 0), () -> snapshot, () -> calls, configuration, SystemClock.INSTANCE);
        port = web.start().getPort();
    }

    @AfterEach
    void stop() throws IOException {
        web.close();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode paths() throws Exception {
        return JSON.readTree(send("GET", "/openapi.json").body()).get("paths");
    }

    static List<String> badInput() {
        return BAD_INPUT;
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void badInputIsToldOnEveryRoute(String line) throws Exception {
        String[] row = line.split("\\|");
        HttpResponse<String> answer = send(row[0], "/api/v1" + row[1]);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(Integer.parseInt(row[2]));
        JsonNode error = JSON.readTree(answer.body());
        assertThat(error.get("code").asText()).isEqualTo("BSP:" + row[3]);
        assertThat(error.get("message").asText().lines()).hasSize(1);
    }

    /** A route that is added has to be added above. */
    @Test
    void everyRouteIsInTheTableOfBadInput() throws Exception {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths().properties()) {
            String pattern = path.getKey().replaceAll("\\{[a-z]+}", "[^/]+");
            path.getValue().fieldNames().forEachRemaining(method -> {
                if (BAD_INPUT.stream()
                        .map(line -> line.split("[|?]"))
                        .noneMatch(row -> row[0].equalsIgnoreCase(method) && row[1].matches(pattern))) {
                    missing.add(method + " " + path.getKey());
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRouteAnswers() throws Exception {
        for (Map.Entry<String, JsonNode> path : paths().properties()) {
            HttpResponse<String> answer = send("GET", "/api/v1" + path.getKey().replace("{attempt}", "j_t0_a1"));
            assertThat(answer.statusCode()).as(path.getKey()).isEqualTo(200);
        }
        JsonNode groom = JSON.readTree(send("GET", "/api/v1/groom").body());
        assertThat(groom.get("name").asText()).isEqualTo("g1");
        assertThat(groom.get("slots_used").asInt()).isZero();
        assertThat(send("GET", "/api/v1/config").body()).contains("\"fs.secret\":\"******\"");
        HttpResponse<String> log = send("GET", "/api/v1/attempts/j_t0_a1/log?offset=3&length=2");
        assertThat(log.body()).isEqualTo("de");
        assertThat(log.headers().firstValue("X-Log-Size")).hasValue("10");
        assertThat(send("GET", "/api/v1/attempts/j_t0_a1/threads").body()).isEqualTo("\"program\" #1");
    }

    @Test
    void aGroomThatStartsReadsNothingYet() throws Exception {
        calls = null;
        HttpResponse<String> answer = send("GET", "/api/v1/attempts/j_t0_a1/log");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("is starting");
    }
}
