package io.valiant.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.wire.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeAllReduceTest {
    private static final int STEPS = 12;

    /** Peers whose frames come in any order that links allow; each goes on as soon as its barrier may open. */
    @ParameterizedTest
    @CsvSource({"1,2", "2,1", "3,2", "7,1", "20,2", "64,8", "100,3", "200,8"})
    void allOpenWithTheSameWhateverComesFirst(int count, int fanOut) {
        for (int seed = 0; seed < (count > 50 ? 1 : 3); seed++) {
            new Peers(count, fanOut, seed).run();
        }
    }

    /** How much a peer sends to another in a superstep; mostly nothing. */
    private static int sent(int from, int to, long step) {
        return (from * 7 + to * 3 + (int) step) % 5 == 0 ? 1 + to : 0;
    }

    private static final class Peers {
        private final int count;
        private final SplittableRandom random;
        private final List<AllReduce> barriers = new ArrayList<>();
        private final boolean[] arrived;
        private final List<ArrayDeque<Said>> links = new ArrayList<>();
        private int framesPassed;
        private int running;

        private record Said(boolean counts, long superstep, ByteBuffer frame) {}

        Peers(int count, int fanOut, int seed) {
            this.count = count;
            this.random = new SplittableRandom(seed);
            this.arrived = new boolean[count];
            this.running = count;
            for (int i = 0; i < count; i++) {
                barriers.add(AllReduce.alongTree(i, count, 0, fanOut));
            }
            for (int i = 0; i < count * count; i++) {
                links.add(new ArrayDeque<>());
            }
        }

        void run() {
            while (running > 0) {
                turn(random.nextInt(count));
            }
            if (count < 200) {
                assertThat(framesPassed)
                        .as("twice over each connection of the tree")
                        .isEqualTo(STEPS * 2 * (count - 1));
            }
        }

        private void turn(int peer) {
            AllReduce barrier = barriers.get(peer);
            if (barrier.superstep() == STEPS) {
                return;
            }
            for (int tries = random.nextInt(8); tries > 0; tries--) {
                deliver(random.nextInt(count), peer);
            }
            if (random.nextInt(3) == 0) {
                deliverAll(peer);
            }
            if (!arrived[peer] && random.nextInt(4) == 0) {
                arrive(peer, barrier);
            }
            if (arrived[peer] && barrier.isComplete()) {
                open(peer, barrier);
            }
        }

        private void deliverAll(int peer) {
            for (int from = 0; from < count; from++) {
                deliver(from, peer);
            }
        }

        private void arrive(int peer, AllReduce barrier) {
            long step = barrier.superstep();
            for (int to = 0; to < count; to++) {
                int messages = sent(peer, to, step);
                if (messages > 0 && to != peer) {
                    ByteBuffer frame = Frame.allocate(Counts.BYTES);
                    Counts.write(frame, 1, 8L * messages, messages);
                    link(peer, to).add(new Said(true, step, frame.flip()));
                    barrier.sentTo(to);
                }
            }
            ByteBuffer own = Frame.allocate(100);
            int self = sent(peer, peer, step);
            ByteBuffer value = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            value.putInt(0, peer).putInt(4, (int) step).limit(4 + peer % 5);
            Arrival.write(own, self > 0 ? 1 : 0, 8L * self, self, 1, peer % 2 == 0 ? Arrival.VOTES_END : 0, value);
            barrier.arrive(peer, step, own.flip());
            arrived[peer] = true;
            barrier.passOn(passing(peer));
        }

        private void deliver(int from, int to) {
            Said said = link(from, to).poll();
            AllReduce barrier = barriers.get(to);
            if (said != null) {
                if (said.counts()) {
                    barrier.count(from, said.superstep(), said.frame());
                } else {
                    barrier.gather(from, said.superstep(), said.frame());
                }
                barrier.passOn(passing(to));
            }
        }

        private void open(int peer, AllReduce barrier) {
            long step = barrier.superstep();
            for (int from = 0; from < count; from++) {
                int messages = sent(from, peer, step);
                assertThat(barrier.mismatch(from, messages > 0 ? 1 : 0, 8L * messages))
                        .isNull();
            }
            barrier.open();
            arrived[peer] = false;
            assertThat(barrier.last().endVotes()).isEqualTo((count + 1) / 2);
            assertThat(barrier.last().allMessages()).isEqualTo(count);
            for (int from = 0; from < count; from++) {
                assertThat(barrier.last().messages(from)).isEqualTo(sent(from, peer, step));
                ByteBuffer value = barrier.last().contribution(from);
                assertThat(value.remaining()).isEqualTo(4 + from % 5);
                assertThat(value.getInt()).isEqualTo(from);
            }
            running -= barrier.superstep() == STEPS ? 1 : 0;
        }

        private ArrayDeque<Said> link(int from, int to) {
            return links.get(from * count + to);
        }

        private AllReduce.Passing passing(int peer) {
            return new AllReduce.Passing() {
                @Override
                public int frameBytes() {
                    return Integer.MAX_VALUE;
                }

                @Override
                public ByteBuffer frame(int payloadBytes) {
                    return Frame.allocate(payloadBytes);
                }

                @Override
                public void pass(int to, ByteBuffer frame, long superstep) {
                    assertThat(frame.hasRemaining()).isFalse();
                    framesPassed++;
                    link(peer, to).add(new Said(false, superstep, frame.flip()));
                }
            };
        }
    }

    @Test
    void whoTellsOfPeersThatAreNotOnItsSideIsNotTrusted() {
        AllReduce barrier = AllReduce.alongTree(0, 7, 0, 2);
        assertThatThrownBy(() -> barrier.gather(1, 0, entry(2, 0, 0)))
                .hasMessage("peer 1 tells of the arrival of peer 2, which is not on its side");
        assertThatThrownBy(() -> barrier.gather(1, 0, entry(0, 0, 0)))
                .hasMessage("peer 1 tells of the arrival of peer 0, which is not on its side");
        barrier.gather(1, 0, entry(3, 0, 0));
        assertThatThrownBy(() -> barrier.gather(1, 0, entry(3, 0, 0)))
                .hasMessage("peer 1 tells of the arrival of peer 3 twice");
        assertThatThrownBy(() -> barrier.gather(1, 1, entry(4, 0, 0)))
                .hasMessage("peer 1 arrived at the end of superstep 1 in superstep 0");
    }

    @Test
    void anEntryThatIsNotWholeIsRefused() {
        AllReduce barrier = AllReduce.alongTree(0, 7, 0, 2);
        for (ByteBuffer broken : List.of(
                entry(9, 0, 0),
                entry(-1, 0, 0),
                entry(1, 5, 0),
                entry(1, -1, 0),
                entry(1, 0, 64),
                entry(1, 1 << 20, 0))) {
            assertThatThrownBy(() -> barrier.gather(1, 0, broken)).hasMessageStartingWith("a barrier's entry of ");
        }
        assertThatThrownBy(() -> barrier.gather(1, 0, entry(1, 0, 0).limit(Frame.HEADER_BYTES + 7)))
                .hasMessage("a barrier's entry of 7 bytes");
    }

    @Test
    void countsComeOnceAndAreWhole() {
        AllReduce barrier = AllReduce.alongTree(0, 7, 0, 2);
        ByteBuffer frame = Frame.allocate(Counts.BYTES);
        Counts.write(frame, 1, 2, 3);
        frame.flip();
        barrier.count(6, 0, frame);
        assertThatThrownBy(() -> barrier.count(6, 0, frame)).hasMessage("peer 6 counts twice");
        assertThatThrownBy(() -> barrier.count(5, 0, frame.limit(60)))
                .hasMessage("peer 5 counts with a frame of 60 bytes");
        assertThatThrownBy(() -> new AllReduce(0, 7, 0).count(6, 0, frame))
                .hasMessage("peer 6 speaks of a tree among 7 peers");
    }

    @Test
    void countsThatContradictWhatWasSaidFailTheBarrier() {
        ByteBuffer counts = Frame.allocate(Counts.BYTES);
        Counts.write(counts, 1, 2, 3);
        counts.flip();
        AllReduce first = AllReduce.alongTree(0, 7, 0, 2);
        first.gather(1, 0, entry(3, 0, 0));
        assertThatThrownBy(() -> first.count(3, 0, counts))
                .hasMessage("peer 3 counts what it has sent to peer 0, and says that it was nothing");
        AllReduce second = AllReduce.alongTree(0, 7, 0, 2);
        second.count(3, 0, counts);
        assertThatThrownBy(() -> second.gather(1, 0, entry(3, 0, 0)))
                .hasMessage("peer 3 counts what it has sent to peer 0, and says that it was nothing");
        AllReduce third = AllReduce.alongTree(0, 7, 0, 2);
        third.gather(1, 0, entry(3, 0, 0, 1));
        third.count(3, 0, counts);
        third.gather(1, 0, entry(4, 0, 0, 1));
        ByteBuffer own = Frame.allocate(Arrival.FIXED_BYTES);
        Arrival.write(own, 0, 0, 0, 0, 0, ByteBuffer.allocate(0));
        third.arrive(0, 0, own.flip());
        third.count(3, 1, counts);
        assertThatThrownBy(() -> third.count(4, 1, counts))
                .hasMessage("peer 4 has not counted what it has sent to peer 0, and went on");
    }

    /** A GATHERED frame of seven peers with one entry. */
    private static ByteBuffer entry(int peer, int length, int flags) {
        return entry(peer, length, flags, 0);
    }

    private static ByteBuffer entry(int peer, int length, int flags, int receivers) {
        ByteBuffer frame = Frame.allocate(Gathered.bytes(7, 0));
        frame.putInt(peer).putInt(length).putLong(0).put((byte) flags).put((byte) receivers);
        return frame.flip();
    }
}
