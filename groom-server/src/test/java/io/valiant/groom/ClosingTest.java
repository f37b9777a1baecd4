package io.valiant.groom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClosingTest {
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @Test
    void oneThatCannotBeClosedDoesNotKeepTheOthersOpen() {
        Closing.closeAll(
                () -> closed.add("first"),
                null,
                () -> {
                    throw new IllegalStateException("stuck");
                },
                () -> closed.add("last"));
        assertThat(closed).containsExactly("first", "last");
    }

    @Test
    void oneThatHangsIsNotWaitedFor() {
        CountDownLatch answer = new CountDownLatch(1);
        assertThat(Closing.closeWithin(Duration.ofMillis(100), () -> closed.add("first"), answer::await))
                .isFalse();
        assertThat(closed).containsExactly("first");
        answer.countDown();
    }

    @Test
    void allAreClosedInTime() {
        assertThat(Closing.closeWithin(Duration.ofSeconds(30), () -> closed.add("only")))
                .isTrue();
        assertThat(closed).containsExactly("only");
    }
}
