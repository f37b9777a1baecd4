package io.valiant.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.transport.FramePool;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerOutputTest {
    @ParameterizedTest
    @CsvSource({"4, 1", "7, 1", "8, 2", "12, 3", "16, 4", "256, 4"})
    void whatIsWrittenAtOnceLeavesMostOfTheShareToBeOnItsWay(int limit, int gathered) {
        PeerOutput output = new PeerOutput(1, limit, new FramePool(4096), new NoSink());
        assertThat(output.gathered()).isEqualTo(gathered);
    }

    /** After a failure nothing leaves, so there is always room: a program that only writes must hear of it all the same. */
    @Test
    void aFailureIsThrownByTheNextFrame() throws Exception {
        NoSink sink = new NoSink();
        PeerOutput output = new PeerOutput(1, 4, new FramePool(4096), sink);
        assertThat(output.empty()).isNotNull();
        sink.failure = new BspException(BspException.Kind.RETRIABLE, "the disk is full");
        assertThatThrownBy(output::empty)
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is full")
                .hasCause(sink.failure);
        assertThat(output.mayTake()).isTrue();
    }

    private static final class NoSink implements PeerOutput.Sink {
        private BspException failure;

        @Override
        public void submit(int peer, ByteBuffer frame) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public void check() throws BspException {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void awaitRoom(PeerOutput output) {
            throw new AssertionError("nothing is waited for");
        }
    }
}
