package io.valiant.groom.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.GroomStatus;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.NodeReport;
import io.valiant.time.SystemClock;
import io.valiant.wire.RefusedFrames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroomWebTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static final AttemptProgress DEALING = new AttemptProgress(-2, true, "loading", 0, 0, 0, 0, 0, 0);

    @Test
    void thePageShowsStepsAndChildrenEscaped() throws Exception {
        GroomSnapshot.Child child = new GroomSnapshot.Child(
                42, HOSTILE, AttemptId.parse("j_t0_a1"), 1, AttemptState.RUNNING, false, DEALING);
        GroomSnapshot.Child spare = new GroomSnapshot.Child(4711, "spare", null, 0, null, false, AttemptProgress.NONE);
        GroomStatus.Step step = new GroomStatus.Step(1, HOSTILE, Instant.parse("2026-01-02T03:04:05Z"), 3);
        GroomSnapshot snapshot = new GroomSnapshot(
                new GroomId("groom-1"),
                1,
                1,
                true,
                false,
                3,
                0,
                0,
                NodeReport.NONE,
                List.of(step),
                new RefusedFrames(1, 2, 3),
                List.of(child, spare));
        try (GroomWeb web = new GroomWeb(
                new HostPort("127.0.0.1", 0),
                () -> snapshot,
                () -> null,
                BspConfiguration.defaults(),
                SystemClock.INSTANCE)) {
            int port = web.start().getPort();
            assertThat(get(port, "/").body())
                    .contains("j_t0_a1")
                    .contains("&lt;img")
                    .contains("4711")
                    .contains("1 of 3")
                    .contains("-2 (dealing) (at its barrier)")
                    .doesNotContain("<img");
            assertThat(get(port, "/metrics").body())
                    .contains("bsp_child_superstep{attempt=\"j_t0_a1\"} -2.0")
                    .contains("# TYPE bsp_frames_refused_total counter")
                    .contains("bsp_frames_refused_total{reason=\"fenced\"} 2.0");
            assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
