package io.valiant.groom.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.valiant.config.BspConfiguration;
import io.valiant.config.HostPort;
import io.valiant.config.Keys;
import io.valiant.config.Secrets;
import io.valiant.config.SoftwareVersion;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.http.Api;
import io.valiant.http.Replies;
import io.valiant.http.TextServlet;
import io.valiant.http.WebServer;
import io.valiant.metrics.Metrics;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.StatusJson;
import io.valiant.time.Clock;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The groom's web server. One thread starts and closes it. */
public final class GroomWeb implements AutoCloseable {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final WebServer server;
    private final Metrics metrics;

    /**
     * @param bind where to listen; port 0: the system chooses
     * @param snapshot the groom now; there before the core has stepped for the first time
     * @param calls reads logs and stacks; gives null as long as the groom starts
     * @param configuration the groom's
     */
    public GroomWeb(
            HostPort bind,
            Supplier<GroomSnapshot> snapshot,
            Supplier<GroomProtocol> calls,
            BspConfiguration configuration,
            Clock clock) {
        metrics = new Metrics(new GroomGauges(snapshot));
        String name = configuration.get(Keys.GROOM_HTTP_ADDRESS).host().toLowerCase(Locale.ROOT);
        Api api = new Api(
                "/api/v1",
                "Valiant groom",
                SoftwareVersion.text(),
                new GroomApi(snapshot, calls, Secrets.masked(configuration.texts())).routes(),
                StatusJson::bytes,
                GroomApi::error,
                0,
                Set.of(name));
        server = new WebServer("web", bind.host(), bind.port(), api.names(), clock)
                .add(api)
                .add("", new Page(snapshot))
                .add("/metrics", TextServlet.of(metrics::scrape))
                .add("/healthz", TextServlet.of(() -> "ok\n"))
                .add(
                        "/readyz",
                        new TextServlet(() -> snapshot.get().registered()
                                ? new TextServlet.Answer(200, "ok\n")
                                : new TextServlet.Answer(SERVICE_UNAVAILABLE, "not registered with a master\n")));
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

    /** The one page. */
    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Supplier<GroomSnapshot> snapshot;
        private final transient TemplateEngine templates = TemplateEngine.createPrecompiled(
                null, ContentType.Html, GroomWeb.class.getClassLoader(), "io.valiant.groom.web.pages");

        private Page(Supplier<GroomSnapshot> snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            StringOutput html = new StringOutput();
            templates.render("groom.jte", Map.of("groom", snapshot.get()), html);
            Replies.page(response, HttpServletResponse.SC_OK, html.toString());
        }
    }
}
