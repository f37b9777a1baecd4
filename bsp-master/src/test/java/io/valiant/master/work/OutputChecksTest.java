package io.valiant.master.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.config.BspConfiguration;
import io.valiant.local.JobSpecs;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.JobSpec;
import io.valiant.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutputChecksTest {
    private static final long CALL = 9;

    @TempDir
    private Path folder;

    private final LinkedBlockingQueue<MasterEvent> events = new LinkedBlockingQueue<>();
    private final HandClock clock = new HandClock();
    private OutputChecks checks;
    private Path output;

    private static final class HandClock implements Clock {
        private final AtomicLong nowNs = new AtomicLong(3);

        @Override
        public long nanoTime() {
            return nowNs.get();
        }

        @Override
        public Instant wallTime() {
            return Instant.EPOCH;
        }
    }

    @BeforeEach
    void open() throws Exception {
        HangingFileSystem.answers = new CountDownLatch(1);
        output = folder.resolve("out");
        checks = checks(TimeUnit.HOURS.toNanos(1));
    }

    private OutputChecks checks(long longestNs) throws Exception {
        TreeMap<String, String> keys = new TreeMap<>();
        keys.put("fs.hanging.impl", HangingFileSystem.class.getName());
        return new OutputChecks(BspConfiguration.of("test", keys), clock, events::add, longestNs);
    }

    @AfterEach
    void close() {
        HangingFileSystem.answers.countDown();
        checks.close();
    }

    private JobSpec spec(String where) throws Exception {
        BspJob job = BspJob.ofClassName("a.B").output(where);
        return JobSpecs.staged(job, BspConfiguration.defaults(), "bsp", "ann", List.of(), new TreeMap<>());
    }

    private void check(String where) throws Exception {
        checks.check(new MasterEffect.CheckOutput(CALL, spec(where)));
    }

    private MasterEvent.OutputChecked next() throws InterruptedException {
        MasterEvent.OutputChecked checked = (MasterEvent.OutputChecked) events.poll(20, TimeUnit.SECONDS);
        assertThat(checked).isNotNull();
        assertThat(checked.call()).isEqualTo(CALL);
        return checked;
    }

    @Test
    void aFolderThatIsNotThereIsFree() throws Exception {
        check(output.toString());
        assertThat(next().code()).isNull();
    }

    @Test
    void aResultThatIsThereIsToldAtOnce() throws Exception {
        Files.createDirectories(output);
        Files.writeString(output.resolve("part-00000"), "older");
        check(output.toString());
        MasterEvent.OutputChecked checked = next();
        assertThat(checked.code()).isEqualTo("OutputExists");
        assertThat(checked.message()).contains("out exists").doesNotContain("\n");
    }

    @Test
    void whatIsBeingClearedUpIsWaitedForAWhile() throws Exception {
        Path temporary = Files.createDirectories(output.resolve("_temporary/job_c_1"));
        check(output.toString());
        Files.delete(temporary);
        Files.delete(temporary.getParent());
        Files.delete(output);
        assertThat(next().code()).isNull();
    }

    @Test
    void aFolderThatStaysEmptyIsInTheWay() throws Exception {
        Files.createDirectories(output);
        check(output.toString());
        clock.nowNs.addAndGet(OutputChecks.SETTLING_NS);
        assertThat(next().code()).isEqualTo("OutputExists");
    }

    @Test
    void nobodyWaitsForLongerThanAWhile() throws Exception {
        Files.createDirectories(output);
        try (OutputChecks hasty = checks(1)) {
            // for a clock that stands still it is being cleared up for ever
            hasty.check(new MasterEffect.CheckOutput(CALL, spec(output.toString())));
            assertThat(next().code()).isNull();
        }
        assertThat(events).isEmpty();
    }

    @Test
    void localOutputsAreLookedAtWhileOtherStoresHang() throws Exception {
        Files.createDirectories(output);
        Files.writeString(output.resolve("part-00000"), "older");
        for (int host = 0; host < 4; host++) {
            check("hanging://host" + host + "/out");
            check("hanging://host" + host + "/other");
        }
        check(output.toString());
        assertThat(next().code()).isEqualTo("OutputExists");
        assertThat(events).isEmpty();
        HangingFileSystem.answers.countDown();
        for (int i = 0; i < 8; i++) {
            assertThat(next().code()).isNull();
        }
    }

    @Test
    void aStoreThatHangsDoesNotTakeTheOthersPlaces() throws Exception {
        int most = StoreTurns.MOST_OF_STORE;
        for (int i = 0; i < most + 8; i++) {
            check("hanging://host/" + i);
        }
        // one is being looked at
        for (int i = 0; i < 7; i++) {
            assertThat(next().code()).isNull();
        }
        assertThat(events).isEmpty();
        assertThat(checks.waiting()).isEqualTo(most);
        for (int i = 0; i < 2 * most; i++) {
            check("hanging://host" + i + "/out");
        }
        assertThat(checks.waiting()).isEqualTo(2 * most);
        while (events.poll() != null) {
            // those for which there was no room
        }
        check(Files.writeString(folder.resolve("file"), "").toString());
        assertThat(next().code()).as("there is room for a local one").isEqualTo("OutputExists");
    }

    @Test
    void whatIsAnsweredIsNotKept() throws Exception {
        try (OutputChecks hasty = checks(1)) {
            for (int i = 0; i < 10; i++) {
                hasty.check(new MasterEffect.CheckOutput(CALL, spec("hanging://host/" + i)));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(next().code()).isNull();
            }
            assertThat(hasty.waiting()).isZero();
        }
        assertThat(events).isEmpty();
    }

    @Test
    void aPlaceThatCannotBeIsTheSubmittersMistake() throws Exception {
        check("nosuch://host/out");
        clock.nowNs.addAndGet(OutputChecks.SETTLING_NS);
        MasterEvent.OutputChecked checked = next();
        assertThat(checked.code()).isEqualTo("BadRequest");
        assertThat(checked.message()).contains("nosuch");
    }

    @Test
    void aStoreThatIsAwayIsLeftToTheJob() throws Exception {
        // a link that leads in a circle: a failure that the store may recover from
        Path circle = folder.resolve("circle");
        Files.createSymbolicLink(circle, circle);
        check(circle.resolve("out").toString());
        assertThat(next().code()).isNull();
    }
}
