package io.valiant.master.web;

import io.valiant.http.TextServlet;
import io.valiant.http.WebServer;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.rpc.Queries;
import io.valiant.metrics.Metrics;
import io.valiant.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** The master's web server. One thread starts and closes it. */
public final class MasterWeb implements AutoCloseable {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final WebServer server;
    private final Metrics metrics;

    /**
     * @param snapshot the cluster now; epoch 0 while this master does not lead
     * @param queries what the API answers from; asked only once the master serves
     */
    public MasterWeb(String host, int port, Supplier<MasterSnapshot> snapshot, Queries queries, Clock clock) {
        metrics = new Metrics(new MasterGauges(snapshot));
        Api api = new Api(queries);
        Pages pages = new Pages(snapshot, queries, clock);
        server = new WebServer("master-http", host, port)
                .add("", pages)
                .add("/jobs/*", pages)
                .add("/grooms/*", pages)
                .add("/api/v1/*", api)
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
