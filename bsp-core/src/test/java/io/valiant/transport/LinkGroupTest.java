package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.time.FakeTime;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of three peers, whom the first one hears. */
class LinkGroupTest {
    private static final int PEERS = 3;

    private final FakeTime time = new FakeTime();
    private final Set<Integer> awaited = new TreeSet<>();
    private final Set<Integer> heard = new TreeSet<>();
    private final List<Long> data = new ArrayList<>();
    private final LinkedPeers peers =
            new LinkedPeers(PEERS, time, Gathering::new, new FramePool(4096), peer -> new Heard());
    private boolean gathering;

    @BeforeEach
    void connect() throws Exception {
        peers.connect();
        // time passes for all links: from now on only who is awaited is heard
        peers.of(0).step(time.nanoTime(), false, false);
    }

    @AfterEach
    void close() {
        peers.close();
    }

    @Test
    void whoIsNotAwaitedIsHeardWhenAllAre() throws Exception {
        awaited.add(2);
        bothSpeak();
        peers.of(0).step(time.nanoTime(), false, false);
        assertThat(heard).containsExactly(2);
        peers.of(0).step(time.nanoTime(), false, true);
        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void allAreHeardWhoAreAwaited() throws Exception {
        awaited.addAll(List.of(1, 2));
        bothSpeak();
        peers.of(0).step(time.nanoTime(), false, false);
        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void aPauseOfOnesOwnIsNotTheSilenceOfThePeer() throws Exception {
        bothSpeak();
        time.pass(Duration.ofNanos(LinkTimes.DEFAULT.silenceNs() - 1));
        peers.of(0).step(time.nanoTime(), false, false);
        assertThat(peers.of(0).isUp()).isTrue();
        assertThat(heard).containsExactly(1, 2);
    }

    @Test
    void framesAreWrittenTogetherWhereThatCostsLess() throws Exception {
        gathering = true;
        for (long number = 1; number <= 8; number++) {
            dataFrame(number);
            assertThat(arrived()).as("after %d", number).isEqualTo(1 + (number - 1) / 3 * 3);
        }
        peers.of(1).step(time.nanoTime(), false, false);
        assertThat(arrived()).isEqualTo(8);
        assertThat(data).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void noFrameIsKeptWhileNoneIsOnItsWay() throws Exception {
        gathering = true;
        dataFrame(1);
        assertThat(arrived()).isEqualTo(1);
        time.pass(Duration.ofNanos(LinkTimes.DEFAULT.acknowledgeNs()));
        peers.of(0).step(time.nanoTime(), true, true);
        peers.of(1).step(time.nanoTime(), true, true);
        dataFrame(2);
        assertThat(arrived()).isEqualTo(2);
    }

    @Test
    void whatEndsASuperstepTakesAlongTheFramesBeforeIt() throws Exception {
        gathering = true;
        dataFrame(1);
        dataFrame(2);
        assertThat(arrived()).isEqualTo(1);
        peers.of(1).send(0, Frame.begin(Frame.allocate(8)).putLong(1), FrameKind.SYNC, 0);
        peers.of(1).write(0, time.nanoTime());
        assertThat(arrived()).isEqualTo(2);
        assertThat(heard).containsExactly(1);
    }

    @Test
    void framesAreWrittenAtOnceWhereGatheringBringsNothing() throws Exception {
        for (long number = 1; number <= 3; number++) {
            dataFrame(number);
            assertThat(arrived()).isEqualTo(number);
        }
    }

    private void dataFrame(long number) {
        peers.of(1).send(0, Frame.begin(Frame.allocate(8)).putLong(number), FrameKind.DATA, 0);
        peers.of(1).writeGathered(0, 3, time.nanoTime());
    }

    /** How many frames of data have come in all. */
    private int arrived() throws Exception {
        peers.of(0).step(time.nanoTime(), false, true);
        return data.size();
    }

    private void bothSpeak() throws Exception {
        for (int peer = 1; peer < PEERS; peer++) {
            peers.of(peer).send(0, Frame.begin(Frame.allocate(8)).putLong(peer), FrameKind.SYNC, 0);
            peers.of(peer).write(0, time.nanoTime());
        }
        assertThat(heard).isEmpty();
    }

    private final class Heard implements LinkListener {
        @Override
        public boolean onData(int sender, ByteBuffer frame, boolean keepable) {
            data.add(frame.getLong(Frame.HEADER_BYTES));
            return false;
        }

        @Override
        public void onBarrier(int sender, FrameKind kind, ByteBuffer frame) {
            heard.add(sender);
        }

        @Override
        public boolean awaits(int peer) {
            return awaited.contains(peer);
        }

        @Override
        public void onLost(int peer, String detail) {
            throw new AssertionError("lost: " + detail);
        }
    }

    /** Tells of gathering what the test says. */
    private final class Gathering extends WrappedTransport {
        Gathering(Transport transport) {
            super(transport);
        }

        @Override
        protected ByteStream wrap(ByteStream stream) {
            return new Wrapped(stream) {
                @Override
                public boolean isGathering() {
                    return gathering;
                }
            };
        }
    }
}
