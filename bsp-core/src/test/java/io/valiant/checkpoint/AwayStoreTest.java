package io.valiant.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.io.Retry;
import io.valiant.io.StorageException;
import io.valiant.protocol.CheckpointRef;
import io.valiant.time.SystemClock;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints in a Hadoop file system that is away for a while. */
class AwayStoreTest {
    private static final JobId JOB = new JobId("job_test_1");

    @TempDir
    Path folder;

    private FileStores stores;
    private CheckpointRef ref;

    @BeforeEach
    void write() throws Exception {
        SortedMap<String, String> keys = new TreeMap<>();
        keys.put("fs.away.impl", AwayFileSystem.class.getName());
        stores = new FileStores(keys);
        String job = "away://" + folder;
        try (PartOutput out = PartOutput.create(stores, job, JOB, 1, 5, 0, 1, new PartOutput.Shared())) {
            out.section("a").writeInt(77);
            out.shared("b", 1, into -> into.writeInt(88));
            ref = Manifest.write(stores, CheckpointFolders.checkpoint(job, 1, 5), JOB, 1, 5, List.of(out.finish()));
        }
        AwayFileSystem.AWAY.set(true);
    }

    @AfterEach
    void comeBack() {
        AwayFileSystem.AWAY.set(false);
    }

    private void reads(FileStores from) throws Exception {
        try (PartReader reader = PartReader.open(from, Manifest.read(from, ref), 0)) {
            assertThat(reader.section("a").readInt()).isEqualTo(77);
            assertThat(reader.shared("b").readInt()).isEqualTo(88);
        }
    }

    @Test
    void isNoDamage() {
        assertThatThrownBy(() -> reads(stores)).isInstanceOf(StorageException.class);
    }

    @Test
    void costsNothingIfItIsBackInTime() throws Exception {
        Retry retry = new Retry(1_000_000_000_000L, SystemClock.INSTANCE, ns -> AwayFileSystem.AWAY.set(false));
        reads(stores.retrying(retry));
    }
}
