package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.time.FakeTime;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RetryingSinkTest {
    private static final long WINDOW_NS = 60_000_000_000L;
    private static final int MOST_HELD = 64;
    private static final int[] WRITES = {1, 30, 33, 200, 5};
    private static final byte[] ALL = new byte[269];

    static {
        new SplittableRandom(7).nextBytes(ALL);
    }

    private final FakeTime time = new FakeTime();

    private RetryingSink create(PlannedStore store) throws Exception {
        Retry retry = new Retry(WINDOW_NS, time, time);
        FileStore.Sink begun = retry.call(() -> store.create("a"));
        return new RetryingSink(store, retry, "a", new FileStore.Resumed(begun, 0), MOST_HELD);
    }

    /** A whole file, as a part is written. */
    private void write(PlannedStore store) throws Exception {
        try (RetryingSink sink = create(store)) {
            int at = 0;
            for (int count : WRITES) {
                sink.write(ALL, at, count);
                at += count;
            }
            sink.force();
        }
    }

    private static int callsWithoutFaults() throws Exception {
        PlannedStore store = new PlannedStore(PlannedStore.Kind.SILENT, new TreeMap<>());
        new RetryingSinkTest().write(store);
        assertThat(store.bytes()).isEqualTo(ALL);
        return store.calls();
    }

    private void isRight(PlannedStore.Kind kind, SortedMap<Integer, PlannedStore.Fault> plan) throws Exception {
        PlannedStore store = new PlannedStore(kind, plan);
        write(store);
        assertThat(store.bytes()).as("%s %s", kind, plan).isEqualTo(ALL);
        assertThat(store.isDone()).as("%s %s is forced and closed", kind, plan).isTrue();
    }

    @Test
    void whateverTwoCallsFailTheBytesAreThoseThatWereWritten() throws Exception {
        int most = callsWithoutFaults() + 4;
        for (PlannedStore.Kind kind : new PlannedStore.Kind[] {PlannedStore.Kind.SILENT, PlannedStore.Kind.HALF_KEPT}) {
            for (int first = 0; first < most; first++) {
                for (PlannedStore.Fault fault : PlannedStore.Fault.values()) {
                    isRight(kind, new TreeMap<>(Map.of(first, fault)));
                    for (int second = first + 1; second < most; second++) {
                        for (PlannedStore.Fault again : PlannedStore.Fault.values()) {
                            isRight(kind, new TreeMap<>(Map.of(first, fault, second, again)));
                        }
                    }
                }
            }
        }
    }

    @Test
    void callsThatFailInARowArePausedBetweenLongerAndLonger() throws Exception {
        SortedMap<Integer, PlannedStore.Fault> plan = new TreeMap<>();
        for (int call = 1; call < 12; call++) {
            plan.put(call, PlannedStore.Fault.HALF_DONE);
        }
        isRight(PlannedStore.Kind.SILENT, plan);
        assertThat(time.pauses()).startsWith(50_000_000L, 100_000_000L, 200_000_000L, 400_000_000L);
    }

    @Test
    void afterTheWindowItIsAFailure() throws Exception {
        RetryingSink sink = create(new PlannedStore(PlannedStore.Kind.SILENT, all()));
        assertThatThrownBy(() -> sink.write(ALL, 0, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("planned");
        assertThat(time.nanoTime()).isEqualTo(FakeTime.BEGIN_NS + WINDOW_NS);
    }

    /** All calls but the first fail. */
    private static SortedMap<Integer, PlannedStore.Fault> all() {
        SortedMap<Integer, PlannedStore.Fault> plan = new TreeMap<>();
        for (int call = 1; call < 1000; call++) {
            plan.put(call, PlannedStore.Fault.NOTHING_DONE);
        }
        return plan;
    }

    @Test
    void anInterruptEndsTheTrying() throws Exception {
        RetryingSink sink = create(new PlannedStore(PlannedStore.Kind.SILENT, all()));
        time.interrupt();
        assertThatThrownBy(() -> sink.write(ALL, 0, 10)).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void whatIsGivenUpIsNotTriedAgain() throws Exception {
        PlannedStore store =
                new PlannedStore(PlannedStore.Kind.SILENT, new TreeMap<>(Map.of(2, PlannedStore.Fault.NOTHING_DONE)));
        RetryingSink sink = create(store);
        sink.write(ALL, 0, 10);
        assertThatThrownBy(sink::close).isInstanceOf(IOException.class);
        assertThat(time.pauses()).isEmpty();
        assertThat(store.calls()).isEqualTo(3);
    }

    @Test
    void aFileThatCannotBeGoneOnWithFailsAtOnceAndTellsBothReasons() throws Exception {
        int call = 5;
        PlannedStore store = new PlannedStore(
                PlannedStore.Kind.NOT_RESUMED, new TreeMap<>(Map.of(call, PlannedStore.Fault.NOTHING_DONE)));
        assertThatThrownBy(() -> write(store))
                .isInstanceOf(IOException.class)
                .hasMessage("not written on")
                .cause()
                .hasSuppressedException(new IOException("planned at call " + call));
        assertThat(time.pauses()).hasSize(1);
    }

    @Test
    void aFileOfWhichNothingWasForcedIsMadeAnewWhereNothingIsWrittenOn() throws Exception {
        isRight(
                PlannedStore.Kind.NOT_RESUMED,
                new TreeMap<>(Map.of(1, PlannedStore.Fault.ALL_DONE, 2, PlannedStore.Fault.HALF_DONE)));
    }
}
