package io.valiant.master.web;

import io.valiant.concurrent.RandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.config.Keys;
import io.valiant.config.SoftwareVersion;
import io.valiant.http.Api;
import io.valiant.http.TextServlet;
import io.valiant.http.WebServer;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.rpc.LogRelay;
import io.valiant.master.rpc.MasterCalls;
import io.valiant.master.rpc.Queries;
import io.valiant.metrics.Metrics;
import io.valiant.protocol.StatusJson;
import io.valiant.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** The master's web server. One thread starts and closes it. */
public final class MasterWeb implements AutoCloseable {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final WebServer server;
    private final Metrics metrics;

    /**
     * @param bind where to listen; port 0: the system chooses
     * @param snapshot the cluster now; epoch 0 while this master does not lead
     * @param queries what the API answers from; asked only once the master serves
     * @param calls what the API changes
     * @param relay what the API fetches from grooms
     * @param configuration the master's
     * @param random for names of uploads
     * @param counts of this process
     */
    public MasterWeb(
            HostPort bind,
            Supplier<MasterSnapshot> snapshot,
            Queries queries,
            MasterCalls calls,
            LogRelay relay,
            BspConfiguration configuration,
            RandomSource random,
            Clock clock,
            MasterCounts counts) {
        metrics = new Metrics(new MasterGauges(snapshot, counts));
        Pages pages = new Pages(snapshot, queries, calls, counts.chronicle(), clock);
        Submissions submissions = new Submissions(queries, calls, configuration, random);
        String name = configuration.get(Keys.MASTER_HTTP_ADDRESS).host().toLowerCase(Locale.ROOT);
        Api api = new Api(
                "/api/v1",
                "Valiant master",
                SoftwareVersion.text(),
                new MasterApi(queries, calls, relay, submissions, counts.chronicle()).routes(),
                StatusJson::bytes,
                MasterApi::error,
                configuration.get(Keys.UPLOAD_MAX_BYTES),
                Set.of(name));
        server = new WebServer("master-http", bind.host(), bind.port(), api.names(), clock)
                .add("", pages)
                .addDeferred("/jobs/*", pages)
                .add("/grooms/*", pages)
                .add("/config", pages)
                .add(api)
                .add("/metrics", TextServlet.of(metrics::scrape))
                .add("/healthz", TextServlet.of(() -> "ok\n"))
                .add(
                        "/readyz",
                        new TextServlet(() -> snapshot.get().epoch() > 0
                                ? new TextServlet.Answer(200, "ok\n")
                                : new TextServlet.Answer(SERVICE_UNAVAILABLE, "this master does not lead\n")));
    }

    /** Binds and serves. */
    public InetSocketAddress start() throws IOException {
        server.start();
        return server.address();
    }

    @Override
    public void close() throws IOException {
        server.close();
        metrics.close();
    }
}
