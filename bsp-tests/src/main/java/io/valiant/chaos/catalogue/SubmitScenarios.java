package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobHandle;
import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.TcpProxy;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import io.valiant.client.ClusterClient;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.examples.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A job is submitted once, whatever happens to its client, its answer, its master. */
@SuppressWarnings("AddressSelection") // numeric addresses of this machine
final class SubmitScenarios {
    /** How the header of a submit's call begins: field 1 of Hadoop's RequestHeaderProto, the method's name. */
    private static final byte[] SUBMIT_CALL = {0x0A, 6, 's', 'u', 'b', 'm', 'i', 't'};

    private static final int CLIENTS = 100;
    private static final int REPLY_RUNS = 50;
    private static final int KILL_RUNS = 10;
    private static final long COMMAND_S = 300;
    private static final long ARRIVES_MS = 20_000;

    private SubmitScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario("submit.once", "100 clients submit at a time with one idempotency key")
                        .holds("one job; all are told its id")
                        .on(ClusterShape.quick().of(1, 4))
                        .by(SubmitScenarios::once),
                scenario(
                                "submit.reply-lost",
                                "a submit's answer is lost with its connection; the client tries again by itself")
                        .holds("exit 0, one job, SUCCEEDED")
                        .on(ClusterShape.quick().of(1, 4))
                        .runs(REPLY_RUNS)
                        .by(SubmitScenarios::replyLost),
                scenario("submit.client-kill", "kill -9 of a client at a random moment of its submit")
                        .holds("no job or one, one if its id was printed; it ends SUCCEEDED")
                        .on(ClusterShape.quick().of(1, 4))
                        .runs(KILL_RUNS)
                        .by(SubmitScenarios::clientKill),
                scenario("submit.ids", "kill -9 of the master twice within a minute, submits before, between and after")
                        .holds("each job has an id of its own, all SUCCEEDED")
                        .on(ClusterShape.quick().of(1, 4))
                        .by(SubmitScenarios::ids));
    }

    private static void once(Trial trial) throws IOException {
        String name = trial.jobId();
        BspConfiguration configuration = trial.cluster().configuration(ClusterFixture.MASTER);
        BspJob job = BspJob.of(Ledger.class)
                .name(name)
                .tasks(1)
                .idempotencyKey(name)
                .output(trial.folder().resolve(name + ".out").toString());
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            CountDownLatch ready = new CountDownLatch(CLIENTS);
            List<Future<String>> answers = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                answers.add(threads.submit(() -> submit(configuration, job, ready)));
            }
            TreeSet<String> ids = new TreeSet<>();
            for (Future<String> answer : answers) {
                ids.add(answer.get());
            }
            trial.expect(ids.size() == 1, "clients were told the ids " + ids);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            trial.expect(false, "a client failed: " + e.getCause());
        } finally {
            threads.shutdownNow();
        }
        oneJob(trial, name);
    }

    /** A client of its own submits when all are ready; the id it is told. */
    private static String submit(BspConfiguration configuration, BspJob job, CountDownLatch ready)
            throws BspException, InterruptedException {
        try (ClusterClient client = ClusterClient.connect(configuration)) {
            ready.countDown();
            ready.await();
            try (JobHandle handle = client.submit(job)) {
                return handle.id();
            }
        }
    }

    /** The jobs of that name. */
    private static List<String> jobs(Trial trial, String name) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode job : trial.cluster().json("job", "list")) {
            if (job.path("name").asText().equals(name)) {
                ids.add(job.path("id").asText());
            }
        }
        return ids;
    }

    /** There is one job of that name, and it succeeds. */
    private static void oneJob(Trial trial, String name) throws IOException {
        List<String> ids = jobs(trial, name);
        trial.expect(ids.size() == 1, "jobs named " + name + ": " + ids);
        succeeded(trial, ids);
    }

    private static void succeeded(Trial trial, Iterable<String> ids) throws IOException {
        for (String id : ids) {
            Outcome ended = trial.cluster().bsp("job", "wait", id, "--timeout", "120s");
            trial.expect(ended.code() == 0, "job wait " + id + ": " + ended.told());
        }
    }

    private static List<String> submit(String name) {
        return List.of("example", "pi", "--name", name, "--tasks", "1", "--darts", "10", "--detach");
    }

    private static void replyLost(Trial trial) throws IOException {
        String name = trial.jobId();
        HostPort master = trial.cluster().addresses(ClusterFixture.MASTER).get(0);
        try (TcpProxy proxy = TcpProxy.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new InetSocketAddress(master.host(), master.port()))) {
            Path conf = trial.cluster()
                    .clientConf(name, new TreeMap<>(Map.of("bsp.master.rpc.address", "127.0.0.1:" + proxy.port())));
            proxy.silenceAnswersAfter(SUBMIT_CALL);
            Command submit = trial.cluster().begin(conf, submit(name));
            boolean arrived = Waits.until(ARRIVES_MS, () -> !jobs(trial, name).isEmpty());
            trial.expect(arrived, "the submit did not arrive at the master");
            Waits.pause(trial.random().nextInt(500));
            proxy.silence(false, false);
            proxy.cutAll();
            Outcome outcome = submit.end(COMMAND_S);
            trial.expect(outcome.code() == 0, "submit whose answer was lost: " + outcome.told());
        }
        oneJob(trial, name);
    }

    private static void clientKill(Trial trial) throws IOException {
        String name = trial.jobId();
        Command submit = trial.cluster().begin(trial.cluster().conf(), submit(name));
        Waits.pause(trial.random().nextInt(2_500));
        submit.process().destroyForcibly();
        boolean told = !submit.end(COMMAND_S).out().isBlank();
        List<String> ids = jobs(trial, name);
        trial.expect(ids.size() <= 1, "jobs named " + name + ": " + ids);
        trial.expect(!told || ids.size() == 1, "the client was told an id, but there is no job named " + name);
        trial.figure("jobs", ids.size());
        succeeded(trial, ids);
    }

    private static void ids(Trial trial) throws IOException {
        TreeSet<String> ids = new TreeSet<>();
        int submitted = 0;
        for (int time = 0; time < 3; time++) {
            if (time > 0) {
                Hits.kill(trial, ClusterFixture.MASTER);
                trial.cluster().start(ClusterFixture.MASTER);
            }
            for (int job = 0; job < 2; job++) {
                Outcome outcome = trial.cluster().bsp(submit(trial.jobId()).toArray(String[]::new));
                trial.expect(outcome.code() == 0, "submit: " + outcome.told());
                ids.add(outcome.out().strip());
                submitted++;
            }
        }
        trial.expect(ids.size() == submitted, submitted + " jobs have the ids " + ids);
        succeeded(trial, ids);
    }
}
