package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.PeerTable.PeerAddress;
import io.valiant.time.SystemClock;
import io.valiant.transport.LocalLinks;
import io.valiant.transport.PeerFolder;
import io.valiant.transport.SocketTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** Some peers in this JVM, each with its own thread, endpoint and gate. */
final class Peers implements AutoCloseable {
    private static final JobId JOB = new JobId("job_test_1");

    static final long SECOND_NS = 1_000_000_000L;

    final List<DataEndpoint> endpoints = new ArrayList<>();
    final List<OpenGate> gates = new ArrayList<>();
    final List<LinkExchange> exchanges = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What a peer's program does. */
    interface Program<T> {
        T run(LinkExchange exchange) throws Exception;
    }

    static ExchangeConfig config(Path folder, long sendBytes, int frameBytes, long inboxBytes, int peers) {
        return config(folder, sendBytes, frameBytes, inboxBytes, peers, 16);
    }

    static ExchangeConfig config(
            Path folder, long sendBytes, int frameBytes, long inboxBytes, int peers, int directPeers) {
        return new ExchangeConfig(
                sendBytes,
                frameBytes,
                inboxBytes,
                folder,
                1L << 30,
                20 * SECOND_NS,
                5 * SECOND_NS,
                10 * SECOND_NS,
                peers,
                directPeers,
                SystemClock.INSTANCE);
    }

    Peers(List<DataEndpoint> endpoints, ExchangeConfig config) {
        this(endpoints, config, 0);
    }

    Peers(List<DataEndpoint> endpoints, ExchangeConfig config, long superstep) {
        this.endpoints.addAll(endpoints);
        PeerTable table = table(1, endpoints);
        for (int i = 0; i < endpoints.size(); i++) {
            gates.add(new OpenGate());
            exchanges.add(endpoints.get(i).open(table, i, config, gates.get(i), superstep));
        }
    }

    /** An address whose links to the others go the way that is wanted, and no other. */
    static SocketTransport local(PeerTransport transport, Path sockets, int index) throws IOException {
        Path folder = PeerFolder.make(sockets.resolve("p")).path();
        return SocketTransport.bind(
                "127.0.0.1",
                0,
                new LocalLinks(transport, folder, new AttemptId(JOB, index, 1)),
                SystemClock.INSTANCE,
                note -> {});
    }

    static PeerTable table(long generation, List<DataEndpoint> endpoints) {
        List<PeerAddress> peers = new ArrayList<>();
        for (int i = 0; i < endpoints.size(); i++) {
            DataEndpoint endpoint = endpoints.get(i);
            peers.add(new PeerAddress(new AttemptId(JOB, i, 1), "groom-1", endpoint.host(), endpoint.port()));
        }
        return new PeerTable(JOB, generation, "00112233445566778899aabbccddeeff", peers);
    }

    /** Runs the program in all peers at once, links up; the results by index. The first failure ends all. */
    <T> List<T> run(Program<T> program) throws Exception {
        AtomicReference<Throwable> first = new AtomicReference<>();
        List<Future<T>> futures = new ArrayList<>();
        for (LinkExchange exchange : exchanges) {
            futures.add(threads.submit(() -> {
                try {
                    exchange.connect();
                    return program.run(exchange);
                } catch (Exception | Error e) {
                    first.compareAndSet(null, e);
                    exchanges.forEach(LinkExchange::close);
                    throw e;
                }
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                assertThat(first.get()).isNotNull();
            }
        }
        Throwable failure = first.get();
        if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw (Exception) failure;
        }
        return results;
    }

    @Override
    public void close() {
        List<Thread> closers = new ArrayList<>();
        for (LinkExchange exchange : exchanges) {
            Thread closer = new Thread(exchange::close);
            closer.start();
            closers.add(closer);
        }
        for (Thread closer : closers) {
            try {
                closer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        endpoints.forEach(DataEndpoint::close);
        threads.shutdownNow();
    }
}
