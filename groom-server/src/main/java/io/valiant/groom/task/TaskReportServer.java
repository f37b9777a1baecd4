package io.valiant.groom.task;

import io.valiant.bsp.BspException;
import io.valiant.config.HostPort;
import io.valiant.groom.core.GroomEvent;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.TaskReportCodec;
import io.valiant.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where children attach, ping and report. One thread ({@code task-reports}) owns the selector and all connections; others
 * hand it work through a queue. Every connection that was announced by a message ends in one ChildDisconnected.
 */
public final class TaskReportServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskReportServer.class);
    private static final long ATTACH_TIME_NS = 10_000_000_000L;
    private static final long SWEEP_MS = 1000;
    private static final int MOST_CONNECTIONS = 4096;

    private final Clock clock;
    private final Consumer<GroomEvent> events;
    private final Consumer<Throwable> fault;
    private final Selector selector;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Work> work = new ConcurrentLinkedQueue<>();

    // by the thread alone
    private final Map<Long, ReportConnection> connections = new TreeMap<>();
    private long lastNumber;
    private long sweptNs;

    // written by the thread alone
    private volatile ReportEndpoint endpoint;

    private volatile boolean closed;

    private interface Work {
        void run() throws IOException;
    }

    private TaskReportServer(
            ReportEndpoint endpoint,
            Selector selector,
            Clock clock,
            Consumer<GroomEvent> events,
            Consumer<Throwable> fault) {
        this.endpoint = endpoint;
        this.selector = selector;
        this.clock = clock;
        this.events = events;
        this.fault = fault;
        this.thread = new Thread(this::run, "task-reports");
        this.thread.setDaemon(true);
    }

    /**
     * Binds; nobody is answered before {@link #start()}.
     *
     * @param tcp the address as children use it, or empty for a Unix-domain socket under the local folder
     * @param bound what is bound for it
     * @param events takes what children say, without blocking
     * @param fault told once if the server cannot go on
     * @throws BspException USER if the address cannot be bound
     */
    public static TaskReportServer open(
            Optional<HostPort> tcp,
            Optional<HostPort> bound,
            Path localFolder,
            Clock clock,
            Consumer<GroomEvent> events,
            Consumer<Throwable> fault)
            throws BspException {
        ReportEndpoint endpoint = ReportEndpoint.open(tcp, bound, localFolder);
        try {
            Selector selector = Selector.open();
            acceptAt(endpoint, selector);
            return new TaskReportServer(endpoint, selector, clock, events, fault);
        } catch (IOException e) {
            throw new BspException(BspException.Kind.FATAL, "the task-report server cannot be opened: " + e, e);
        }
    }

    private static void acceptAt(ReportEndpoint endpoint, Selector selector) throws IOException {
        ServerSocketChannel channel = endpoint.channel();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Whether children find the address: the file of a socket may have been removed. Any thread. */
    public boolean isReachable() {
        return endpoint.isReachable();
    }

    /** Listens at the same address again if its file has been removed; connections stay. Any thread, does not wait. */
    public void listenAgain() {
        enqueue(() -> {
            ReportEndpoint before = endpoint;
            if (before.isReachable()) {
                return;
            }
            try {
                ReportEndpoint fresh = before.bindAgain();
                acceptAt(fresh, selector);
                endpoint = fresh;
                before.channel().close();
                LOG.info("the task-report server listens again at {}", fresh.address());
            } catch (IOException e) {
                // who looks for the address will look, and ask, again
                LOG.warn("the task-report server cannot listen again: {}", e.toString());
            }
        });
    }

    public void start() {
        thread.start();
    }

    /** Where children attach: {@code unix:/path} or {@code host:port}. */
    public String address() {
        return endpoint.address();
    }

    /** Says something on a connection; nothing happens if it is gone. Any thread, does not wait. */
    public void send(long connection, GroomMessage message) {
        enqueue(() -> with(connection, one -> {
            if (message instanceof GroomMessage.Attached) {
                one.attached();
            }
            one.send(encode(message));
        }));
    }

    /** A groom's own message that cannot be encoded ends the connection: the child would wait for it. */
    private static ByteBuffer encode(GroomMessage message) throws IOException {
        try {
            return TaskReportCodec.encode(message);
        } catch (BspException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Closes a connection once what was said on it is written. Any thread, does not wait. */
    public void close(long connection) {
        enqueue(() -> with(connection, one -> {
            if (one.closeWhenWritten()) {
                drop(one, null);
            }
        }));
    }

    private void enqueue(Work item) {
        work.add(item);
        selector.wakeup();
    }

    private interface OnConnection {
        void run(ReportConnection connection) throws IOException;
    }

    private void with(long number, OnConnection action) throws IOException {
        ReportConnection connection = connections.get(number);
        if (connection == null) {
            return;
        }
        try {
            action.run(connection);
        } catch (IOException e) {
            drop(connection, e);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::ready, SWEEP_MS);
                for (Work item = work.poll(); item != null; item = work.poll()) {
                    item.run();
                }
                sweep();
            }
        } catch (IOException | RuntimeException | Error e) {
            // whatever it was: without this thread every child would take its groom for silent
            if (!closed) {
                fault.accept(e);
            }
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
            return;
        }
        ReportConnection connection = (ReportConnection) key.attachment();
        try {
            boolean open = true;
            if (key.isReadable()) {
                open = connection.read(message -> events.accept(new GroomEvent.FromChild(connection.number, message)));
            }
            if (open && key.isValid() && key.isWritable()) {
                open = connection.write();
            }
            if (!open) {
                drop(connection, null);
            }
        } catch (IOException | BspException e) {
            drop(connection, e);
        }
    }

    private void accept() {
        SocketChannel channel = null;
        try {
            channel = endpoint.channel().accept();
            if (channel == null) {
                return;
            }
            if (connections.size() >= MOST_CONNECTIONS || !endpoint.admits(channel)) {
                LOG.warn("a connection to the task-report server was refused: not this groom's user, or too many");
                channel.close();
                return;
            }
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            ReportConnection connection = new ReportConnection(++lastNumber, channel, key, clock.nanoTime());
            key.attach(connection);
            connections.put(connection.number, connection);
        } catch (IOException e) {
            LOG.warn("a child could not connect: {}", e.toString());
            closeQuietly(channel);
        }
    }

    private void drop(ReportConnection connection, Exception why) {
        if (connections.remove(connection.number) == null) {
            return;
        }
        if (why != null) {
            LOG.info("[connection {}] is closed: {}", connection.number, why.toString());
        }
        try {
            connection.close();
        } catch (IOException e) {
            LOG.info("[connection {}] {}", connection.number, e.toString());
        }
        events.accept(new GroomEvent.ChildDisconnected(connection.number));
    }

    private void sweep() {
        long nowNs = clock.nanoTime();
        if (nowNs - sweptNs < ATTACH_TIME_NS / 10) {
            return;
        }
        sweptNs = nowNs;
        for (ReportConnection connection : new ArrayList<>(connections.values())) {
            if (connection.isIdle(nowNs, ATTACH_TIME_NS)) {
                drop(connection, new IOException("did not attach in time"));
            }
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("close", e);
        }
    }

    /** Ends the thread and closes all connections. */
    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (ReportConnection connection : connections.values()) {
            connection.close();
        }
        selector.close();
        endpoint.close();
    }
}
