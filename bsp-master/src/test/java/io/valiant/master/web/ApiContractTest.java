package io.valiant.master.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.core.Observation;
import io.valiant.master.rpc.FakeMaster;
import io.valiant.master.rpc.LogRelay;
import io.valiant.master.rpc.MasterRpcServer;
import io.valiant.master.rpc.Queries;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import io.valiant.protocol.PlacementTrial;
import io.valiant.protocol.RollBackStatus;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is served is what {@code /openapi.json} describes, and bad input gets its typed error on every route. */
class ApiContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final String JOB = "job_100000";
    private static final String ATTEMPT = JOB + "_t0_a1";

    /** Method, path, body, status and code; each route is in it. */
    private static final List<String> BAD_INPUT = List.of(
            "GET|/jobs?state=SLEEPING||400|BadRequest",
            "GET|/jobs?page_size=0||400|BadRequest",
            "GET|/jobs?page_size=101||400|BadRequest",
            "GET|/jobs?page_token=x||400|BadRequest",
            "GET|/jobs?sate=RUNNING||400|BadRequest",
            "POST|/jobs|{}|400|BadRequest",
            "POST|/jobs|[]|400|BadRequest",
            "POST|/jobs|null|400|BadRequest",
            "POST|/jobs|{|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\"}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"inputs\":{\"a\":null}}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"settings\":{\"a\":null}}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"configuration\":{\"bsp.task.threads\":null}}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"environment\":{\"A\":null}}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"arguments\":[null]}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"output\":\"/taken\"}|409|OutputExists",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"odd\"}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"tasks\":0}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"tasks\":\"many\"}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"taks\":1}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"id\":\"/\"}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"memory\":\"lots\"}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"output\":\"relative\"}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"input\":\"/a,b\"}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"selector\":\"zone\"}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"environment\":{\"1\":\"x\"}}|400|BadRequest",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"configuration\":{\"bsp.x\":\"1\"}}|400|BadRequest",
            "GET|/jobs/nobody||404|JobNotFound",
            "GET|/jobs/a%20b||404|JobNotFound",
            "GET|/jobs/job_100000?include_config=maybe||400|BadRequest",
            "DELETE|/jobs/nobody||404|JobNotFound",
            "DELETE|/jobs/job_100000||400|JobNotEnded",
            "POST|/jobs|{\"program\":\"a.B\",\"type\":\"bsp\",\"id\":\"taken\"}|409|JobExists",
            "POST|/jobs/nobody/cancel||404|JobNotFound",
            "GET|/jobs/nobody/supersteps||404|JobNotFound",
            "GET|/jobs/job_100000/supersteps?last=0||400|BadRequest",
            "GET|/jobs/nobody/rollbacks||404|JobNotFound",
            "GET|/jobs/job_100000/rollbacks?last=1||400|BadRequest",
            "GET|/jobs/nobody/tasks||404|JobNotFound",
            "GET|/jobs/nobody/counters||404|JobNotFound",
            "GET|/jobs/nobody/tasks/x/log||404|JobNotFound",
            "GET|/jobs/job_100000/tasks/x/log||404|AttemptNotFound",
            "GET|/jobs/job_100000/tasks/job_100001_t0_a1/log||404|AttemptNotFound",
            "GET|/jobs/job_100000/tasks/job_100000_t0_a9/log||404|AttemptNotFound",
            "GET|/jobs/job_100000/tasks/job_100000_t9_a1/log||404|AttemptNotFound",
            "GET|/jobs/job_100000/tasks/job_100000_t0_a1/log?stream=stdin||400|BadRequest",
            "GET|/jobs/job_100000/tasks/job_100000_t0_a1/log?offset=x||400|BadRequest",
            "GET|/jobs/job_100000/tasks/job_100000_t0_a1/log?length=-1||400|BadRequest",
            "GET|/jobs/job_100000/tasks/job_100000_t0_a9/threads||404|AttemptNotFound",
            "POST|/schedule|{}|400|BadRequest",
            "POST|/schedule|{\"tasks\":-1}|400|BadRequest",
            "POST|/schedule|{\"tasks\":1,\"more\":2}|400|BadRequest",
            "GET|/grooms?state=LOST||400|BadRequest",
            "GET|/grooms/nobody||404|GroomNotFound",
            "DELETE|/grooms/nobody||404|GroomNotFound",
            "POST|/grooms/nobody/drain||404|GroomNotFound",
            "POST|/grooms/nobody/undrain||404|GroomNotFound",
            "POST|/grooms/g1/drain?now=1||400|BadRequest",
            "GET|/events?last=0||400|BadRequest",
            "GET|/events?job=a%20b||404|JobNotFound",
            "GET|/masters?x||400|BadRequest",
            "GET|/leader?x||400|BadRequest",
            "GET|/cluster?x||400|BadRequest",
            "GET|/config?x||400|BadRequest",
            "POST|/leader/resign||404|NotFound",
            "PATCH|/jobs||405|MethodNotAllowed");

    private final FakeMaster master = new FakeMaster();
    private final MasterCounts counts = new MasterCounts();
    private MasterWeb web;
    private Thread answering;
    private int port;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        master.snapshot = snapshot();
        BspConfiguration configuration = BspConfiguration.of(
                "test",
                new TreeMap<>(Map.of(
                        "bsp.system.dir", folder.toUri().toString(), "bsp.upload.max.bytes", "64k", "fs.secret", "x")));
        web = new MasterWeb(
                new HostPort("127.0.0.1", 0),
                () -> master.snapshot,
                new Queries(() -> master.snapshot, ApiContractTest::facts),
                master,
                new LogRelay(master, address -> new FakeGroom()),
                configuration,
                new SecureRandomSource(),
                SystemClock.INSTANCE,
                counts);
        port = web.start().getPort();
        counts.take(new Observation.Happened(THEN, "JOB_SUBMITTED", JOB, null, "job " + JOB + " submitted"));
        answering = new Thread(this::answerAll, "master");
        answering.setDaemon(true);
        answering.start();
    }

    @AfterEach
    void stop() throws Exception {
        answering.interrupt();
        answering.join();
        web.close();
    }

    private static MasterRpcServer.Facts facts() {
        return new MasterRpcServer.Facts(
                "127.0.0.1:1", "127.0.0.1:2", "0", THEN, "/s", new TreeMap<>(Map.of("bsp.tasks.maximum", "3")));
    }

    private static MasterSnapshot snapshot() {
        MasterSnapshot jobs = FakeMaster.snapshot(3, "127.0.0.1:4711");
        GroomStatus groom = new GroomStatus(
                "g1",
                1,
                GroomState.ACTIVE,
                null,
                3,
                1,
                new TreeMap<>(Map.of("zone", "a")),
                new GroomStatus.Cpu(4, 0.5),
                new GroomStatus.Memory(2, 1),
                new GroomStatus.Disk("/d", 2, 1, true),
                THEN,
                "127.0.0.1:4711",
                "127.0.0.1:4712",
                List.of(new GroomStatus.Step(1, "disk", THEN, 5)),
                List.of(new GroomStatus.Child(9, "task", ATTEMPT)));
        return new MasterSnapshot(jobs.epoch(), jobs.clusterId(), jobs.jobs(), jobs.numbers(), List.of(groom));
    }

    /** A groom whose attempts have written ten letters. */
    private static final class FakeGroom implements GroomProtocol {
        @Override
        public CompletableFuture<DirectiveReply> direct(DirectiveBatch batch) {
            throw new AssertionError("nothing is directed here");
        }

        @Override
        public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
            byte[] all = "abcdefghij".getBytes(StandardCharsets.UTF_8);
            int from = (int) Math.min(offset, all.length);
            int count = Math.min(length, all.length - from);
            return CompletableFuture.completedFuture(new LogChunk(from, ByteBuffer.wrap(all, from, count), all.length));
        }

        @Override
        public CompletableFuture<String> threads(AttemptId attempt) {
            return CompletableFuture.completedFuture("\"program\" #1");
        }
    }

    private void answerAll() {
        try {
            while (true) {
                FakeMaster.Call call = master.calls.take();
                answer(call);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(FakeMaster.Call call) {
        boolean unknown = call.arguments().get(0).toString().equals("nobody");
        if (unknown && call.name().endsWith("Groom")) {
            call.answer().refused(ErrorCode.GROOM_NOT_FOUND.code(), "no groom nobody");
        } else if (unknown) {
            call.answer().refused(ErrorCode.JOB_NOT_FOUND.code(), "no job nobody");
        } else if (call.arguments().get(0) instanceof JobSpec spec && "taken".equals(spec.requestedId())) {
            call.answer().refused(ErrorCode.JOB_EXISTS.code(), "the id taken is used");
        } else if (call.arguments().get(0) instanceof JobSpec spec && "file:///taken".equals(spec.output())) {
            call.answer().refused(ErrorCode.OUTPUT_EXISTS.code(), "output file:///taken exists");
        } else if (call.name().equals("delete")) {
            call.answer().refused(ErrorCode.JOB_NOT_ENDED.code(), "job is RUNNING");
        } else {
            call.answer().done(reply(call));
        }
    }

    private static Object reply(FakeMaster.Call call) {
        return switch (call.name()) {
            case "submit" -> new MasterReply.Submitted(new JobId("j1"), false);
            case "supersteps" ->
                new MasterReply.Supersteps(
                        List.of(new SuperstepStatus(4, 1, THEN, 1.5, 0.25, 10, 200, null, 0, 7L, 2, 1.5)));
            case "describe" ->
                new MasterReply.Described(
                        SomeJobs.spec(), List.of(new RollBackStatus(2, THEN, 3, "exit 1", ATTEMPT, true)));
            case "tryPlacement" -> new MasterReply.Tried(new PlacementTrial(true, null, List.of("g1")));
            default -> new MasterReply.Done();
        };
    }

    private HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode document() throws Exception {
        return JSON.readTree(send("GET", "/openapi.json", null, null).body());
    }

    private static String withNames(String template) {
        return template.replace("{id}", JOB).replace("{attempt}", ATTEMPT).replace("{name}", "g1");
    }

    private static String body(String template) {
        return template.equals("/schedule") ? "{\"tasks\":2}" : "{\"program\":\"io.valiant.graph.X\",\"tasks\":2}";
    }

    @Test
    void everyRouteOfTheDocumentAnswersAsItsSchemaSays() throws Exception {
        JsonNode document = document();
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                boolean takes = operation.getValue().has("requestBody");
                HttpResponse<String> answer = send(
                        operation.getKey().toUpperCase(java.util.Locale.ROOT),
                        "/api/v1" + withNames(path.getKey()),
                        takes ? "application/json" : null,
                        takes ? body(path.getKey()) : null);
                String route = operation.getKey() + " " + path.getKey();
                JsonNode told = operation.getValue().at("/responses/" + answer.statusCode());
                if (told.isMissingNode()) {
                    problems.add(route + " answered " + answer.statusCode() + " " + answer.body());
                    continue;
                }
                JsonNode schema = told.at("/content/application~1json/schema");
                if (!schema.isMissingNode()) {
                    SchemaCheck.problems(document, schema, JSON.readTree(answer.body()))
                            .forEach(problem -> problems.add(route + ": " + problem));
                } else {
                    assertThat(answer.headers().firstValue("Content-Type"))
                            .as(route)
                            .hasValue("text/plain;charset=utf-8");
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void theDocumentHasEveryRouteOfTheContract() throws Exception {
        TreeSet<String> described = new TreeSet<>();
        document().get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method + " " + path.getKey())));
        assertThat(described)
                .containsExactlyInAnyOrder(
                        "get /jobs",
                        "post /jobs",
                        "get /jobs/{id}",
                        "delete /jobs/{id}",
                        "post /jobs/{id}/cancel",
                        "get /jobs/{id}/supersteps",
                        "get /jobs/{id}/rollbacks",
                        "get /jobs/{id}/tasks",
                        "get /jobs/{id}/counters",
                        "get /jobs/{id}/tasks/{attempt}/log",
                        "get /jobs/{id}/tasks/{attempt}/threads",
                        "post /schedule",
                        "get /grooms",
                        "get /grooms/{name}",
                        "delete /grooms/{name}",
                        "post /grooms/{name}/drain",
                        "post /grooms/{name}/undrain",
                        "get /events",
                        "get /masters",
                        "get /leader",
                        "get /cluster",
                        "get /config");
    }

    @Test
    void everyReferenceOfTheDocumentLeadsSomewhereAndNamesAreUnique() throws Exception {
        JsonNode document = document();
        assertThat(document.get("openapi").asText()).startsWith("3.0");
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
        List<String> names = document.findValuesAsText("operationId");
        assertThat(new TreeSet<>(names)).hasSameSizeAs(names);
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (JsonNode operation : path.getValue()) {
                TreeSet<String> variables = new TreeSet<>();
                operation.get("parameters").forEach(parameter -> {
                    if (parameter.get("in").asText().equals("path")) {
                        variables.add("{" + parameter.get("name").asText() + "}");
                    }
                });
                assertThat(path.getKey().split("/"))
                        .filteredOn(part -> part.startsWith("{"))
                        .containsExactlyInAnyOrderElementsOf(variables);
            }
        }
    }

    static List<String> badInput() {
        return BAD_INPUT;
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void badInputIsToldOnEveryRoute(String line) throws Exception {
        String[] row = line.split("\\|");
        String body = row[2].isEmpty() ? null : row[2];
        HttpResponse<String> answer = send(row[0], "/api/v1" + row[1], body == null ? null : "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(Integer.parseInt(row[3]));
        JsonNode error = JSON.readTree(answer.body());
        assertThat(error.get("code").asText()).isEqualTo("BSP:" + row[4]);
        assertThat(error.get("message").asText().lines()).hasSize(1);
        assertThat(error.get("message").asText()).doesNotContain("Source:");
        assertThat(error).hasSize(2);
    }

    /** A route that is added has to be added above. */
    @Test
    void everyRouteIsInTheTableOfBadInput() throws Exception {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document().get("paths").properties()) {
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
    void anotherTypeThanTheRouteTakesIsNotTaken() throws Exception {
        for (String path : List.of("/jobs", "/schedule")) {
            HttpResponse<String> answer = send("POST", "/api/v1" + path, "text/plain", "{}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
            assertThat(answer.body()).contains("BSP:UnsupportedMediaType");
        }
    }

    @Test
    void whatIsTooLongIsNotTaken() throws Exception {
        String tooLong = "{\"program\":\"" + "a".repeat(1024 * 1024) + "\"}";
        for (String path : List.of("/jobs", "/schedule")) {
            HttpResponse<String> answer = send("POST", "/api/v1" + path, "application/json", tooLong);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        }
        String upload = String.join(
                "\r\n",
                "--x",
                "Content-Disposition: form-data; name=\"job\"",
                "",
                "{\"program\":\"a.B\",\"type\":\"bsp\"}",
                "--x",
                "Content-Disposition: form-data; name=\"jar\"; filename=\"a.jar\"",
                "",
                "P".repeat(256 * 1024),
                "--x--",
                "");
        HttpResponse<String> answer = send("POST", "/api/v1/jobs", "multipart/form-data; boundary=x", upload);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.body()).contains("BSP:TooLarge", "bsp.upload.max.bytes");
    }

    @Test
    void withoutALeaderEveryRouteThatAsksItSaysSo() throws Exception {
        master.snapshot = MasterSnapshot.EMPTY;
        for (String path :
                List.of("/jobs", "/jobs/x", "/jobs/x/tasks", "/grooms", "/grooms/x", "/cluster", "/leader")) {
            HttpResponse<String> answer = send("GET", "/api/v1" + path, null, null);
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.body()).contains("BSP:NoLeader");
        }
    }

    @Test
    void aJobIsSubmittedWithItsFiles() throws Exception {
        String body = String.join(
                "\r\n",
                "--x",
                "Content-Disposition: form-data; name=\"job\"",
                "",
                "{\"program\":\"a.B\",\"type\":\"bsp\",\"tasks\":3,\"arguments\":[\"one\"]}",
                "--x",
                "Content-Disposition: form-data; name=\"jar\"; filename=\"a.jar\"",
                "",
                "PK",
                "--x",
                "Content-Disposition: form-data; name=\"file\"; filename=\"words.txt\"",
                "",
                "w",
                "--x--",
                "");
        answering.interrupt();
        answering.join();
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return send("POST", "/api/v1/jobs", "multipart/form-data; boundary=x", body);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        FakeMaster.Call call = master.calls.take();
        JobSpec spec = (JobSpec) call.arguments().get(0);
        assertThat(spec.tasks()).isEqualTo(3);
        assertThat(spec.settings()).containsEntry("argument.0", "one");
        assertThat(spec.jars()).singleElement().asString().contains("/staging/").endsWith("/0-a.jar");
        String words = spec.data().files().get("words.txt");
        assertThat(words).endsWith("/1-words.txt");
        assertThat(Path.of(URI.create(words))).hasContent("w");
        call.answer().done(new MasterReply.Submitted(new JobId("j1"), false));
        assertThat(answer.get().body()).isEqualTo("{\"job_id\":\"j1\",\"existed\":false}");
    }

    @Test
    void logsAreReadByOffsetFromEitherEnd() throws Exception {
        String log = "/api/v1/jobs/" + JOB + "/tasks/" + ATTEMPT + "/log";
        HttpResponse<String> middle = send("GET", log + "?offset=3&length=2", null, null);
        assertThat(middle.body()).isEqualTo("de");
        assertThat(middle.headers().firstValue("X-Log-Size")).hasValue("10");
        assertThat(middle.headers().firstValue("X-Log-Offset")).hasValue("3");
        assertThat(send("GET", log + "?offset=-3", null, null).body()).isEqualTo("hij");
        assertThat(send("GET", log + "?offset=99", null, null).body()).isEmpty();
    }

    @Test
    void howAJobWasSubmittedIsShownOnlyWhenAsked() throws Exception {
        JsonNode plain =
                JSON.readTree(send("GET", "/api/v1/jobs/" + JOB, null, null).body());
        assertThat(plain.has("config")).isFalse();
        JsonNode whole = JSON.readTree(send("GET", "/api/v1/jobs/" + JOB + "?include_config", null, null)
                .body());
        assertThat(whole.at("/config/program").asText()).isEqualTo("a.B");
        assertThat(whole.get("id").asText()).isEqualTo(JOB);
    }
}
