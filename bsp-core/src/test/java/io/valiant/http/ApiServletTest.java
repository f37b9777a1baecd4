package io.valiant.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.valiant.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests are written by hand: a client would not let us lie about who we are. */
@Timeout(60)
class ApiServletTest {
    private static final String SLOW_UPLOAD =
            "--x\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n{}\r\n--x--\r\n";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Type TEXTS = new TypeReference<Map<String, String>>() {}.getType();

    private final HandClock clock = new HandClock();
    private final CompletableFuture<Map<String, String>> slow = new CompletableFuture<>();
    private final Api api = new Api(
            "/api/v1",
            "test",
            "0",
            List.of(
                    new Route(
                                    "GET",
                                    "/things/{id}",
                                    "getThing",
                                    "a thing",
                                    request -> CompletableFuture.completedFuture(Map.of(
                                            "id", request.variable("id"), "n", "" + request.number("n", 1, 1, 9))))
                            .query("n", "integer", "a number")
                            .gives(TEXTS),
                    new Route(
                                    "POST",
                                    "/things",
                                    "makeThing",
                                    "makes one",
                                    request -> CompletableFuture.completedFuture(Map.of(
                                            "length",
                                            "" + request.document().length,
                                            "files",
                                            request.files().stream()
                                                    .map(file -> file.part() + ":" + file.name())
                                                    .collect(Collectors.joining(",")))))
                            .takes(Route.Body.MULTIPART, Named.class)
                            .gives(TEXTS),
                    new Route("DELETE", "/things/{id}", "removeThing", "removes one", request -> {
                                throw new IllegalStateException("hush");
                            })
                            .gives(TEXTS),
                    new Route("GET", "/slow", "slow", "later", request -> slow).gives(TEXTS)),
            ApiServletTest::json,
            failure -> failure instanceof HttpError told
                    ? told
                    : new HttpError(500, "Internal", "internal error", failure),
            1000,
            Set.of("node7"));
    private final WebServer server = new WebServer("test", "127.0.0.1", 0, api.names(), clock).add(api);
    private int port;

    record Named(String name) {}

    /** Stands still unless it is moved; tells when somebody has looked. */
    private static final class HandClock implements Clock {
        private final AtomicLong nowNs = new AtomicLong(7);
        private final Semaphore looks = new Semaphore(0);

        @Override
        public long nanoTime() {
            long now = nowNs.get();
            looks.release();
            return now;
        }

        @Override
        public Instant wallTime() {
            return Instant.EPOCH;
        }
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server.start();
        port = server.address().getPort();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String send(String line, String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            String host = headers.contains("Host:") ? "" : "Host: 127.0.0.1:" + port + "\r\n";
            String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
            out.write((line + " HTTP/1.1\r\n" + host + headers + length + "Connection: close\r\n\r\n" + body)
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String statusOf(String answer) {
        return answer.split(" ", 3)[1];
    }

    private String multipart(String... parts) {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            body.append("--x\r\nContent-Disposition: form-data; ").append(part).append("\r\n");
        }
        return body.append("--x--\r\n").toString();
    }

    @Test
    void whatIsAskedForIsAnswered() throws IOException {
        assertThat(send("GET /api/v1/things/a%2Bb+c?n=3", "", "")).contains(" 200 ", "\"id\":\"a+b+c\"", "\"n\":\"3\"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/v1/nothing, 404, BSP:NotFound",
        "GET /api/v1, 404, BSP:NotFound",
        "PUT /api/v1/things/a, 405, BSP:MethodNotAllowed",
        "DELETE /api/v1/things, 405, BSP:MethodNotAllowed",
        "GET /api/v1/things/a?m=1, 400, BSP:BadRequest",
        "GET /api/v1/things/a?n=1&n=2, 400, BSP:BadRequest",
        "GET /api/v1/things/a?n=ten, 400, BSP:BadRequest",
        "GET /api/v1/things/a?n=10, 400, BSP:BadRequest",
        "GET /api/v1/things/a?n=%zz, 400, BSP:BadRequest",
        "POST /api/v1/things, 415, BSP:UnsupportedMediaType",
        "DELETE /api/v1/things/a, 500, BSP:Internal"
    })
    void badRequestsAreToldWithACode(String line, String status, String code) throws IOException {
        String answer = send(line, "", "");
        assertThat(statusOf(answer)).as(answer).isEqualTo(status);
        assertThat(answer).contains("{\"code\":\"" + code + "\",\"message\":\"").doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: http://evil.example, 403",
        "Origin: null, 403",
        "Origin: https://127.0.0.1:PORT, 403",
        "Origin: http://127.0.0.1:1, 403",
        "Referer: http://evil.example/page, 403",
        "Sec-Fetch-Site: cross-site, 403",
        "Sec-Fetch-Site: same-site, 403",
        "Origin: http://127.0.0.1:PORT, 200",
        "Sec-Fetch-Site: same-origin, 200",
        "X: no browser, 200"
    })
    void onlyPagesOfOursMayChangeAnything(String header, String status) throws IOException {
        String headers = header.replace("PORT", "" + port) + "\r\nContent-Type: application/json\r\n";
        String answer = send("POST /api/v1/things", headers, "{}");
        assertThat(statusOf(answer)).as(answer).isEqualTo(status);
        assertThat(statusOf(send("GET /api/v1/things/a", headers, ""))).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({"evil.example, 403", "evil.example:80, 403", "localhost, 200", "node7:123, 200", "127.0.0.1, 200"})
    void aServerOnLoopbackAnswersToNamesOfThisMachineOnly(String host, String status) throws IOException {
        for (String line : List.of("GET /api/v1/things/a", "GET /openapi.json")) {
            assertThat(statusOf(send(line, "Host: " + host + "\r\n", ""))).isEqualTo(status);
        }
    }

    @Test
    void filesComeWithTheDocument() throws IOException {
        String body = multipart(
                "name=\"job\"\r\n\r\n{\"name\":1}",
                "name=\"jar\"; filename=\"a.jar\"\r\n\r\nPK",
                "name=\"file\"; filename=\"words.txt\"\r\n\r\nw");
        String answer = send("POST /api/v1/things", "Content-Type: multipart/form-data; boundary=x\r\n", body);
        assertThat(answer).contains(" 200 ", "\"length\":\"10\"", "jar:a.jar,file:words.txt");
    }

    @Test
    void badUploadsAreTold() throws IOException {
        String type = "Content-Type: multipart/form-data; boundary=x\r\n";
        assertThat(send("POST /api/v1/things", type, multipart("name=\"jar\"; filename=\"a.jar\"\r\n\r\nPK")))
                .contains(" 400 ", "part 'job'");
        assertThat(send(
                        "POST /api/v1/things",
                        type,
                        multipart("name=\"job\"\r\n\r\n{}", "name=\"jar\"; filename=\"../a\"\r\n\r\nPK")))
                .contains(" 400 ", "file name");
        assertThat(send(
                        "POST /api/v1/things",
                        type,
                        multipart("name=\"job\"\r\n\r\n{}", "name=\"other\"; filename=\"a\"\r\n\r\nPK")))
                .contains(" 400 ", "part 'other'");
        assertThat(send("POST /api/v1/things", type, "nonsense")).contains(" 400 ");
    }

    @Test
    void tooLongIsTooLong() throws IOException {
        String type = "Content-Type: multipart/form-data; boundary=x\r\n";
        String jar = "name=\"jar\"; filename=\"a.jar\"\r\n\r\n" + "x".repeat(1001);
        assertThat(send("POST /api/v1/things", type, multipart("name=\"job\"\r\n\r\n{}", jar)))
                .contains(" 413 ", "BSP:TooLarge", "bsp.upload.max.bytes");
        String many = "x".repeat(100_000);
        assertThat(send("POST /api/v1/things", type, multipart("name=\"job\"\r\n\r\n{}", jar + many)))
                .contains(" 413 ", "BSP:TooLarge");
        String json = "Content-Type: application/json\r\n";
        assertThat(send("POST /api/v1/things", json, " ".repeat(1_048_577))).contains(" 413 ", "BSP:TooLarge");
    }

    /** An upload that has begun; the server waits for the rest when this returns. */
    private Socket begun() throws IOException, InterruptedException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String head = "POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Length: "
                + SLOW_UPLOAD.length()
                + "\r\nContent-Type: multipart/form-data; boundary=x\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        clock.looks.acquire();
        return socket;
    }

    private static String sent(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                .lines()
                .collect(Collectors.joining("\n"));
    }

    @Test
    void uploadsThatComeTooSlowlyGiveTheirPlacesBack() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(begun());
            }
            String type = "Content-Type: application/json\r\n";
            assertThat(send("POST /api/v1/things", type, "{}")).contains(" 503 ", "BSP:Busy");
            clock.nowNs.addAndGet(BodyRate.WINDOW_NS);
            for (Socket socket : slow) {
                assertThat(sent(socket, SLOW_UPLOAD.substring(0, 1)))
                        .contains(" 408 ", "\"code\":\"BSP:TooSlow\"", "122880 bytes came in 30 s");
            }
            assertThat(send("POST /api/v1/things", type, "{}")).contains(" 200 ");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void anUploadThatStandsStillForAWhileIsTaken() throws Exception {
        try (Socket socket = begun()) {
            clock.nowNs.addAndGet(BodyRate.WINDOW_NS - 1);
            assertThat(sent(socket, SLOW_UPLOAD)).contains(" 200 ");
        }
    }

    @Test
    void aDescriptionThatComesTooSlowlyIsToldAsSuch() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head = "POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nContent-Length: 100\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            clock.looks.acquire();
            clock.nowNs.addAndGet(BodyRate.WINDOW_NS);
            assertThat(sent(socket, "{")).contains(" 408 ", "BSP:TooSlow");
        }
    }

    @Test
    void anAnswerMayComeLater() throws Exception {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return send("GET /api/v1/slow", "", "");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        slow.complete(Map.of("late", "yes"));
        assertThat(answer.get()).contains(" 200 ", "\"late\":\"yes\"");
    }
}
