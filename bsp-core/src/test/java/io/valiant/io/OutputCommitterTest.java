package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.OutputPart;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputCommitterTest {
    private static final JobId JOB = new JobId("job_c_1");

    private final FileStores stores = new FileStores(new TreeMap<>());

    @TempDir
    private Path folder;

    private Path output;

    @BeforeEach
    void name() {
        output = folder.resolve("out");
    }

    @Test
    void partsComeIntoPlaceWithAMarkAndNothingElse() throws Exception {
        committer(false).check();
        List<OutputPart> parts = List.of(part(0, "zero"), part(1, ""));
        committer(false).commit(parts);
        assertThat(names()).containsExactly("_SUCCESS", "part-00000", "part-00001");
        assertThat(output.resolve("part-00000")).hasContent("zero");
        CRC32C crc = new CRC32C();
        crc.update("zero".getBytes(StandardCharsets.UTF_8));
        assertThat(parts.get(0).crc32c()).isEqualTo((int) crc.getValue());
    }

    @Test
    void nothingIsMovedButTheJobsOwnPartsIntoItsOutput() throws Exception {
        OutputPart good = part(0, "zero");
        Path foreign = Files.writeString(folder.resolve("foreign"), "zero");
        List<OutputPart> bad = List.of(
                new OutputPart(0, foreign.toString(), good.name(), 4, 0),
                new OutputPart(0, good.temporary() + "/../../../../../foreign", good.name(), 4, 0),
                new OutputPart(0, good.temporary(), "../elsewhere", 4, 0));
        for (OutputPart part : bad) {
            assertThatThrownBy(() -> committer(false).commit(List.of(part)))
                    .isInstanceOf(BspException.class)
                    .hasMessageContaining("is not one of its output");
        }
        assertThat(foreign).exists();
        committer(false).commit(List.of(good));
        assertThat(names()).containsExactly("_SUCCESS", "part-00000");
    }

    @Test
    void aCommitCanBeRepeatedAfterACrashAtAnyStep() throws Exception {
        for (boolean overwrite : new boolean[] {false, true}) {
            for (int renamed = 0; renamed <= 2; renamed++) {
                if (overwrite) {
                    Files.createDirectories(output);
                    Files.writeString(output.resolve("_SUCCESS"), "");
                    Files.writeString(output.resolve("part-00000"), "older");
                    Files.writeString(output.resolve("part-00007"), "older");
                }
                List<OutputPart> parts = List.of(part(0, "zero"), part(1, "one"));
                for (OutputPart part : parts.subList(0, renamed)) {
                    Files.move(
                            LocalFiles.path(part.temporary()),
                            output.resolve(part.name()),
                            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
                committer(overwrite).commit(parts);
                committer(overwrite).commit(parts);
                assertThat(names()).containsExactly("_SUCCESS", "part-00000", "part-00001");
                assertThat(output.resolve("part-00000")).hasContent("zero");
                assertThat(output.resolve("part-00001")).hasContent("one");
                LocalFiles.INSTANCE.delete(output.toString());
            }
        }
    }

    @Test
    void existingOutputIsRefusedUnlessItMayBeReplaced() throws Exception {
        Files.createDirectories(output);
        assertThatThrownBy(() -> committer(false).check())
                .hasMessageContaining("exists")
                .hasMessageContaining("--overwrite");
        committer(true).check();
        Files.writeString(output.resolve("thesis.tex"), "");
        assertThatThrownBy(() -> committer(true).check()).hasMessageContaining("'thesis.tex', which no job wrote");
        LocalFiles.INSTANCE.delete(output.toString());
        Files.writeString(output, "");
        assertThatThrownBy(() -> committer(true).check()).hasMessageContaining("is a file");
    }

    @Test
    void whatThisVeryJobBeganIsNoExistingOutput() throws Exception {
        part(0, "x").name();
        committer(false).check();
        new OutputCommitter(stores, output.toString(), false, new JobId("other")).discard();
        committer(false).check();
        assertThatThrownBy(() -> new OutputCommitter(stores, output.toString(), false, new JobId("other")).check())
                .hasMessageContaining("exists");
    }

    private OutputFolder looked(boolean overwrite) throws BspException {
        return OutputFolder.glance(stores, output.toString(), overwrite);
    }

    @Test
    void whatIsInTheWayIsKnownBeforeThereIsAJob() throws Exception {
        assertThat(looked(false).inTheWay(null)).isNull();
        part(0, "x").name();
        assertThat(looked(false).inTheWay(null)).contains("exists", "--overwrite");
        assertThat(looked(false).isPassing()).isTrue();
        assertThat(looked(true).inTheWay(null)).isNull();
        LocalFiles.INSTANCE.delete(output + "/_temporary");
        assertThat(looked(false).inTheWay(null)).contains("exists");
        assertThat(looked(false).isPassing()).isTrue();
        Files.writeString(output.resolve("part-00000"), "older");
        assertThat(looked(false).isPassing()).isFalse();
        LocalFiles.INSTANCE.delete(output.toString());
        Files.writeString(output, "");
        assertThat(looked(true).inTheWay(null)).contains("is a file");
        assertThat(looked(false).isPassing()).isFalse();
    }

    /** The calls of a store of local files. */
    private static FileStore recording(List<String> calls) {
        return (FileStore) Proxy.newProxyInstance(
                FileStore.class.getClassLoader(), new Class<?>[] {FileStore.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return method.invoke(LocalFiles.INSTANCE, arguments);
                });
    }

    @Test
    void aFolderIsListedWholeOnlyIfItIsToBeReplaced() throws Exception {
        part(0, "x").name();
        List<String> calls = new ArrayList<>();
        FileStore store = recording(calls);
        assertThat(OutputFolder.look(store, output.toString(), false).inTheWay(JOB))
                .isNull();
        Files.writeString(output.resolve("part-00000"), "older");
        assertThat(OutputFolder.look(store, output.toString(), false).inTheWay(null))
                .contains("exists");
        assertThat(calls).contains("peek").doesNotContain("list");
        Files.writeString(output.resolve("z"), "");
        assertThat(OutputFolder.look(store, output.toString(), true).inTheWay(null))
                .contains("'z'");
    }

    @Test
    void theOlderOutputStaysUntilTheCommit() throws Exception {
        Files.createDirectories(output);
        Files.writeString(output.resolve("part-00000"), "older");
        Files.writeString(output.resolve("_SUCCESS"), "");
        part(0, "newer").name();
        committer(true).discard();
        assertThat(names()).containsExactly("_SUCCESS", "part-00000");
        assertThat(output.resolve("part-00000")).hasContent("older");
    }

    @Test
    void whatNoJobWroteStaysEvenIfItCameAfterTheCheck() throws Exception {
        Files.createDirectories(output);
        Files.writeString(output.resolve("part-00007"), "older");
        committer(true).check();
        List<OutputPart> parts = List.of(part(0, "zero"));
        Files.writeString(output.resolve("thesis.tex"), "");
        committer(true).commit(parts);
        assertThat(names()).containsExactly("_SUCCESS", "part-00000", "thesis.tex");
    }

    @Test
    void whatOnlyLooksLikeOutputIsInTheWay() throws Exception {
        Files.createDirectories(output);
        for (String name : List.of("part-00007-0001", "part-r-00003.gz", "_SUCCESS", "_logs", ".part-00000.crc")) {
            Files.writeString(output.resolve(name), "");
        }
        assertThat(looked(true).inTheWay(null)).isNull();
        for (String name : List.of("part-list.csv", "_archive", "parts")) {
            Files.createDirectories(output.resolve(name));
            assertThat(looked(true).inTheWay(null)).contains("'" + name + "', which no job wrote");
            Files.delete(output.resolve(name));
        }
    }

    @Test
    void discardingLeavesNothing() throws Exception {
        part(0, "x").name();
        committer(false).discard();
        committer(false).discard();
        assertThat(output).doesNotExist();
    }

    @Test
    void aLostOrForeignOrShortPartIsNoSuccess() throws Exception {
        OutputPart lost = part(0, "x");
        Files.delete(LocalFiles.path(lost.temporary()));
        assertThatThrownBy(() -> committer(false).commit(List.of(lost))).hasMessageContaining("lost");
        OutputPart foreign = part(1, "x");
        Files.writeString(output.resolve("part-00001"), "x");
        assertThatThrownBy(() -> committer(false).commit(List.of(foreign))).hasMessageContaining("another job wrote");
        OutputPart small = part(2, "long");
        Files.writeString(LocalFiles.path(small.temporary()), "l");
        assertThatThrownBy(() -> committer(false).commit(List.of(small))).hasMessageContaining("has 1 bytes");
        assertThat(output.resolve("_SUCCESS")).doesNotExist();
    }

    @Test
    void largePartsCountEveryByte() throws Exception {
        byte[] bytes = new byte[200_000];
        PartFile file = PartFile.create(stores, output.toString(), new AttemptId(JOB, 3, 1), 2, 0);
        for (int count : new int[] {1, 70_000, 65_536, 3, 64_000}) {
            file.write(bytes, 0, count);
        }
        OutputPart part = file.finish();
        assertThat(part.length()).isEqualTo(199_540);
        assertThat(Files.size(LocalFiles.path(part.temporary()))).isEqualTo(199_540);
        assertThatThrownBy(() -> file.write(bytes, 0, 1)).isInstanceOf(BspException.class);
    }

    private OutputCommitter committer(boolean overwrite) throws BspException {
        return new OutputCommitter(stores, output.toString(), overwrite, JOB);
    }

    private OutputPart part(int task, String text) throws BspException {
        PartFile file = PartFile.create(stores, output.toString(), new AttemptId(JOB, task, 1), 1, 0);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        file.write(bytes, 0, bytes.length);
        return file.finish();
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> paths = Files.list(output)) {
            paths.sorted().forEach(path -> names.add(path.getFileName().toString()));
        }
        return names;
    }
}
