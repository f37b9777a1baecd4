package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import io.valiant.protocol.JobSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.io.NullWritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 25, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlayedJobTest {
    private static final long LONG_NS = TimeUnit.HOURS.toNanos(1);

    @TempDir
    private Path folder;

    private PlayedJob job(String what, long limitNs) {
        TreeMap<String, String> settings = new TreeMap<>();
        settings.put("do", what);
        JobSpec spec = RehearsedJob.spec("bsp", Does.class, List.of(), null, settings);
        return new PlayedJob(spec, folder, limitNs);
    }

    private static ServerSocketChannel door() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whicheverTaskFailsFirstEndsThePlay(int task) throws Exception {
        PlayedJob job = job("fail" + task, LONG_NS);
        assertThatThrownBy(() -> job.play(door()))
                .isInstanceOf(BspException.class)
                .hasMessageContaining("boom of " + task);
    }

    @Test
    void aPlayThatDoesNotEndIsStopped() throws Exception {
        PlayedJob job = job("barriers", TimeUnit.SECONDS.toNanos(2));
        assertThatThrownBy(() -> job.play(door()))
                .isInstanceOf(IOException.class)
                .hasMessage("it has not ended after 2 s");
    }

    @Test
    void whoeverElseComesToTheDoorHoldsNobodyUp() throws Exception {
        try (ServerSocketChannel door = door();
                SocketChannel silent = SocketChannel.open(door.getLocalAddress())) {
            SocketChannel.open(door.getLocalAddress()).close();
            job("end", LONG_NS).play(door);
            assertThat(silent.isOpen()).isTrue();
            assertThat(door.isOpen()).isFalse();
        }
    }

    /** Does what the job's setting says. */
    static final class Does extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            String what = peer.settings().get("do", "");
            if (what.equals("fail" + peer.index())) {
                throw new IllegalStateException("boom of " + peer.index());
            }
            do {
                peer.sync();
            } while (!what.equals("end"));
        }
    }
}
