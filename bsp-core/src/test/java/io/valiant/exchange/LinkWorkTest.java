package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.barrier.AllReduce;
import io.valiant.bsp.BspException;
import io.valiant.message.Inbox;
import io.valiant.time.FakeTime;
import io.valiant.transport.FramePool;
import io.valiant.transport.LinkListener;
import io.valiant.transport.LinkTimes;
import io.valiant.transport.LinkedPeers;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first of three peers sends frames one after the other, and nothing to the third. */
class LinkWorkTest {
    private static final int PEERS = 3;
    private static final long MEMORY_BYTES = 64 << 20;

    @TempDir
    private Path folder;

    private final FakeTime time = new FakeTime();
    private final OpenGate gate = new OpenGate();
    private final FramePool pool = new FramePool(4096);
    private LinkWork work;
    private LinkedPeers peers;

    @BeforeEach
    void connect() throws Exception {
        PeerOutput[] outputs = new PeerOutput[PEERS];
        for (int i = 0; i < PEERS; i++) {
            outputs[i] = new PeerOutput(i, 4, pool, null);
        }
        Inbox inbox = new Inbox(PEERS, pool, MEMORY_BYTES, folder);
        ExchangeConfig config = ExchangeConfig.of(MEMORY_BYTES, folder, 1, time);
        work = new LinkWork("a", 0, gate, config, pool, outputs, inbox, new AllReduce(0, PEERS, 0));
        peers = new LinkedPeers(PEERS, time, transport -> transport, pool, peer -> peer == 0 ? work : new Silent());
        work.start(peers.of(0), 0);
        peers.connect();
    }

    @AfterEach
    void close() {
        work.close();
        work.shutDown(0);
        peers.close();
    }

    /** The I/O thread never steps in meanwhile, so nobody else keeps the link alive. */
    @Test
    void peersToWhomNothingIsSentMissNobody() throws Exception {
        long silences = 3;
        for (long passedMs = 0; passedMs < silences * LinkTimes.DEFAULT.silenceNs() / 1_000_000; passedMs += 4) {
            time.pass(Duration.ofMillis(4));
            long nowNs = time.nanoTime();
            int peer = (int) (passedMs / 4 % 2);
            work.send(peer, Frame.begin(pool.take()).putLong(passedMs), nowNs);
            work.receiveSome(peer, nowNs);
            for (int other = 1; other < PEERS; other++) {
                peers.of(other).step(nowNs, false, true);
            }
            assertThat(peers.areUp()).as("after %d ms", passedMs).isTrue();
        }
        work.check();
        assertThat(gate.lost).isEmpty();
    }

    @Test
    void whoSendsFrameAfterFrameMeetsTheGate() throws Exception {
        gate.fence = new BspException(BspException.Kind.FENCED, "over");
        boolean met = false;
        for (int turn = 0; turn < 3 && !met; turn++) {
            time.pass(Duration.ofMillis(4));
            try {
                work.receiveSome(1, time.nanoTime());
            } catch (BspException e) {
                assertThat(e).hasMessage("over");
                met = true;
            }
        }
        assertThat(met).isTrue();
    }

    private static final class Silent implements LinkListener {
        @Override
        public boolean onData(int sender, ByteBuffer frame, boolean keepable) {
            return false;
        }

        @Override
        public void onBarrier(int sender, FrameKind kind, ByteBuffer frame) {
            throw new AssertionError("nobody comes to a barrier");
        }

        @Override
        public boolean awaits(int peer) {
            return true;
        }

        @Override
        public void onLost(int peer, String detail) {
            throw new AssertionError("lost: " + detail);
        }
    }
}
