package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.io.PlannedStore.Fault;
import io.valiant.time.FakeTime;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RetryingStoreTest {
    private static final long WINDOW_NS = 60_000_000_000L;

    private final FakeTime time = new FakeTime();
    private final ShakyStore shaky = new ShakyStore();
    private final RetryingStore store = new RetryingStore(shaky, new Retry(WINDOW_NS, time, time));

    /** Fails so many calls; its one file has bytes that count up, and its streams break after some. */
    private static final class ShakyStore implements FileStore {
        private int failures;
        private boolean refuses;
        private int breaksAfter = Integer.MAX_VALUE;
        private int calls;
        private boolean renamed;
        private boolean losesAnswers;

        private void call() throws BspException {
            calls++;
            if (refuses) {
                throw BspException.user("permission denied");
            }
            if (failures > 0) {
                failures--;
                throw new StorageException("away", new IOException("no route"));
            }
        }

        @Override
        public Entry find(String uri) throws BspException {
            call();
            return uri.equals("to") == renamed ? new Entry(uri, uri, 100, false) : null;
        }

        @Override
        public List<Entry> list(String folder) throws BspException {
            call();
            return List.of();
        }

        @Override
        public List<Entry> peek(String folder, int most) throws BspException {
            call();
            return List.of(new Entry(folder, folder, most, false));
        }

        @Override
        public InputStream open(String uri, long offset) throws BspException {
            call();
            return new InputStream() {
                private int at = (int) offset;
                private int left = breaksAfter;

                @Override
                public int read() throws IOException {
                    if (left-- == 0) {
                        throw new IOException("broken off");
                    }
                    return at == 100 ? -1 : at++;
                }

                @Override
                public int read(byte[] into, int from, int count) throws IOException {
                    if (count == 0) {
                        return 0;
                    }
                    int one = read();
                    if (one < 0) {
                        return -1;
                    }
                    into[from] = (byte) one;
                    return 1;
                }
            };
        }

        @Override
        public Sink create(String uri) throws BspException {
            call();
            return null;
        }

        @Override
        public Resumed resume(String uri, long forced) throws BspException {
            call();
            return new Resumed(null, forced);
        }

        @Override
        public void createPrivateFolder(String folder) throws BspException {
            call();
        }

        @Override
        public void rename(String from, String to) throws BspException {
            call();
            if (renamed) {
                throw BspException.user("cannot rename %s: it does not exist", from);
            }
            renamed = true;
            if (losesAnswers) {
                throw new StorageException("no answer", new IOException("cut"));
            }
        }

        @Override
        public void delete(String uri) throws BspException {
            call();
        }

        @Override
        public void deleteIfEmpty(String folder) throws BspException {
            call();
        }

        @Override
        public void force(String folder) throws BspException {
            call();
        }
    }

    @Test
    void whatFailsForTheMomentIsTriedAgainAfterGrowingPauses() throws Exception {
        shaky.failures = 9;
        assertThat(store.find("from").length()).isEqualTo(100);
        assertThat(time.pauses())
                .containsExactly(
                        50_000_000L,
                        100_000_000L,
                        200_000_000L,
                        400_000_000L,
                        800_000_000L,
                        1_600_000_000L,
                        3_200_000_000L,
                        5_000_000_000L,
                        5_000_000_000L);
    }

    @Test
    void aPeekIsTriedAgainToo() throws Exception {
        shaky.failures = 1;
        assertThat(store.peek("a", 7)).containsExactly(new FileStore.Entry("a", "a", 7, false));
        assertThat(shaky.calls).isEqualTo(2);
    }

    @Test
    void afterTheWindowItIsAFailure() {
        shaky.failures = Integer.MAX_VALUE;
        assertThatThrownBy(() -> store.delete("a")).isInstanceOf(StorageException.class);
        assertThat(time.nanoTime()).isEqualTo(FakeTime.BEGIN_NS + WINDOW_NS);
    }

    @Test
    void whatTheUserCanCorrectIsToldAtOnce() {
        shaky.refuses = true;
        assertThatThrownBy(() -> store.create("a")).hasMessage("permission denied");
        assertThat(shaky.calls).isEqualTo(1);
    }

    @Test
    void anInterruptEndsTheTrying() {
        shaky.failures = Integer.MAX_VALUE;
        time.interrupt();
        assertThatThrownBy(() -> store.force("a")).isInstanceOf(StorageException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(shaky.calls).isEqualTo(1);
    }

    @Test
    void readingGoesOnWhereItBrokeOff() throws Exception {
        shaky.breaksAfter = 7;
        try (InputStream in = store.open("a", 10)) {
            for (int value = 10; value < 100; value++) {
                assertThat(in.read()).isEqualTo(value);
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void writingGoesOnWhereItBrokeOff() throws Exception {
        PlannedStore planned = new PlannedStore(
                PlannedStore.Kind.SILENT,
                new TreeMap<>(Map.of(0, Fault.ALL_DONE, 2, Fault.HALF_DONE, 4, Fault.NOTHING_DONE)));
        byte[] bytes = {1, 2, 3, 4, 5};
        try (FileStore.Sink sink = new RetryingStore(planned, new Retry(WINDOW_NS, time, time)).create("a")) {
            sink.write(bytes, 0, 2);
            sink.write(bytes, 2, 3);
            sink.force();
        }
        assertThat(planned.bytes()).isEqualTo(bytes);
        assertThat(planned.isDone()).isTrue();
    }

    @Test
    void aRenameWhoseAnswerWasLostIsNotDoneTwice() throws Exception {
        shaky.losesAnswers = true;
        store.rename("from", "to");
        assertThat(shaky.renamed).isTrue();
    }
}
