package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.checkpoint.PartOutput;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.InputSplit;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Hadoop file system throws is a failure of the store, whatever its type, and as often as it throws it. */
class HadoopFilesTest {
    private static final JobId JOB = new JobId("job_c_1");

    private FileStores stores;

    @BeforeEach
    void register() {
        SortedMap<String, String> keys = new TreeMap<>();
        keys.put("fs.breaking.impl", BreakingFileSystem.class.getName());
        stores = new FileStores(keys);
    }

    @Test
    void aStreamThatThrowsTheSameExceptionTwiceIsAFailureOfTheStore() throws Exception {
        PartFile part = PartFile.create(stores, "breaking:/out", new AttemptId(JOB, 0, 1), 1, 0);
        assertThatThrownBy(part::finish)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the name node hung up");
    }

    @Test
    void aPartThatCouldNotBeClosedIsRemovedWhenItIsGivenUp() throws Exception {
        PartFile part = PartFile.create(stores, "breaking:/out", new AttemptId(JOB, 0, 1), 1, 7);
        assertThatThrownBy(part::finish).isInstanceOf(StorageException.class);
        part.close();
        assertThat(BreakingFileSystem.DELETED).containsOnlyOnce("breaking:/out/_temporary/job_c_1/g1/part-00000-0007");
    }

    @Test
    void aPartThatCannotEvenBeClosedIsRemovedAllTheSame() throws Exception {
        PartFile part = PartFile.create(stores, "breaking:/out", new AttemptId(JOB, 0, 1), 1, 8);
        assertThatThrownBy(part::close).isInstanceOf(StorageException.class);
        assertThat(BreakingFileSystem.DELETED).containsOnlyOnce("breaking:/out/_temporary/job_c_1/g1/part-00000-0008");
    }

    @Test
    void itCostsThatCheckpointOnly() {
        assertThatThrownBy(() -> {
                    try (PartOutput part =
                            PartOutput.create(stores, "breaking:/job", JOB, 1, 5, 0, 1, new PartOutput.Shared())) {
                        part.finish();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the name node hung up");
    }

    @Test
    void aFileThatCannotBeReadFromThereIsClosedAgain() {
        int before = BreakingFileSystem.OPEN.get();
        assertThatThrownBy(() -> stores.of("breaking:/in").open("breaking:/in", 9))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot seek to 9");
        assertThat(BreakingFileSystem.OPEN).hasValue(before);
    }

    @Test
    void aPeekTakesNoMoreThanItTells() throws Exception {
        int before = BreakingFileSystem.OPEN.get();
        assertThat(stores.of("breaking:/endless").peek("breaking:/endless", 2))
                .extracting(FileStore.Entry::name)
                .containsExactly("part-1", "part-2");
        assertThat(BreakingFileSystem.OPEN).as("listings that are open").hasValue(before);
    }

    @Test
    void anEndOfTheConnectionIsNoEndOfTheFile() throws Exception {
        TextLines lines = TextLines.open(stores, new InputSplit("input", "breaking:/in", 0, 5));
        assertThatThrownBy(lines::next)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the name node hung up");
    }
}
