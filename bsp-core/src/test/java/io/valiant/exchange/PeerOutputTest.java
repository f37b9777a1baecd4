package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.transport.FramePool;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerOutputTest {
    @ParameterizedTest
    @CsvSource({"4, 1", "7, 1", "8, 2", "12, 3", "16, 4", "256, 4"})
    void whatIsWrittenAtOnceLeavesMostOfTheShareToBeOnItsWay(int limit, int gathered) {
        PeerOutput output = new PeerOutput(1, limit, new FramePool(4096), new NoSink());
        assertThat(output.gathered()).isEqualTo(gathered);
    }

    private static final class NoSink implements PeerOutput.Sink {
        @Override
        public void submit(int peer, ByteBuffer frame) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public void awaitRoom(PeerOutput output) {
            throw new AssertionError("nothing is waited for");
        }
    }
}
