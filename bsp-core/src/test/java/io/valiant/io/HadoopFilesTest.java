package io.valiant.io;

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
        PartFile part = PartFile.create(stores, "breaking:/out", new AttemptId(JOB, 0, 1), 1);
        assertThatThrownBy(part::finish)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the name node hung up");
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
    void anEndOfTheConnectionIsNoEndOfTheFile() throws Exception {
        TextLines lines = TextLines.open(stores, new InputSplit("input", "breaking:/in", 0, 5));
        assertThatThrownBy(lines::next)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the name node hung up");
    }
}
