package io.valiant.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.wire.Frame;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AllReduceTest {
    private final AllReduce barrier = new AllReduce(1, 3, 0);

    @Test
    void opensOnlyWhenAllHaveArrived() {
        barrier.arrive(1, 0, arrival(0, 0, 5, false, 10));
        barrier.arrive(0, 0, arrival(0, 0, 6, true, 20));
        assertThat(barrier.isComplete()).isFalse();
        assertThatThrownBy(barrier::open).isInstanceOf(IllegalStateException.class);
        barrier.arrive(2, 0, arrival(0, 0, 7, true, 30));
        barrier.open();
        assertThat(barrier.superstep()).isEqualTo(1);
        assertThat(barrier.last().endVotes()).isEqualTo(2);
        assertThat(barrier.last().allMessages()).isEqualTo(18);
        assertThat(barrier.last().contribution(0).getInt()).isEqualTo(20);
        assertThat(barrier.last().contribution(0).getInt()).isEqualTo(20);
        assertThat(barrier.last().contribution(2).getInt()).isEqualTo(30);
    }

    @Test
    void aPeerMayBeOneBarrierAheadWhileOthersAreMissing() {
        barrier.arrive(1, 0, arrival(0, 0, 0, false, 1));
        barrier.arrive(2, 0, arrival(0, 0, 0, false, 2));
        barrier.arrive(2, 1, arrival(0, 0, 0, false, 3));
        assertThat(barrier.isComplete()).isFalse();
        barrier.arrive(0, 0, arrival(0, 0, 0, false, 4));
        barrier.open();
        assertThat(barrier.last().contribution(2).getInt()).isEqualTo(2);
        barrier.arrive(1, 1, arrival(0, 0, 0, false, 5));
        assertThat(barrier.isComplete()).isFalse();
        barrier.arrive(0, 1, arrival(0, 0, 0, false, 6));
        assertThat(barrier.isComplete()).isTrue();
    }

    @Test
    void nothingIsAwaitedOfWhoHasArrivedUntilItOpens() {
        barrier.arrive(1, 0, arrival(0, 0, 0, false, 1));
        barrier.arrive(2, 0, arrival(0, 0, 0, false, 2));
        assertThat(barrier.awaits(0)).isTrue();
        assertThat(barrier.awaits(2)).isFalse();
        barrier.arrive(2, 1, arrival(0, 0, 0, false, 3));
        barrier.arrive(0, 0, arrival(0, 0, 0, false, 4));
        barrier.open();
        assertThat(barrier.awaits(0)).isTrue();
        assertThat(barrier.awaits(2)).as("a superstep ahead").isFalse();
        barrier.arrive(1, 1, arrival(0, 0, 0, false, 5));
        barrier.arrive(0, 1, arrival(0, 0, 0, false, 6));
        barrier.open();
        assertThat(barrier.awaits(0)).isTrue();
        assertThat(barrier.awaits(2)).isTrue();
    }

    @Test
    void alongATreeAnybodyMayHaveSomethingToSay() {
        AllReduce tree = AllReduce.alongTree(0, 3, 0, 2);
        tree.arrive(0, 0, arrival(0, 0, 0, false, 1));
        assertThat(tree.awaits(0)).isTrue();
        assertThat(tree.awaits(1)).isTrue();
    }

    @Test
    void nobodyIsAheadBeforeThisPeerHasArrived() {
        assertThatThrownBy(() -> barrier.arrive(2, 1, arrival(0, 0, 0, false, 0)))
                .hasMessage("peer 2 arrived at the end of superstep 1 in superstep 0");
        barrier.arrive(1, 0, arrival(0, 0, 0, false, 0));
        assertThatThrownBy(() -> barrier.arrive(2, 2, arrival(0, 0, 0, false, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobodyArrivesTwice() {
        barrier.arrive(2, 0, arrival(0, 0, 0, false, 0));
        assertThatThrownBy(() -> barrier.arrive(2, 0, arrival(0, 0, 0, false, 0)))
                .hasMessageContaining("twice");
    }

    @Test
    void whatWasSentMustHaveCome() {
        barrier.arrive(0, 0, arrival(3, 100, 0, false, 0));
        assertThat(barrier.mismatch(0, 3, 100)).isNull();
        assertThat(barrier.mismatch(0, 2, 100))
                .isEqualTo("peer 0 sent 3 frames with 100 bytes in superstep 0, 2 frames with 100 bytes came");
        assertThat(barrier.mismatch(0, 3, 99)).isNotNull();
    }

    private static ByteBuffer arrival(long frames, long bytes, long allMessages, boolean votesEnd, int contribution) {
        ByteBuffer frame = Frame.allocate(100);
        ByteBuffer value = ByteBuffer.allocate(4).order(frame.order()).putInt(0, contribution);
        Arrival.write(frame, frames, bytes, 0, allMessages, votesEnd ? Arrival.VOTES_END : 0, value);
        return frame.flip();
    }
}
