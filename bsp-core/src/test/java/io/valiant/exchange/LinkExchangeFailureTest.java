package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.message.MessageWriter;
import io.valiant.transport.MemoryNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an exchange does when its own machinery fails, or after its end. */
class LinkExchangeFailureTest {
    @TempDir
    private Path folder;

    /** Throws what no gate should, in the I/O thread. */
    private static final class BrokenGate implements BarrierGate {
        private final Thread program = Thread.currentThread();
        private final CountDownLatch thrown = new CountDownLatch(1);

        @Override
        public boolean poll(long nowNs) {
            if (Thread.currentThread() != program) {
                thrown.countDown();
                throw new IllegalStateException("planted");
            }
            return true;
        }

        @Override
        public void arrived(long superstep) {}

        @Override
        public void opened(long superstep) {}

        @Override
        public void linkLost(int peer, long superstep, String detail) {}
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anErrorOfTheIoThreadReachesTheProgramInsteadOfKeepingTheLinks() throws Exception {
        try (DataEndpoint endpoint = DataEndpoint.bind(new MemoryNetwork())) {
            BrokenGate gate = new BrokenGate();
            LinkExchange exchange = endpoint.open(Peers.table(1, List.of(endpoint)), 0, config(1 << 20), gate);
            gate.thrown.await();
            assertThatThrownBy(() -> {
                        while (true) {
                            exchange.connect();
                        }
                    })
                    .isInstanceOf(BspException.class)
                    .hasMessageContaining("planted");
            exchange.close();
        }
    }

    @Test
    void whoWritesToItselfAfterTheEndIsToldSoAndSpillsNothing() throws Exception {
        try (DataEndpoint endpoint = DataEndpoint.bind(new MemoryNetwork())) {
            LinkExchange exchange = endpoint.open(Peers.table(1, List.of(endpoint)), 0, config(0), new OpenGate());
            exchange.connect();
            MessageWriter writer = exchange.writer(0);
            // begins a frame, which is full only afterwards
            writer.write(new byte[8]);
            exchange.close();
            assertThatThrownBy(() -> writer.write(new byte[1 << 20]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the attempt is being ended");
            assertThat(exchange.totals().spilledBytes()).isZero();
        }
    }

    @Test
    void anInterruptThatAProgramLeavesBehindEndsNoWrite() throws Exception {
        try (DataEndpoint endpoint = DataEndpoint.bind(new MemoryNetwork())) {
            LinkExchange exchange =
                    endpoint.open(Peers.table(1, List.of(endpoint)), 0, config(1 << 22), new OpenGate());
            exchange.connect();
            Thread.currentThread().interrupt();
            try {
                exchange.writer(0).write(new byte[1 << 20]);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            exchange.close();
        }
    }

    private ExchangeConfig config(long inboxBytes) {
        return Peers.config(folder, 1 << 20, 16 << 10, inboxBytes, 1);
    }
}
