package io.valiant.master.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.rpc.FakeMaster;
import io.valiant.master.rpc.LogRelay;
import io.valiant.master.rpc.MasterRpcServer;
import io.valiant.master.rpc.Queries;
import io.valiant.protocol.RollBackStatus;
import io.valiant.time.SystemClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MasterWebTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&";
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    private final AtomicReference<MasterSnapshot> snapshot = new AtomicReference<>(MasterSnapshot.EMPTY);
    private final FakeMaster master = new FakeMaster();
    private final MasterWeb web = new MasterWeb(
            new HostPort("127.0.0.1", 0),
            snapshot::get,
            new Queries(snapshot::get, MasterWebTest::facts),
            master,
            new LogRelay(master, address -> {
                throw new IllegalStateException("no groom is asked here");
            }),
            BspConfiguration.defaults(),
            new SecureRandomSource(),
            SystemClock.INSTANCE,
            new MasterCounts());
    private final Thread describer = new Thread(this::describe, "describer");
    private int port;

    @BeforeEach
    void start() throws IOException {
        port = web.start().getPort();
        describer.setDaemon(true);
        describer.start();
    }

    @AfterEach
    void stop() throws IOException {
        web.close();
        describer.interrupt();
    }

    /** The core's part of a job's page. */
    private void describe() {
        try {
            while (true) {
                FakeMaster.Call call = master.calls.take();
                assertThat(call.name()).isEqualTo("describe");
                call.answer()
                        .done(new MasterReply.Described(
                                SomeJobs.spec(),
                                List.of(
                                        new RollBackStatus(2, THEN, 3, HOSTILE, "job_c_1_t0_a1", true),
                                        new RollBackStatus(3, THEN, -2, HOSTILE, null, false))));
            }
        } catch (InterruptedException e) {
            // the test is over
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aMasterThatDoesNotLeadSaysSo() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/").statusCode()).isEqualTo(503);
        HttpResponse<String> jobs = get("/api/v1/jobs");
        assertThat(jobs.statusCode()).isEqualTo(503);
        assertThat(jobs.body()).contains("\"code\":\"BSP:NoLeader\"");
    }

    @Test
    void everyPageEscapesWhatUsersWrote() throws Exception {
        snapshot.set(hostileCluster());
        for (String path : List.of(
                "/",
                "/jobs",
                "/jobs/job_c_1",
                "/jobs/job_c_1/tasks/job_c_1_t0_a1",
                "/grooms",
                "/grooms/groom-1",
                "/config",
                "/jobs/%3Cscript%3E",
                "/jobs/job_c_1/tasks/%3Cscript%3E")) {
            HttpResponse<String> page = get(path);
            assertThat(page.headers().firstValue("Content-Type")).as(path).hasValue("text/html;charset=utf-8");
            assertThat(page.body()).as(path).doesNotContain("<img").doesNotContain("<script>");
        }
        assertThat(get("/jobs/job_c_1").body())
                .contains("&lt;img")
                .contains("USER_ERROR")
                .contains("-2 (dealing)")
                .contains("job_c_1_t0_a1");
        assertThat(get("/jobs/job_c_1/tasks/job_c_1_t0_a1").body()).contains("-1 (dealing)");
    }

    @Test
    void aPageOfALargeJobShowsSomeTasksAndCountsAll() throws Exception {
        JobStatus large = SomeJobs.large("large", 1000);
        snapshot.set(new MasterSnapshot(1, "c", List.of(large), List.of(1L), List.of()));
        String first = get("/jobs/large").body();
        assertThat(first).contains("large_t0_a1", "large_t99_a2", "RUNNING</span> 1,000", "/jobs/large?from=100");
        assertThat(first).doesNotContain("large_t100_a1");
        assertThat(get("/jobs/large?from=950").body())
                .contains("large_t999_a2", "/jobs/large?from=850")
                .doesNotContain("later tasks");
        assertThat(get("/jobs/large?from=7000").body()).contains("large_t999_a2");
        assertThat(get("/jobs/large?from=x").statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNoPageIsToldAsAPage() throws Exception {
        snapshot.set(hostileCluster());
        for (String path :
                List.of("/jobs/nobody", "/jobs/job_c_1/tasks/x", "/jobs/a/b", "/grooms/x", "/grooms/groom-1/x")) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(page.body()).as(path).contains("Not here");
        }
        assertThat(get("/jobs?state=SLEEPING").statusCode()).isEqualTo(400);
        assertThat(get("/jobs?state=FAILED").body()).contains("job_c_1");
        assertThat(get("/jobs?state=RUNNING").body())
                .contains("No job is RUNNING")
                .doesNotContain("job_c_1");
    }

    @Test
    void olderJobsAreAPageAway() throws Exception {
        List<JobStatus> jobs = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            jobs.add(FakeMaster.job(String.format("j%03d", i), JobState.RUNNING, "eve", "g"));
            numbers.add(1000L + i);
        }
        snapshot.set(new MasterSnapshot(1, "c", jobs, numbers, List.of()));
        assertThat(get("/jobs").body())
                .contains("j249", "j050", "/jobs?before=1050")
                .doesNotContain("j049");
        assertThat(get("/jobs?before=1050").body()).contains("j049", "j000").doesNotContain("Older jobs", "j050");
    }

    @Test
    void theApiGivesTheDocumentsOfTheCommandLine() throws Exception {
        snapshot.set(hostileCluster());
        assertThat(get("/api/v1/jobs").body())
                .startsWith("{\"jobs\":[{\"id\":\"job_c_1\"")
                .contains("\"next_page_token\":null");
        assertThat(get("/api/v1/jobs?state=RUNNING").body()).startsWith("{\"jobs\":[]");
        assertThat(get("/api/v1/jobs/job_c_1").body())
                .contains("\"waiting_for\":null")
                .contains("\"start_superstep\":-1");
        assertThat(get("/api/v1/grooms").body()).startsWith("[{\"name\":\"groom-1\"");
        assertThat(get("/api/v1/grooms/groom-1").body())
                .contains("\"slots_used\":1", "{\"pid\":4711,\"kind\":\"spare\",\"attempt\":null}");
        assertThat(get("/grooms/groom-1").body()).contains("4711", "spare");
        assertThat(get("/api/v1/cluster").body()).contains("\"cluster_id\":\"c\"");
        assertThat(get("/metrics").body())
                .contains("bsp_jobs{state=\"FAILED\"} 1.0")
                .contains("bsp_slots{used=\"true\"} 1.0");
    }

    @Test
    void badRequestsAreToldWithTheirCode() throws Exception {
        snapshot.set(hostileCluster());
        assertThat(get("/api/v1/jobs?state=SLEEPING").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/jobs?page_size=0").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/jobs?page_token=x").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/jobs/nobody").body()).contains("BSP:JobNotFound");
        assertThat(get("/api/v1/grooms/nobody").body()).contains("BSP:GroomNotFound");
        assertThat(get("/api/v1/nothing").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static MasterRpcServer.Facts facts() {
        return new MasterRpcServer.Facts("127.0.0.1:1", "127.0.0.1:2", "0", THEN, "/s", new TreeMap<>());
    }

    private static MasterSnapshot hostileCluster() {
        Cause cause = new Cause(CauseType.USER_ERROR, HOSTILE, "job_c_1_t0_a1", "groom-1", 0L, HOSTILE, HOSTILE, 1L);
        JobStatus.Attempt attempt = new JobStatus.Attempt(
                "job_c_1_t0_a1",
                0,
                "groom-1",
                1,
                1,
                AttemptState.FAILED,
                true,
                7L,
                1,
                null,
                cause,
                -1L,
                null,
                THEN,
                THEN);
        TreeMap<String, java.util.SortedMap<String, Long>> counters = new TreeMap<>();
        counters.put(HOSTILE, new TreeMap<>(java.util.Map.of(HOSTILE, 1L)));
        JobStatus job = new JobStatus(
                "job_c_1",
                HOSTILE,
                "bsp",
                HOSTILE,
                JobState.FAILED,
                null,
                HOSTILE,
                HOSTILE,
                cause,
                1,
                0L,
                1,
                0,
                null,
                THEN,
                THEN,
                THEN,
                null,
                null,
                HOSTILE,
                counters,
                List.of(new JobStatus.Task(0, AttemptState.FAILED, 0L, List.of(attempt))));
        GroomStatus groom = new GroomStatus(
                "groom-1",
                1,
                GroomState.ACTIVE,
                HOSTILE,
                3,
                1,
                new TreeMap<>(),
                null,
                null,
                null,
                THEN,
                HOSTILE,
                HOSTILE,
                List.of(new GroomStatus.Step(1, HOSTILE, THEN, 5)),
                List.of(new GroomStatus.Child(9, "task", HOSTILE), new GroomStatus.Child(4711, "spare", null)));
        return new MasterSnapshot(1, "c", List.of(job), List.of(1L), List.of(groom));
    }
}
