package io.valiant.http;

import io.valiant.time.Clock;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * One HTTP server on one address. Add servlets, {@link #start()}, {@link #close()}; one thread does these three.
 * Every answer carries headers that keep browsers from loading or framing anything foreign.
 */
public final class WebServer implements AutoCloseable {
    private static final int MAX_THREADS = 16;
    private static final int MIN_THREADS = 2;
    private static final int IDLE_MS = 30_000;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private final String host;
    private final int wantedPort;
    private final Server server;
    private final ServerConnector connector;
    private final ServletContextHandler context = new ServletContextHandler();

    /**
     * @param name of its threads
     * @param host to bind
     * @param port to bind; 0 for any free one
     */
    public WebServer(String name, String host, int port, Clock clock) {
        this(name, host, port, Set.of(), clock);
    }

    /**
     * @param names by which others are told to call this server, in small letters
     * @param clock tells how fast bodies come
     */
    public WebServer(String name, String host, int port, Set<String> names, Clock clock) {
        this.host = host;
        this.wantedPort = port;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, IDLE_MS);
        threads.setName(name);
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MS);
        server.addConnector(connector);
        server.setHandler(new SteadyBodies(context, clock));
        server.setErrorHandler(new JsonErrors());
        context.setErrorHandler(new JsonErrors());
        FilterHolder filter = new FilterHolder(new SecurityHeaders(new ForeignPages(host, names)));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", java.util.EnumSet.of(jakarta.servlet.DispatcherType.REQUEST));
        add("/static/*", new StaticFiles());
    }

    /** Serves paths of that pattern ({@code /x}, {@code /x/*} or empty for {@code /} alone) with that servlet. */
    public WebServer add(String pattern, HttpServlet servlet) {
        context.addServlet(new ServletHolder(servlet), pattern);
        return this;
    }

    /** Like {@link #add(String, HttpServlet)}, for a servlet that answers by {@link Deferred}. */
    public WebServer addDeferred(String pattern, HttpServlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, pattern);
        return this;
    }

    /** Serves an interface, and what describes it at {@code /openapi.json}. */
    public WebServer add(Api api) {
        ServletHolder holder = new ServletHolder(new ApiServlet(api));
        holder.setAsyncSupported(true);
        holder.getRegistration().setMultipartConfig(new Uploads(api.maxUploadBytes()).limits());
        context.addServlet(holder, api.base() + "/*");
        byte[] document = api.json().apply(OpenApi.of(api));
        return add("/openapi.json", new DocumentServlet(document));
    }

    /** Binds and serves; an address in use is told as such. */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            closeAfter(e);
            if (e instanceof BindException || e.getCause() instanceof BindException) {
                throw new BindException(
                        "HTTP address " + host + ":" + wantedPort + " cannot be bound (in use?); set another");
            }
            throw e;
        } catch (Exception e) {
            closeAfter(e);
            throw new IOException("HTTP server on " + host + ":" + wantedPort + ": " + e.getMessage(), e);
        }
    }

    private void closeAfter(Exception cause) {
        try {
            close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Where it listens, after {@link #start()}. */
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, connector.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("HTTP server on " + host + ":" + wantedPort + " does not stop: " + e.getMessage(), e);
        }
    }
}
