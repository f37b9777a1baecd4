package io.valiant.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {
    private static final int ROUNDS = 20_000;

    @Test
    void everyPieceIsDoneOnceAndSeenByTheCaller() {
        for (int threads : new int[] {1, 2, 5}) {
            try (Crew crew = new Crew(threads, "test")) {
                int[] done = new int[64];
                for (int round = 0; round < ROUNDS; round++) {
                    int count = round % 65;
                    // without any lock: whoever did it hands it back
                    crew.run(count, (member, piece) -> done[piece]++);
                    if (round % 65 == 64) {
                        assertThat(Arrays.stream(done).sum()).isEqualTo(64 * 65 / 2 * (round / 65 + 1));
                    }
                }
            }
        }
    }

    @Test
    void piecesFallToAllMembersAndTheirCallerWaitsForThem() throws Exception {
        try (Crew crew = new Crew(3, "test")) {
            assertThat(crew.size()).isEqualTo(3);
            Set<Integer> members = ConcurrentHashMap.newKeySet();
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            AtomicIntegerArray arrived = new AtomicIntegerArray(1);
            crew.run(3, (member, piece) -> {
                members.add(member);
                threads.add(Thread.currentThread());
                arrived.incrementAndGet(0);
                // nobody takes a second piece before each has one
                while (arrived.get(0) < 3) {
                    Thread.onSpinWait();
                }
            });
            assertThat(members).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(threads).contains(Thread.currentThread());
        }
    }

    @Test
    void theFirstPieceThatFailsIsToldAndTheCrewGoesOn() {
        for (int threads : new int[] {1, 4}) {
            try (Crew crew = new Crew(threads, "test")) {
                for (int round = 0; round < 1000; round++) {
                    assertThatThrownBy(() -> crew.run(100, (member, piece) -> {
                                if (piece >= 37) {
                                    throw new IllegalStateException("piece " + piece);
                                }
                            }))
                            .hasMessage("piece 37");
                }
                int[] done = new int[10];
                crew.run(10, (member, piece) -> done[piece] = 1);
                assertThat(done).containsOnly(1);
            }
        }
    }

    @Test
    void nothingThatIsThrownIsLost() {
        for (int threads : new int[] {1, 2}) {
            try (Crew crew = new Crew(threads, "test")) {
                assertThatThrownBy(() -> crew.run(10, (member, piece) -> sneak(new IOException("checked"))))
                        .hasMessage("checked");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void whoWaitsInAPieceIsInterruptedToo() throws Exception {
        try (Crew crew = new Crew(2, "test")) {
            Thread caller = Thread.currentThread();
            for (int round = 0; round < 20; round++) {
                CountDownLatch never = new CountDownLatch(1);
                AtomicIntegerArray interrupted = new AtomicIntegerArray(1);
                AtomicIntegerArray begun = new AtomicIntegerArray(1);
                crew.run(2, (member, piece) -> {
                    begun.incrementAndGet(0);
                    if (member == 0) {
                        while (begun.get(0) < 2) {
                            Thread.onSpinWait();
                        }
                        caller.interrupt();
                        return;
                    }
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet(0);
                    }
                });
                assertThat(Thread.interrupted()).isTrue();
                assertThat(interrupted.get(0)).isEqualTo(1);
            }
        }
    }

    @Test
    void aThreadThatIsInterruptedWaitsAndStaysInterrupted() {
        try (Crew crew = new Crew(2, "test")) {
            int[] done = new int[1000];
            Thread.currentThread().interrupt();
            crew.run(1000, (member, piece) -> done[piece] = 1);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(done).containsOnly(1);
        }
    }

    @Test
    void itsThreadsEndWithIt() {
        Thread[] threads = new Thread[1];
        try (Crew crew = new Crew(2, "test")) {
            while (threads[0] == null) {
                crew.run(100, (member, piece) -> {
                    if (member == 1) {
                        threads[0] = Thread.currentThread();
                    }
                });
            }
            assertThat(threads[0].isAlive()).isTrue();
        }
        assertThat(threads[0].isAlive()).isFalse();
    }
}
