package io.valiant.graph.fake;

import io.valiant.bsp.BspException;
import io.valiant.exchange.BarrierGate;
import io.valiant.exchange.DataEndpoint;
import io.valiant.exchange.Exchange;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.exchange.LinkExchange;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.PeerTable;
import io.valiant.time.SystemClock;
import io.valiant.transport.MemoryNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The exchanges of one job's tasks. */
final class Exchanges implements AutoCloseable {
    private static final long MESSAGE_BYTES = 256L << 20;

    private final List<DataEndpoint> endpoints = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();

    static Exchanges over(Network network, int count, long seed, boolean checkpoints, long memoryShare)
            throws BspException {
        Exchanges all = new Exchanges();
        if (network == Network.FAKE) {
            FakeCluster cluster = new FakeCluster(count, checkpoints, memoryShare);
            for (int i = 0; i < count; i++) {
                all.exchanges.add(new FakeExchange(cluster, i, count, seed));
            }
            return all;
        }
        MemoryNetwork memory = new MemoryNetwork();
        for (int i = 0; i < count; i++) {
            all.endpoints.add(network == Network.TCP ? DataEndpoint.bind("127.0.0.1", 0) : DataEndpoint.bind(memory));
        }
        ExchangeConfig config = ExchangeConfig.of(MESSAGE_BYTES, spillFolder(), count, SystemClock.INSTANCE);
        for (int i = 0; i < count; i++) {
            all.exchanges.add(all.endpoints.get(i).open(all.table(), i, config, new OpenGate()));
        }
        return all;
    }

    private PeerTable table() {
        JobId job = new JobId("fake");
        List<PeerTable.PeerAddress> peers = new ArrayList<>();
        for (int i = 0; i < endpoints.size(); i++) {
            DataEndpoint at = endpoints.get(i);
            peers.add(new PeerTable.PeerAddress(new AttemptId(job, i, 1), "groom-1", at.host(), at.port()));
        }
        return new PeerTable(job, 1, "00112233445566778899aabbccddeeff", peers);
    }

    private static Path spillFolder() {
        try {
            Path folder = Files.createTempDirectory("spill");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Exchange get(int index) {
        return exchanges.get(index);
    }

    /** In the task's own thread, before anything else. */
    void connect(int index) throws BspException {
        if (exchanges.get(index) instanceof LinkExchange links) {
            links.connect();
        }
    }

    @Override
    public void close() {
        List<Thread> closers = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            Thread closer = new Thread(exchange::close, "close");
            closer.start();
            closers.add(closer);
        }
        for (Thread closer : closers) {
            try {
                closer.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        endpoints.forEach(DataEndpoint::close);
    }

    /** Lets everything pass. */
    private static final class OpenGate implements BarrierGate {
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
}
