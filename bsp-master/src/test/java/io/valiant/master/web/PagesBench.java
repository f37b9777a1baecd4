package io.valiant.master.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.SuperstepStatus;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.rpc.FakeMaster;
import io.valiant.master.rpc.LogRelay;
import io.valiant.master.rpc.MasterRpcServer;
import io.valiant.master.rpc.Queries;
import io.valiant.protocol.SuperstepShare;
import io.valiant.protocol.SuperstepTimeline;
import io.valiant.protocol.SuperstepTotals;
import io.valiant.time.SystemClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Prints how long the server takes for the page of a job of 1,000 tasks and 5,000 supersteps, and for its supersteps; not part
 * of a build. {@code mvn -B -pl bsp-master -am -Dtest=PagesBench -Dsurefire.failIfNoSpecifiedTests=false test}
 */
class PagesBench {
    private static final int TASKS = 1000;
    private static final int SUPERSTEPS = 5000;
    private static final int RUNS = 50;

    private final FakeMaster master = new FakeMaster();
    private final List<SuperstepStatus> steps = steps();

    private static List<SuperstepStatus> steps() {
        SuperstepTimeline timeline = new SuperstepTimeline(TASKS);
        for (int step = 0; step < SUPERSTEPS; step++) {
            for (int task = 0; task < TASKS; task++) {
                timeline.add(
                        1,
                        task,
                        List.of(new SuperstepShare(
                                step, step, 1000 + task, 100, 10, 100, 0, 0, 5, SuperstepTotals.NONE, false)));
            }
        }
        return timeline.last(SuperstepTimeline.MOST);
    }

    @Test
    void theServersTime() throws Exception {
        MasterSnapshot snapshot =
                new MasterSnapshot(1, "c", List.of(SomeJobs.large("large", TASKS)), List.of(1L), List.of());
        Thread answers = new Thread(this::answer, "answers");
        answers.setDaemon(true);
        answers.start();
        try (MasterWeb web = new MasterWeb(
                new HostPort("127.0.0.1", 0),
                () -> snapshot,
                new Queries(
                        () -> snapshot,
                        () -> new MasterRpcServer.Facts("a:1", "a:2", "0", Instant.EPOCH, "/s", new TreeMap<>())),
                master,
                new LogRelay(master, address -> {
                    throw new IllegalStateException("no groom is asked here");
                }),
                BspConfiguration.defaults(),
                new SecureRandomSource(),
                SystemClock.INSTANCE,
                new MasterCounts())) {
            String server = "http://127.0.0.1:" + web.start().getPort();
            time(server, "/jobs/large");
            time(server, "/api/v1/jobs/large/supersteps");
            time(server, "/api/v1/jobs/large");
        }
        answers.interrupt();
    }

    private void answer() {
        try {
            while (true) {
                FakeMaster.Call call = master.calls.take();
                call.answer()
                        .done(
                                call.name().equals("describe")
                                        ? new MasterReply.Described(SomeJobs.spec(), List.of())
                                        : new MasterReply.Supersteps(steps));
            }
        } catch (InterruptedException e) {
            // all pages were read
            Thread.currentThread().interrupt();
        }
    }

    private static void time(String server, String path) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path)).build();
        long[] micros = new long[RUNS];
        int bytes = 0;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            HttpResponse<byte[]> page = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            micros[run] = (System.nanoTime() - start) / 1000;
            assertThat(page.statusCode()).isEqualTo(200);
            bytes = page.body().length;
        }
        long first = micros[0];
        Arrays.sort(micros);
        System.out.printf(
                "%s: first %.1f ms, median %.1f ms, slowest %.1f ms, %d bytes%n",
                path, first / 1000.0, micros[RUNS / 2] / 1000.0, micros[RUNS - 1] / 1000.0, bytes);
    }
}
