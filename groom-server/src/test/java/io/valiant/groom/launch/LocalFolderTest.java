package io.valiant.groom.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.LocalTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest {
    @TempDir
    private Path folder;

    @Test
    void leftoversOfAnEarlierGroomGoAndLogsStay() throws Exception {
        Path own = folder.resolve("own");
        LocalFolder.open(own, 10).close();
        Path attempt = Files.createDirectories(own.resolve("jobs/j/j_t0_a1/work"));
        Files.writeString(attempt.resolve("left"), "x");
        Files.createDirectories(own.resolve("logs/j/j_t0_a1"));
        Files.writeString(own.resolve("notes"), "of the operator");

        LocalFolder.open(own, 10).close();
        assertThat(own.resolve("jobs")).isEmptyDirectory();
        assertThat(own.resolve("logs/j/j_t0_a1")).exists();
        assertThat(own.resolve("notes")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
    }

    @Test
    void linksOutOfTheFolderAreRemovedAndNotFollowed() throws Exception {
        Path own = folder.resolve("own");
        Path others = Files.createDirectories(folder.resolve("others"));
        Files.writeString(others.resolve("precious"), "x");
        LocalFolder.open(own, 10).close();
        Files.createSymbolicLink(Files.createDirectories(own.resolve("jobs/j")).resolve("link"), others);

        LocalFolder.open(own, 10).close();
        assertThat(others.resolve("precious")).exists();
    }

    @Test
    void whatNoGroomMadeIsNotTouched() throws Exception {
        Path foreign = Files.createDirectories(folder.resolve("foreign/jobs/mine"));
        assertThatThrownBy(() -> LocalFolder.open(folder.resolve("foreign"), 10))
                .isInstanceOf(BspException.class)
                .hasMessageContaining("holds 'jobs' that no groom made");
        assertThat(foreign).exists();
    }

    @Test
    void aPidThatIsAnothersNowIsLeftAlone() throws Exception {
        Path own = folder.resolve("own");
        LocalFolder.open(own, 10).close();
        Path attempt = Files.createDirectories(own.resolve("jobs/j/j_t0_a1"));
        long pid = ProcessHandle.current().pid();
        long start = ProcessStat.of(pid).orElseThrow().start();
        Files.writeString(attempt.resolve("pid"), pid + " " + start + " 0123456789abcdef\n");
        LocalFolder.open(own, 10).close();
        assertThat(ProcessStat.of(pid)).isPresent();
    }

    @Test
    void whatIsRemovedFromUnderAGroomIsMadeAnewAndStaysItsOwn() throws Exception {
        Path own = folder.resolve("own");
        try (LocalFolder local = LocalFolder.open(own, 10)) {
            assertThat(local.isWhole()).isTrue();
            LocalTree.delete(own);
            assertThat(local.isWhole()).isFalse();
            local.makeAnew();
            assertThat(local.isWhole()).isTrue();
            assertThat(local.launcher()).isNotEmptyFile();
            assertThatThrownBy(() -> LocalFolder.open(own, 10)).hasMessageContaining("is in use by another groom");
        }
        LocalFolder.open(own, 10).close();
    }

    @Test
    void anyPartThatIsRemovedIsMissed() throws Exception {
        Path own = folder.resolve("own");
        try (LocalFolder local = LocalFolder.open(own, 10)) {
            for (String part : java.util.List.of(".bsp-groom", "launcher.sh", "jobs", "spares", "logs")) {
                LocalTree.delete(own.resolve(part));
                assertThat(local.isWhole()).as(part).isFalse();
                local.makeAnew();
                assertThat(local.isWhole()).as(part).isTrue();
            }
        }
    }

    @Test
    void aJobThatCameAgainKeepsItsFiles() throws Exception {
        try (LocalFolder local = LocalFolder.open(folder.resolve("own"), 10)) {
            JobId job = new JobId("j");
            AttemptId first = new AttemptId(job, 0, 1);
            AttemptId second = new AttemptId(job, 0, 2);
            ChildFiles gone = local.makeFiles(first);
            local.remove(gone);
            ChildFiles come = local.makeFiles(second);
            local.removeJob(job);
            assertThat(come.areThere()).isTrue();
            local.remove(come);
            assertThat(local.path().resolve("jobs")).isEmptyDirectory();
        }
    }

    @Test
    void itIsGivenUpWhoeverWaitsForItsDisk() throws Exception {
        LocalFolder local = LocalFolder.open(folder.resolve("busy"), 10);
        synchronized (local) {
            CompletableFuture.runAsync(() -> closeUnchecked(local)).get(30, TimeUnit.SECONDS);
        }
        LocalFolder.open(folder.resolve("busy"), 10).close();
    }

    private static void closeUnchecked(LocalFolder local) {
        try {
            local.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
