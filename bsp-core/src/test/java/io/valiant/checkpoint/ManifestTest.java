package io.valiant.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final JobId JOB = new JobId("job_test_1");

    @TempDir
    Path system;

    private final FileStores stores = new FileStores(new TreeMap<>());
    private final List<CheckpointPart> parts = List.of(
            new CheckpointPart(0, "file:///a b/part-0", 0, -5, List.of("b-g1-s4-0", "a-g2-s40-0")),
            new CheckpointPart(1, "hdfs://n/é", 1L << 40, 7, List.of()));

    private String folder() {
        return CheckpointFolders.checkpoint(CheckpointFolders.job(system.toString(), JOB), 2, 40);
    }

    private CheckpointRef write() throws Exception {
        return Manifest.write(stores, folder(), JOB, 2, 40, parts);
    }

    @Test
    void readsAsItWasWritten() throws Exception {
        CheckpointRef ref = write();
        assertThat(ref.folder()).endsWith("/checkpoints/job_test_1/g2-s40");
        assertThat(Manifest.read(stores, ref)).isEqualTo(new Manifest(JOB, 2, 40, parts));
        try (var files = Files.list(Path.of(folder()))) {
            assertThat(files).containsExactly(Path.of(folder(), "manifest"));
        }
    }

    @Test
    void mayBeWrittenAgainAndReplacesAnotherThatWasNeverStored() throws Exception {
        CheckpointRef ref = write();
        assertThat(write()).isEqualTo(ref);
        Files.writeString(Path.of(folder(), "manifest"), "half");
        assertThat(write()).isEqualTo(ref);
        assertThat(Manifest.read(stores, ref).parts()).isEqualTo(parts);
    }

    @Test
    void anyByteThatIsChangedOrMissingIsSeen() throws Exception {
        CheckpointRef ref = write();
        Path file = Path.of(folder(), "manifest");
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            assertThatThrownBy(() -> Manifest.read(stores, ref)).isInstanceOf(DamagedCheckpointException.class);
            Files.write(file, Arrays.copyOf(good, at));
            assertThatThrownBy(() -> Manifest.read(stores, ref)).isInstanceOf(DamagedCheckpointException.class);
        }
        Files.delete(file);
        assertThatThrownBy(() -> Manifest.read(stores, ref))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining("is gone");
    }

    @Test
    void theParserTakesNothingButWhatIsWritten() throws Exception {
        String good = new String(new Manifest(JOB, 2, 40, parts).encode(), StandardCharsets.UTF_8);
        assertThat(Manifest.decode(good.getBytes(StandardCharsets.UTF_8), "m").parts())
                .isEqualTo(parts);
        for (String bad : List.of(
                "",
                "\n\n\n\n\n\n\n",
                good + "\n",
                good.replace("tasks 2", "tasks 3"),
                good.replace("part 1", "part 2"),
                good.replace("part 1 ", "part 01 "),
                good.replace("checkpoint 1", "checkpoint 2"),
                good.replace("generation 2", "generation x"),
                good.replace("end\n", ""),
                good.replace("00000007", "0000000G"))) {
            assertThatThrownBy(() -> Manifest.decode(bad.getBytes(StandardCharsets.UTF_8), "m"))
                    .as(bad)
                    .isInstanceOf(DamagedCheckpointException.class);
        }
    }

    @Test
    void aManifestOfAnotherCheckpointIsRefused() throws Exception {
        CheckpointRef ref = write();
        CheckpointRef other = new CheckpointRef(2, 41, ref.folder(), ref.crc32c());
        assertThatThrownBy(() -> Manifest.read(stores, other)).isInstanceOf(DamagedCheckpointException.class);
    }
}
