package io.valiant.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.metrics.Metrics;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebServerTest {
    private final Metrics metrics = new Metrics(gauges -> gauges.set("jobs", 3, "state", "RUNNING"));
    private final WebServer server = new WebServer("web", "127.0.0.1", 0, SystemClock.INSTANCE);

    @BeforeEach
    void start() throws IOException {
        server.add("/healthz", TextServlet.of(() -> "ok\n")).add("/metrics", TextServlet.of(metrics::scrape));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        metrics.close();
    }

    @Test
    void everyAnswerKeepsForeignContentOut() throws Exception {
        for (String path : new String[] {"/healthz", "/static/style.css", "/static/../etc/passwd", "/nothing"}) {
            assertThat(get(path).headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .hasValue("nosniff");
        }
        assertThat(get("/healthz")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""))
                .contains("default-src 'self'");
    }

    @Test
    void whatIsNotThereIsToldAsJson() throws Exception {
        HttpResponse<String> answer = get("/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).startsWith("{\"code\":\"BSP:NotFound\"");
        assertThat(get("/static/secret").statusCode()).isEqualTo(404);
    }

    @Test
    void noRequestIsEchoed() throws Exception {
        HttpRequest trace = HttpRequest.newBuilder(uri("/healthz"))
                .method("TRACE", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(trace, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).doesNotContain("TRACE");
    }

    @Test
    void gaugesAreThoseOfTheScrape() throws Exception {
        assertThat(get("/metrics").body()).contains("bsp_jobs{state=\"RUNNING\"} 3.0");
    }

    @Test
    void aTakenPortIsToldWithItsAddress() {
        int port = server.address().getPort();
        try (WebServer second = new WebServer("second", "127.0.0.1", port, SystemClock.INSTANCE)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
