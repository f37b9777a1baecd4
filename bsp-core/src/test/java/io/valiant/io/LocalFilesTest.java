package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    @TempDir
    private Path folder;

    private static void write(FileStore.Sink sink, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.write(bytes, 0, bytes.length);
    }

    @Test
    void aFileIsWrittenOnBehindWhatWasForced() throws Exception {
        Path file = folder.resolve("a");
        try (FileStore.Sink sink = LocalFiles.INSTANCE.create(file.toString())) {
            write(sink, "forced");
            sink.force();
            write(sink, ", lost");
        }
        FileStore.Resumed resumed = LocalFiles.INSTANCE.resume(file.toString(), 6);
        assertThat(resumed.position()).isEqualTo(6);
        try (FileStore.Sink sink = resumed.sink()) {
            write(sink, " on");
        }
        assertThat(file).hasContent("forced on");
    }

    @Test
    void aFileThatIsGoneOrTooShortIsNotWrittenOnButLookedForAgain() throws Exception {
        Path file = folder.resolve("a");
        assertThatThrownBy(() -> LocalFiles.INSTANCE.resume(file.toString(), 0)).isInstanceOf(StorageException.class);
        Files.writeString(file, "forc");
        assertThatThrownBy(() -> LocalFiles.INSTANCE.resume(file.toString(), 6))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("4 bytes, 6 were forced");
        assertThat(file).hasContent("forc");
    }

    @Test
    void aPeekTellsSoManyAtMost() throws Exception {
        String uri = folder.toString();
        assertThat(LocalFiles.INSTANCE.peek(uri, 2)).isEmpty();
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name), name);
        }
        assertThat(LocalFiles.INSTANCE.peek(uri, 2)).hasSize(2);
        assertThat(LocalFiles.INSTANCE.peek(uri, 4))
                .hasSameElementsAs(LocalFiles.INSTANCE.list(uri))
                .hasSize(3);
        assertThatThrownBy(() -> LocalFiles.INSTANCE.peek(uri + "/none", 2)).hasMessageContaining("does not exist");
    }

    @Test
    void aLinkToNothingIsAnEntryLikeOthers() throws Exception {
        Files.writeString(folder.resolve("a"), "a");
        Files.createSymbolicLink(folder.resolve(".#a"), Path.of("/nowhere/at/all"));
        assertThat(LocalFiles.INSTANCE.list(folder.toString()))
                .extracting(FileStore.Entry::name)
                .containsExactly(".#a", "a");
        assertThatThrownBy(() -> LocalFiles.INSTANCE.open(folder.resolve(".#a").toString(), 0))
                .hasMessageContaining(".#a: it does not exist");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsNoFileIsNotWaitedFor() {
        assertThatThrownBy(() -> LocalFiles.INSTANCE.open("/dev/zero", 0))
                .isInstanceOfSatisfying(
                        BspException.class, e -> assertThat(e.kind()).isEqualTo(BspException.Kind.USER))
                .hasMessage("cannot read /dev/zero: it is no regular file");
    }

    @Test
    void twoMayRemoveTheSameFolderAtOnce() throws Exception {
        Path tree = folder.resolve("tree");
        for (int i = 0; i < 2000; i++) {
            Path below = Files.createDirectories(tree.resolve(Integer.toString(i % 50)));
            Files.createFile(below.resolve(Integer.toString(i)));
        }
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Boolean> remove = () -> {
            together.await();
            LocalFiles.INSTANCE.delete(tree.toString());
            return Files.exists(tree);
        };
        FutureTask<Boolean> other = new FutureTask<>(remove);
        new Thread(other).start();
        assertThat(remove.call()).as("there after its removal").isFalse();
        assertThat(other.get()).as("there after its removal").isFalse();
        LocalFiles.INSTANCE.delete(tree.toString());
    }

    @Test
    void aFileThatCannotBeReadFromThereIsClosedAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "text");
        assertThatThrownBy(() -> LocalFiles.INSTANCE.open(file.toString(), -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(descriptors().contains(file)).isFalse();
    }

    /** What this process has open. */
    private static List<Path> descriptors() throws Exception {
        List<Path> open = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path one : all) {
                open.add(target(one));
            }
        }
        return open;
    }

    private static Path target(Path link) throws Exception {
        try {
            return Files.readSymbolicLink(link);
        } catch (NoSuchFileException e) {
            // closed meanwhile
            return link;
        }
    }
}
