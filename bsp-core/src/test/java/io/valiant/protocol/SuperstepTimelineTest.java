package io.valiant.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.SuperstepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SuperstepTimelineTest {
    private final List<SuperstepStatus> completed = new ArrayList<>();
    private final List<SuperstepTotals> counted = new ArrayList<>();

    private static SuperstepShare share(long superstep, long computeNs, long barrierNs, long active) {
        return share(superstep, computeNs, barrierNs, active, superstep + 1, false);
    }

    private static SuperstepShare share(
            long superstep, long computeNs, long barrierNs, long active, long ended, boolean isLast) {
        return new SuperstepShare(
                superstep,
                1_000_000 * superstep,
                computeNs,
                barrierNs,
                10,
                100,
                SuperstepShare.UNKNOWN,
                1,
                active,
                new SuperstepTotals(ended, 10 * ended, 100 * ended, ended),
                isLast);
    }

    private void add(SuperstepTimeline timeline, long generation, int task, SuperstepShare... shares) {
        timeline.add(generation, task, List.of(shares), (step, totals) -> {
            completed.add(step);
            counted.add(totals);
        });
    }

    @Test
    void aSuperstepIsShownOnceAllTasksHaveToldOfIt() {
        SuperstepTimeline timeline = new SuperstepTimeline(2);
        add(timeline, 1, 0, share(3, 2_000_000, 500_000, 7));
        assertThat(timeline.last(10)).isEmpty();
        assertThat(completed).isEmpty();
        add(timeline, 1, 1, share(3, 2_400_000, 100_000, 5));
        SuperstepStatus step = timeline.last(10).get(0);
        assertThat(step)
                .isEqualTo(
                        new SuperstepStatus(3, 1, Instant.ofEpochSecond(3), 2.4, 0.1, 20, 200, null, 2, 12L, 1, 1.091));
        assertThat(completed).containsExactly(step);
    }

    @Test
    void whatIsToldTwiceCountsOnce() {
        SuperstepTimeline timeline = new SuperstepTimeline(2);
        add(timeline, 1, 0, share(1, 1, 1, 1));
        add(timeline, 1, 0, share(1, 1, 1, 1));
        assertThat(timeline.last(10)).isEmpty();
        add(timeline, 1, 1, share(1, 1, 1, 1));
        add(timeline, 1, 1, share(1, 1, 1, 1));
        assertThat(timeline.last(10))
                .singleElement()
                .extracting(SuperstepStatus::messages)
                .isEqualTo(20L);
        assertThat(completed).hasSize(1);
    }

    @Test
    void generationsFollowEachOther() {
        SuperstepTimeline timeline = new SuperstepTimeline(1);
        add(timeline, 1, 0, share(0, 1, 1, 1), share(1, 1, 1, 1));
        add(timeline, 2, 0, share(1, 1, 1, 1));
        assertThat(timeline.last(10)).extracting(SuperstepStatus::generation).containsExactly(1L, 1L, 2L);
        assertThat(timeline.last(1)).extracting(SuperstepStatus::generation).containsExactly(2L);
    }

    @Test
    void manySuperstepsAreThinnedEvenlyAndTheNewestStay() {
        SuperstepTimeline timeline = new SuperstepTimeline(1);
        for (int step = 0; step <= 100_000; step++) {
            add(timeline, 1, 0, share(step, 1, 1, 1));
        }
        List<SuperstepStatus> kept = timeline.last(1_000_000);
        assertThat(kept).hasSizeBetween(SuperstepTimeline.MOST / 2, SuperstepTimeline.MOST);
        long stride = kept.get(1).superstep() - kept.get(0).superstep();
        int spread = kept.size() - SuperstepTimeline.NEWEST;
        for (int i = 1; i < spread; i++) {
            assertThat(kept.get(i).superstep() - kept.get(i - 1).superstep()).isEqualTo(stride);
        }
        List<Long> newest = LongStream.rangeClosed(100_001 - SuperstepTimeline.NEWEST, 100_000)
                .boxed()
                .toList();
        assertThat(kept.subList(spread, kept.size()))
                .extracting(SuperstepStatus::superstep)
                .isEqualTo(newest);
    }

    @Test
    void theNewestAreShownAndCountedAtOnceHoweverLongTheJobHasRun() {
        SuperstepTimeline timeline = new SuperstepTimeline(2);
        for (int step = 0; step <= 100_000; step++) {
            add(timeline, 1, 0, share(step, 1, 1, 1));
            add(timeline, 1, 1, share(step, 1, 1, 1));
        }
        counted.clear();
        add(timeline, 1, 0, share(100_001, 1, 1, 1));
        add(timeline, 1, 1, share(100_001, 1, 1, 1));
        assertThat(counted).containsExactly(new SuperstepTotals(1, 20, 200, 2));
        assertThat(timeline.last(3))
                .extracting(SuperstepStatus::superstep)
                .containsExactly(99_999L, 100_000L, 100_001L);
    }

    @Test
    void tasksThatTellOfManyInTurnsTellOfTheSame() {
        SuperstepTimeline timeline = new SuperstepTimeline(2);
        int half = SuperstepShare.MOST / 2;
        add(timeline, 1, 0, shares(0, half));
        // each is always half of its words behind the other
        for (int told = half; told < 10_000; told += 2 * half) {
            add(timeline, 1, 1, shares(told - half, told + half));
            add(timeline, 1, 0, shares(told, told + 2 * half));
        }
        assertThat(completed).hasSizeGreaterThan(9_900).doesNotHaveDuplicates();
        assertThat(counted.stream().mapToLong(SuperstepTotals::supersteps)).containsOnly(1L);
    }

    @Test
    void wordsOfLongAgoPushNothingNewAside() {
        SuperstepTimeline timeline = new SuperstepTimeline(1);
        add(timeline, 1, 0, shares(100_000, 100_001 + SuperstepTimeline.NEWEST));
        add(timeline, 1, 0, shares(0, 100));
        assertThat(timeline.last(SuperstepTimeline.NEWEST))
                .extracting(SuperstepStatus::superstep)
                .startsWith(100_001L)
                .isSorted();
    }

    private static SuperstepShare[] shares(int first, int end) {
        return IntStream.range(first, end)
                .mapToObj(step -> share(step, 1, 1, 1))
                .toArray(SuperstepShare[]::new);
    }

    @Test
    void manyGenerationsOfTheSameSuperstepAreBoundedToo() {
        SuperstepTimeline timeline = new SuperstepTimeline(1);
        for (int generation = 1; generation <= 10_000; generation++) {
            add(timeline, generation, 0, share(0, 1, 1, 1));
        }
        List<SuperstepStatus> kept = timeline.last(1_000_000);
        assertThat(kept).hasSizeLessThanOrEqualTo(SuperstepTimeline.MOST);
        assertThat(kept.get(kept.size() - 1).generation()).isEqualTo(10_000);
    }

    @Test
    void ofAJobThatHasEndedLessIsKept() {
        SuperstepTimeline timeline = new SuperstepTimeline(1);
        for (int step = 0; step < 200; step++) {
            add(timeline, 1, 0, share(step, 1, 1, 1));
        }
        timeline.seal();
        List<SuperstepStatus> kept = timeline.last(1000);
        assertThat(kept).hasSizeBetween(SuperstepTimeline.MOST_SEALED / 2, SuperstepTimeline.MOST_SEALED);
        assertThat(kept.get(kept.size() - 1).superstep()).isEqualTo(199);
        add(timeline, 1, 0, share(300, 1, 1, 1));
        assertThat(timeline.last(1000)).isEqualTo(kept);
    }

    @Test
    void whoAsksForFewerThanNoneGetsNone() {
        SuperstepTimeline timeline = new SuperstepTimeline(1);
        add(timeline, 1, 0, shares(0, 3));
        assertThat(timeline.last(-1)).isEmpty();
        timeline.seal();
        assertThat(timeline.last(Integer.MIN_VALUE)).isEmpty();
        assertThat(timeline.last(0)).isEmpty();
        assertThat(timeline.last(2)).hasSize(2);
        timeline.drop();
        add(timeline, 1, 0, shares(3, 4));
        assertThat(timeline.last(2)).isEmpty();
    }

    @Test
    void superstepsThatAreNotToldOfAreCounted() {
        SuperstepTimeline timeline = new SuperstepTimeline(2);
        for (int task = 0; task < 2; task++) {
            add(timeline, 1, task, share(0, 1, 1, 1), share(64, 1, 1, 1), share(100, 1, 1, 1, 101, true));
        }
        assertThat(counted)
                .containsExactly(
                        new SuperstepTotals(1, 20, 200, 2),
                        new SuperstepTotals(64, 1280, 12_800, 128),
                        new SuperstepTotals(36, 720, 7200, 72));
    }

    @Test
    void aNewGenerationCountsFromItsOwnBeginning() {
        SuperstepTimeline timeline = new SuperstepTimeline(1);
        add(timeline, 1, 0, share(9, 1, 1, 1, 10, false));
        add(timeline, 2, 0, share(7, 1, 1, 1, 3, false));
        assertThat(counted).extracting(SuperstepTotals::supersteps).containsExactly(10L, 3L);
    }

    @Test
    void whatWasCountedBeforeTheJobWasLoadedIsNotCountedAgain() {
        SuperstepTimeline timeline = new SuperstepTimeline(2);
        timeline.loaded(3);
        for (int task = 0; task < 2; task++) {
            add(timeline, 3, task, share(1000, 1, 1, 1), share(1001, 1, 1, 1), share(1003, 1, 1, 1));
        }
        assertThat(completed).extracting(SuperstepStatus::superstep).containsExactly(1001L, 1003L);
        assertThat(counted).containsExactly(new SuperstepTotals(1, 20, 200, 2), new SuperstepTotals(2, 40, 400, 4));
        assertThat(timeline.last(10)).extracting(SuperstepStatus::superstep).containsExactly(1000L, 1001L, 1003L);
        for (int task = 0; task < 2; task++) {
            add(timeline, 4, task, share(1000, 1, 1, 1, 5, false));
        }
        assertThat(counted).last().extracting(SuperstepTotals::supersteps).isEqualTo(5L);
    }

    @Test
    void theLastSuperstepStaysAndCountsOnceHoweverManyThereWere() {
        SuperstepTimeline timeline = new SuperstepTimeline(1);
        for (int step = 0; step <= 100_001; step++) {
            add(timeline, 1, 0, share(step, 1, 1, 1));
        }
        add(timeline, 1, 0, share(100_001, 1, 1, 1, 100_002, true));
        add(timeline, 1, 0, share(100_001, 1, 1, 1, 100_002, true));
        assertThat(timeline.last(1))
                .singleElement()
                .extracting(SuperstepStatus::superstep)
                .isEqualTo(100_001L);
        assertThat(counted.stream().mapToLong(SuperstepTotals::supersteps).sum())
                .isEqualTo(100_002);
        assertThat(completed).extracting(SuperstepStatus::superstep).doesNotHaveDuplicates();
    }
}
