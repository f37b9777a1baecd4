package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which messages go together. */
class MirrorRunTest {
    @Test
    void messagesOfOneLengthGoTogetherUntilTheyAreAsLongAsTheShortestLimit() {
        MirrorRun run = new MirrorRun();
        int count = 0;
        while (run.add(count, new byte[8], 8)) {
            count++;
        }
        assertThat(count * 12).isBetween(900, 1_000);
        assertThat(run.isEmpty()).isFalse();
    }

    @Test
    void anotherLengthBeginsAnother() {
        MirrorRun run = new MirrorRun();
        assertThat(run.add(0, new byte[8], 3)).isTrue();
        assertThat(run.add(1, new byte[8], 4)).isFalse();
        assertThat(run.add(1, new byte[8], 3)).isTrue();
    }

    @Test
    void messagesOfNothingGoTogether() {
        MirrorRun run = new MirrorRun();
        int count = 0;
        while (run.add(count, new byte[0], 0)) {
            count++;
        }
        assertThat(count).isEqualTo(250);
    }

    @Test
    void aLongMessageGoesByItself() {
        assertThat(new MirrorRun().add(0, new byte[2_000], 2_000)).isFalse();
    }
}
