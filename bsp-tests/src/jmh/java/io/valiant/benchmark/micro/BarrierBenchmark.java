package io.valiant.benchmark.micro;

import io.valiant.bsp.BspException;
import io.valiant.exchange.BarrierGate;
import io.valiant.exchange.DataEndpoint;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.exchange.LinkExchange;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.PeerTable.PeerAddress;
import io.valiant.time.SystemClock;
import io.valiant.transport.MemoryNetwork;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An empty superstep of peers in one JVM over the in-memory network: what the barrier costs without the kernel. JMH's thread is
 * one peer; the others arrive again and again until it closes them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class BarrierBenchmark {
    @Param({"2", "4"})
    private int peers;

    private final ByteBuffer nothing = ByteBuffer.allocate(0);
    private final List<DataEndpoint> endpoints = new ArrayList<>();
    private final List<LinkExchange> exchanges = new ArrayList<>();
    private final List<Thread> others = new ArrayList<>();
    private volatile boolean over;

    /** A gate that is always open. */
    private static final class Gate implements BarrierGate {
        @Override
        public boolean poll(long nowNs) {
            return true;
        }

        @Override
        public void arrived(long superstep) {}

        @Override
        public void opened(long superstep) {}

        @Override
        public void linkLost(int peer, long superstep, String detail) {}
    }

    @Setup
    public void connect() throws BspException {
        MemoryNetwork network = new MemoryNetwork();
        JobId job = new JobId("bench");
        List<PeerAddress> addresses = new ArrayList<>();
        for (int i = 0; i < peers; i++) {
            DataEndpoint endpoint = DataEndpoint.bind(network);
            endpoints.add(endpoint);
            addresses.add(new PeerAddress(new AttemptId(job, i, 1), "here", endpoint.host(), endpoint.port()));
        }
        PeerTable table = new PeerTable(job, 1, "00112233445566778899aabbccddeeff", addresses);
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        ExchangeConfig config = ExchangeConfig.of(64L << 20, folder, peers, SystemClock.INSTANCE);
        for (int i = 0; i < peers; i++) {
            exchanges.add(endpoints.get(i).open(table, i, config, new Gate()));
        }
        for (int i = 1; i < peers; i++) {
            LinkExchange exchange = exchanges.get(i);
            Thread other = new Thread(() -> arrive(exchange), "peer-" + i);
            other.start();
            others.add(other);
        }
        exchanges.get(0).connect();
    }

    private void arrive(LinkExchange exchange) {
        ByteBuffer contribution = ByteBuffer.allocate(0);
        try {
            exchange.connect();
            while (true) {
                exchange.sync(false, contribution);
            }
        } catch (BspException | RuntimeException e) {
            if (!over) {
                throw new IllegalStateException("a peer fell out of the benchmark", e);
            }
        }
    }

    @Benchmark
    public void superstep() throws BspException {
        exchanges.get(0).sync(false, nothing);
    }

    @TearDown
    public void close() throws InterruptedException {
        over = true;
        List<Thread> closers = new ArrayList<>();
        for (LinkExchange exchange : exchanges) {
            Thread closer = new Thread(exchange::close);
            closer.start();
            closers.add(closer);
        }
        closers.addAll(others);
        for (Thread each : closers) {
            each.join();
        }
        endpoints.forEach(DataEndpoint::close);
    }
}
