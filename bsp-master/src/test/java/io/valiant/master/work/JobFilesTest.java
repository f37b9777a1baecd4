package io.valiant.master.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.CauseType;
import io.valiant.checkpoint.CheckpointFolders;
import io.valiant.config.BspConfiguration;
import io.valiant.id.JobId;
import io.valiant.io.OutputCommitter;
import io.valiant.io.StagedJars;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.OutputPart;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobFilesTest {
    private static final JobId FIRST = new JobId("job_c_1");
    private static final JobId SECOND = new JobId("job_c_2");
    private static final String NAME = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private final LinkedBlockingQueue<MasterEvent> events = new LinkedBlockingQueue<>();
    private JobFiles files;

    @BeforeEach
    void open() throws Exception {
        files = new JobFiles(configuration(), SystemClock.INSTANCE, events::add);
    }

    private BspConfiguration configuration() throws Exception {
        return BspConfiguration.of(
                "test",
                new TreeMap<>(Map.of("bsp.system.dir", folder.resolve("system").toString())));
    }

    /** Each look at it finds a second more. */
    private static final class HastyClock implements Clock {
        private final AtomicLong looks = new AtomicLong();

        @Override
        public long nanoTime() {
            return looks.incrementAndGet() * 1_000_000_000L;
        }

        @Override
        public Instant wallTime() {
            return Instant.EPOCH;
        }
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void anOutputThatCameSinceTheJobWasTakenFailsItBeforeItsStart() throws Exception {
        Path output = folder.resolve("out");
        file(output.resolve("thesis.tex"));
        files.prepare(new MasterEffect.Prepare(FIRST, spec(List.of(), output, "60s")));
        MasterEvent.PrepareFailed failed = (MasterEvent.PrepareFailed) next();
        assertThat(failed.cause().type()).isEqualTo(CauseType.USER_ERROR);
        assertThat(failed.cause().message()).contains("'thesis.tex'");
    }

    @Test
    void stagedJarsGoWithTheirJobAndOthersStay() throws Exception {
        String staged = StagedJars.folder(folder.resolve("system").toString(), NAME);
        Path jar = file(Path.of(staged.substring("file://".length())).resolve("0-a.jar"));
        Path other = file(folder.resolve("system/staging/ffffffffffffffffffffffffffffffff/0-b.jar"));
        Path own = file(folder.resolve("home/c.jar"));

        JobSpec spec = spec(List.of("file://" + jar, own.toString()), null, "60s");
        files.discard(new MasterEffect.DiscardTemporary(FIRST, spec, true));

        assertThat(next()).isEqualTo(new MasterEvent.TemporaryDiscarded(FIRST));
        assertThat(jar.getParent()).doesNotExist();
        assertThat(other).exists();
        assertThat(own).exists();
    }

    @Test
    void sideFilesGoWithAJobThatHasNoJars() throws Exception {
        String staged = StagedJars.folder(folder.resolve("system").toString(), NAME);
        Path words = file(Path.of(staged.substring("file://".length())).resolve("0-words.txt"));
        JobSpec spec = spec(List.of(), null, "60s")
                .withStaged(List.of(), new TreeMap<>(Map.of("words.txt", "file://" + words)));
        files.discard(new MasterEffect.DiscardTemporary(FIRST, spec, true));

        assertThat(next()).isEqualTo(new MasterEvent.TemporaryDiscarded(FIRST));
        assertThat(words.getParent()).doesNotExist();
    }

    @Test
    void checkpointsGoWithTheirJobAndOneByOne() throws Exception {
        String all = CheckpointFolders.job(folder.resolve("system").toString(), FIRST);
        String newest = CheckpointFolders.checkpoint(all, 1, 9);
        String older = CheckpointFolders.checkpoint(all, 1, 4);
        file(Path.of(older).resolve("part-0"));
        file(Path.of(newest).resolve("part-0"));
        CheckpointPart part = new CheckpointPart(0, newest + "/part-0", 12, 3, List.of("a-g1-s9-0"));

        files.writeManifest(new MasterEffect.WriteManifest(FIRST, 1, 9, newest, List.of(part)));
        MasterEvent.ManifestWritten written = (MasterEvent.ManifestWritten) next();
        assertThat(written.checkpoint().folder()).isEqualTo(newest);
        assertThat(written.bytes()).isEqualTo(12);
        assertThat(Path.of(newest).resolve("manifest")).exists();

        Path unnamed = file(Path.of(all).resolve("shared/a-g1-s4-0"));
        Path named = file(Path.of(all).resolve("shared/a-g1-s9-0"));
        List<CheckpointRef> kept = List.of(written.checkpoint());
        files.deleteUnnamedSections(new MasterEffect.DeleteUnnamedSections(FIRST, all, kept));
        while (Files.exists(unnamed)) {
            Thread.onSpinWait();
        }
        assertThat(named).exists();

        files.deleteCheckpoint(new MasterEffect.DeleteCheckpoint(FIRST, older));
        files.discard(new MasterEffect.DiscardTemporary(SECOND, spec(List.of(), null, "60s"), true));
        assertThat(next()).isEqualTo(new MasterEvent.TemporaryDiscarded(SECOND));
        files.discard(new MasterEffect.DiscardTemporary(FIRST, spec(List.of(), null, "60s"), true));
        assertThat(next()).isEqualTo(new MasterEvent.TemporaryDiscarded(FIRST));
        assertThat(Path.of(all)).doesNotExist();
    }

    @Test
    void whatCannotBeClearedUpIsLeftAndTheJobOwesNothingMore() throws Exception {
        Path output = Files.createDirectories(folder.resolve("out"));
        JobSpec refused = spec(List.of(), output, "no duration");
        files.discard(new MasterEffect.DiscardTemporary(FIRST, refused, true));
        assertThat(next()).isEqualTo(new MasterEvent.TemporaryDiscarded(FIRST));
    }

    @Test
    void aStoreThatIsAwayForLongerThanTheWindowDelaysTheClearingUpOnly() throws Exception {
        Path system = folder.resolve("system");
        Path checkpoints = system.resolve("checkpoints");
        Files.createDirectories(system);
        // a link that leads in a circle: a failure that the store may recover from
        Files.createSymbolicLink(checkpoints, checkpoints);
        Path output = folder.resolve("out");
        OutputPart stuck = part(output, SECOND, "part-" + "0".repeat(300));
        JobSpec spec = spec(List.of(), output, "1s");
        try (JobFiles hasty = new JobFiles(configuration(), new HastyClock(), events::add)) {
            hasty.discard(new MasterEffect.DiscardTemporary(FIRST, spec, true));
            hasty.commit(new MasterEffect.CommitOutput(SECOND, spec, List.of(stuck)));
            assertThat(next()).isInstanceOf(MasterEvent.CommitFailed.class);
            Files.delete(checkpoints);
            assertThat(next()).isEqualTo(new MasterEvent.TemporaryDiscarded(FIRST));
        }
    }

    @Test
    void aJobThatNeverStartedLeavesAnOutputFolderAsItWas() throws Exception {
        Path output = Files.createDirectories(folder.resolve("out"));
        files.discard(new MasterEffect.DiscardTemporary(FIRST, spec(List.of(), output, "60s"), false));
        assertThat(next()).isEqualTo(new MasterEvent.TemporaryDiscarded(FIRST));
        assertThat(output).exists();
    }

    @Test
    void twoJobsThatReplaceTheSameOutputDoNotMixTheirParts() throws Exception {
        Path output = folder.resolve("out");
        // longer than a file name may be: a failure that the store may recover from
        OutputPart stuck = part(output, FIRST, "part-" + "0".repeat(300));
        files.commit(new MasterEffect.CommitOutput(FIRST, spec(List.of(), output, "1h"), List.of(stuck)));
        OutputPart good = part(output, SECOND, OutputCommitter.partName(0));
        files.commit(new MasterEffect.CommitOutput(SECOND, spec(List.of(), output, "200ms"), List.of(good)));

        MasterEvent.CommitFailed failed = (MasterEvent.CommitFailed) next();
        assertThat(failed.job()).isEqualTo(SECOND);
        assertThat(failed.cause().message()).startsWith("job job_c_1 is putting its own output in place in ");
        assertThat(output.resolve(OutputCommitter.SUCCESS)).doesNotExist();
    }

    private OutputPart part(Path output, JobId job, String name) throws Exception {
        String temporary = OutputCommitter.temporary(output.toString(), job, 1, 0, 0);
        file(Path.of(temporary));
        return new OutputPart(0, temporary, name, 0, 0);
    }

    private static Path file(Path path) throws Exception {
        Files.createDirectories(path.getParent());
        return Files.createFile(path);
    }

    private MasterEvent next() throws InterruptedException {
        MasterEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    private static JobSpec spec(List<String> jars, Path output, String retryWindow) {
        return new JobSpec(
                "test",
                "ann",
                null,
                null,
                "bsp",
                "a.B",
                null,
                null,
                jars,
                1,
                List.of(),
                output == null ? null : output.toString(),
                true,
                new TreeMap<>(),
                new TreeMap<>(Map.of("bsp.fs.retry.window", retryWindow)),
                new TreeMap<>(),
                new TreeMap<>(),
                1 << 20,
                List.of(),
                0,
                null,
                3,
                4);
    }
}
