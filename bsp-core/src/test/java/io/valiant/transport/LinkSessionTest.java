package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.JobId;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import io.valiant.wire.RefusedFrames;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinkSessionTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final LinkIdentity LOW = new LinkIdentity(new JobId("job_c_1"), 3, 0, 1, "secret");
    private static final LinkIdentity HIGH = LOW.peer(1, 2);

    private final List<ByteBuffer> released = new ArrayList<>();
    private final LinkSession low = new LinkSession(LOW, HIGH, LinkTimes.DEFAULT, released::add, 0);
    private final LinkSession high = new LinkSession(HIGH, LOW, LinkTimes.DEFAULT, released::add, 0);
    private long nowNs;

    @Test
    void theHigherIndexDialsAndBothAreUpAfterOneRoundTrip() {
        assertThat(low.tick(0)).isEqualTo(LinkAction.NONE);
        assertThat(high.tick(0)).isEqualTo(LinkAction.DIAL);
        high.connected(0);
        assertThat(low.accepted(take(high), 0)).isEqualTo(Receipt.CONTROL);
        assertThat(high.onFrame(take(low), 0)).isEqualTo(Receipt.CONTROL);
        assertThat(low.state()).isEqualTo(LinkSession.State.UP);
        assertThat(high.state()).isEqualTo(LinkSession.State.UP);
    }

    @Test
    void framesAreDeliveredInOrderAndReleasedWhenAcknowledged() {
        connect();
        low.send(frame(1), FrameKind.DATA, 0);
        low.send(frame(2), FrameKind.SYNC, 0);
        assertThat(value(deliver(low, high))).isEqualTo(1);
        assertThat(value(deliver(low, high))).isEqualTo(2);
        assertThat(low.nextToWrite()).isNull();
        assertThat(released).isEmpty();
        high.send(frame(9), FrameKind.SYNC, 0);
        deliver(high, low);
        assertThat(released).hasSize(2);
        assertThat(low.unacknowledged()).isZero();
    }

    @Test
    void anAcknowledgementGoesByItselfWhenNothingElseDoes() {
        connect();
        low.send(frame(1), FrameKind.DATA, 0);
        deliver(low, high);
        assertThat(high.nextToWrite()).isNull();
        nowNs = high.nextDeadlineNs();
        assertThat(high.tick(nowNs)).isEqualTo(LinkAction.NONE);
        ByteBuffer frame = take(high);
        assertThat(Frame.kind(frame)).isEqualTo(FrameKind.ACK);
        assertThat(low.onFrame(frame, nowNs)).isEqualTo(Receipt.CONTROL);
        assertThat(released).hasSize(1);
    }

    @Test
    void anAcknowledgementThatFellDueAmidAFrameGoesAfterIt() {
        connect();
        low.send(frame(1), FrameKind.DATA, 0);
        ByteBuffer half = low.nextToWrite();
        half.position(20);
        for (int i = 1; i <= 16; i++) {
            high.send(frame(i), FrameKind.DATA, 0);
            deliver(high, low);
        }
        assertThat(low.nextToWrite()).isSameAs(half);
        half.position(half.limit());
        ByteBuffer next = low.nextToWrite();
        assertThat(next).isNotNull();
        assertThat(Frame.kind(next)).isEqualTo(FrameKind.ACK);
        assertThat(Frame.acknowledged(next)).isEqualTo(16);
    }

    @Test
    void whatWasNotReceivedBeforeABreakIsSentAgainAfterIt() {
        connect();
        for (int i = 1; i <= 4; i++) {
            low.send(frame(i), FrameKind.DATA, 0);
        }
        deliver(low, high);
        deliver(low, high);
        ByteBuffer lost = low.nextToWrite();
        lost.position(20);
        low.broken(nowNs);
        high.broken(nowNs);
        connect();
        assertThat(value(deliver(low, high))).isEqualTo(3);
        assertThat(value(deliver(low, high))).isEqualTo(4);
        assertThat(low.nextToWrite()).isNull();
    }

    @Test
    void aFrameThatComesTwiceIsDroppedAndAGapBreaksTheConnection() {
        connect();
        for (int i = 1; i <= 3; i++) {
            low.send(frame(i), FrameKind.DATA, 0);
        }
        ByteBuffer first = take(low);
        take(low);
        ByteBuffer third = take(low);
        assertThat(high.onFrame(first, 0)).isEqualTo(Receipt.DELIVER);
        assertThat(high.onFrame(first, 0)).isEqualTo(Receipt.DUPLICATE);
        assertThat(high.onFrame(third, 0)).isEqualTo(Receipt.BREAK);
    }

    @Test
    void aDamagedFrameBreaksTheConnection() {
        connect();
        low.send(frame(1), FrameKind.DATA, 0);
        ByteBuffer frame = take(low);
        frame.put(50, (byte) (frame.get(50) ^ 1));
        assertThat(high.onFrame(frame, 0)).isEqualTo(Receipt.BREAK);
    }

    @Test
    void anotherSecretAttemptOrGenerationIsRefused() {
        List<LinkIdentity> strangers = List.of(
                new LinkIdentity(LOW.job(), 3, 1, 2, "secreT"),
                new LinkIdentity(LOW.job(), 3, 1, 1, "secret"),
                new LinkIdentity(new JobId("job_c_2"), 3, 1, 2, "secret"));
        for (LinkIdentity stranger : strangers) {
            LinkSession dialler = new LinkSession(stranger, stranger.peer(0, 1), LinkTimes.DEFAULT, f -> {}, 0);
            dialler.tick(0);
            dialler.connected(0);
            assertThat(low.accepted(take(dialler), 0)).isEqualTo(Receipt.REFUSED);
        }
        assertThat(low.refused()).isEqualTo(new RefusedFrames(0, 0, 3));
        assertThat(low.state()).isEqualTo(LinkSession.State.DOWN);
    }

    @Test
    void aHelloThatWasOvertakenIsRefused() {
        high.tick(0);
        high.connected(0);
        ByteBuffer late = take(high);
        high.broken(0);
        connect();
        assertThat(low.accepted(late, nowNs)).isEqualTo(Receipt.REFUSED);
        assertThat(low.state()).isEqualTo(LinkSession.State.UP);
    }

    @Test
    void aRefusalLosesTheLink() {
        high.tick(0);
        high.connected(0);
        ByteBuffer refusal = LinkAdmission.refusal(take(high), 0);
        assertThat(high.onFrame(refusal, 0)).isEqualTo(Receipt.LOST);
        assertThat(high.tick(0)).isEqualTo(LinkAction.LOST);
        assertThat(high.tick(0)).isEqualTo(LinkAction.NONE);
    }

    @Test
    void framesTwoSuperstepsAheadLoseTheLink() {
        connect();
        low.send(frame(1), FrameKind.DATA, 1);
        low.send(frame(2), FrameKind.DATA, 2);
        deliver(low, high);
        assertThat(high.onFrame(take(low), 0)).isEqualTo(Receipt.LOST);
        assertThat(high.detail()).contains("DATA of superstep 2 in superstep 0");
    }

    @Test
    void silenceIsABreakAndThenALoss() {
        connect();
        nowNs = 5 * SECOND_NS;
        assertThat(low.tick(nowNs - 1)).isEqualTo(LinkAction.NONE);
        assertThat(low.tick(nowNs)).isEqualTo(LinkAction.BREAK);
        low.broken(nowNs);
        assertThat(low.nextDeadlineNs()).isEqualTo(10 * SECOND_NS);
        assertThat(low.tick(10 * SECOND_NS)).isEqualTo(LinkAction.LOST);
        assertThat(low.state()).isEqualTo(LinkSession.State.LOST);
    }

    @Test
    void keepAlivesKeepAnIdleLinkUp() {
        connect();
        while (nowNs < 60 * SECOND_NS) {
            nowNs = Math.min(low.nextDeadlineNs(), high.nextDeadlineNs());
            for (LinkSession session : List.of(low, high)) {
                assertThat(session.tick(nowNs)).isEqualTo(LinkAction.NONE);
                LinkSession other = session == low ? high : low;
                while (session.nextToWrite() != null) {
                    assertThat(other.onFrame(take(session), nowNs)).isEqualTo(Receipt.CONTROL);
                }
            }
        }
        assertThat(low.state()).isEqualTo(LinkSession.State.UP);
    }

    @Test
    void breaksInARowWithoutProgressAreOneBreak() {
        connect();
        low.broken(nowNs);
        high.broken(nowNs);
        for (int i = 0; i < 9; i++) {
            nowNs += SECOND_NS / 2;
            connect();
            low.broken(nowNs);
            high.broken(nowNs);
        }
        nowNs = 5 * SECOND_NS;
        assertThat(low.tick(nowNs)).isEqualTo(LinkAction.LOST);
    }

    @Test
    void aLinkThatCameUpLateAndBreaksAtOnceHasTheWholeTimeToResume() {
        nowNs = 20 * SECOND_NS;
        connect();
        low.broken(nowNs);
        high.broken(nowNs);
        nowNs = 25 * SECOND_NS - 1;
        assertThat(low.tick(nowNs)).isEqualTo(LinkAction.NONE);
        connect();
    }

    @Test
    void afterByeAndItsAcknowledgementNobodyMissesTheLink() {
        connect();
        low.send(frame(1), FrameKind.SYNC, 0);
        low.finish();
        assertThat(low.isFinished()).isFalse();
        deliver(low, high);
        deliver(low, high);
        assertThat(low.onFrame(take(high), 0)).isEqualTo(Receipt.CONTROL);
        assertThat(low.isFinished()).isTrue();
        high.broken(0);
        assertThat(high.state()).isEqualTo(LinkSession.State.CLOSED);
        assertThat(high.tick(60 * SECOND_NS)).isEqualTo(LinkAction.NONE);
    }

    @Test
    void whateverIsCutFramesArriveOnceAndInOrder() {
        for (long seed = 0; seed < 300; seed++) {
            assertThat(new RandomLink(seed).run()).as("seed %d", seed).isEqualTo(new RandomLink(seed).expected());
        }
    }

    private void connect() {
        nowNs = Math.max(nowNs, high.nextDeadlineNs() < nowNs + SECOND_NS ? high.nextDeadlineNs() : nowNs);
        assertThat(high.tick(nowNs)).isEqualTo(LinkAction.DIAL);
        high.connected(nowNs);
        assertThat(low.accepted(take(high), nowNs)).isEqualTo(Receipt.CONTROL);
        assertThat(high.onFrame(take(low), nowNs)).isEqualTo(Receipt.CONTROL);
    }

    private ByteBuffer deliver(LinkSession from, LinkSession to) {
        ByteBuffer frame = take(from);
        assertThat(to.onFrame(frame, nowNs)).isEqualTo(Receipt.DELIVER);
        return frame;
    }

    /** Writes the next frame of a session to the wire; the copy that arrives. */
    static ByteBuffer take(LinkSession from) {
        ByteBuffer frame = from.nextToWrite();
        ByteBuffer copy =
                ByteBuffer.allocate(frame.limit()).order(frame.order()).put(frame);
        return copy.flip();
    }

    static ByteBuffer frame(int value) {
        return Frame.allocate(4).putInt(value);
    }

    static int value(ByteBuffer frame) {
        return frame.getInt(Frame.HEADER_BYTES);
    }

    /** Two sessions over a wire that is cut now and then, losing what is on the way. */
    private static final class RandomLink {
        private static final int FRAMES = 60;

        private final SplittableRandom random;
        private final LinkSession[] ends = new LinkSession[2];
        private final List<ArrayDeque<ByteBuffer>> wires = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        private final List<List<Integer>> got = List.of(new ArrayList<>(), new ArrayList<>());
        private final int[] sent = new int[2];
        private boolean safe;
        private boolean greeted;
        private long nowNs;

        RandomLink(long seed) {
            random = new SplittableRandom(seed);
            ends[0] = new LinkSession(LOW, HIGH, LinkTimes.DEFAULT, frame -> {}, 0);
            ends[1] = new LinkSession(HIGH, LOW, LinkTimes.DEFAULT, frame -> {}, 0);
        }

        List<List<Integer>> expected() {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < FRAMES; i++) {
                all.add(i);
            }
            return List.of(all, all);
        }

        List<List<Integer>> run() {
            for (int turn = 0;
                    turn < 20_000 && (got.get(0).size() < FRAMES || got.get(1).size() < FRAMES);
                    turn++) {
                nowNs += random.nextInt(2_000_000);
                int end = random.nextInt(2);
                switch (random.nextInt(60)) {
                    case 0 -> cut();
                    case 1, 2, 3, 4, 5, 6 -> send(end);
                    default -> step(end);
                }
            }
            return got;
        }

        private void send(int end) {
            if (sent[end] < FRAMES) {
                ends[end].send(frame(sent[end]++), FrameKind.DATA, 0);
            }
        }

        private void cut() {
            wires.forEach(ArrayDeque::clear);
            greeted = false;
            safe = random.nextBoolean();
            ends[0].broken(nowNs);
            ends[1].broken(nowNs);
        }

        private void step(int end) {
            ByteBuffer frame = wires.get(end).poll();
            if (frame != null) {
                receive(end, frame);
            }
            switch (ends[end].tick(nowNs)) {
                case DIAL -> {
                    ends[end].carriedBy(safe);
                    ends[end].connected(nowNs);
                }
                case BREAK -> cut();
                case LOST -> throw new IllegalStateException(ends[end].detail());
                case NONE -> {}
            }
            if (ends[end].nextToWrite() != null) {
                wires.get(1 - end).add(take(ends[end]));
            }
        }

        private void receive(int end, ByteBuffer frame) {
            if (end == 0 && !greeted) {
                greeted = true;
                assertThat(ends[0].accepted(frame, nowNs)).isEqualTo(Receipt.CONTROL);
                ends[0].carriedBy(safe);
                return;
            }
            Receipt receipt = ends[end].onFrame(frame, nowNs);
            if (receipt == Receipt.DELIVER) {
                got.get(end).add(value(frame));
            } else {
                assertThat(receipt).isEqualTo(Receipt.CONTROL);
            }
        }
    }
}
