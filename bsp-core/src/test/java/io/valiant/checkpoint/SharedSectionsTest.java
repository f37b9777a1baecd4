package io.valiant.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.io.LocalTree;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a job of one task whose section {@code map} is shared. */
class SharedSectionsTest {
    private static final JobId JOB = new JobId("job_test_1");

    @TempDir
    Path folder;

    private final FileStores stores = new FileStores(new TreeMap<>());
    private PartOutput.Shared shared = new PartOutput.Shared();

    /** Takes a checkpoint with that version of the map. */
    private CheckpointRef checkpoint(long generation, long superstep, long version) throws Exception {
        String job = folder.toString();
        try (PartOutput out = PartOutput.create(stores, job, JOB, generation, superstep, 0, 1, shared)) {
            out.shared("map", version, into -> into.writeLong(version));
            String of = CheckpointFolders.checkpoint(job, generation, superstep);
            return Manifest.write(stores, of, JOB, generation, superstep, List.of(out.finish()));
        }
    }

    /** Begins a generation from that checkpoint; returns the version of its map. */
    private long restore(CheckpointRef from) throws Exception {
        shared = new PartOutput.Shared();
        try (PartReader reader = PartReader.open(stores, Manifest.read(stores, from), 0)) {
            shared.refer(reader);
            return reader.shared("map").readLong();
        }
    }

    /** Takes a checkpoint without the map. */
    private CheckpointRef without(long generation, long superstep) throws Exception {
        String job = folder.toString();
        try (PartOutput out = PartOutput.create(stores, job, JOB, generation, superstep, 0, 1, shared)) {
            String of = CheckpointFolders.checkpoint(job, generation, superstep);
            return Manifest.write(stores, of, JOB, generation, superstep, List.of(out.finish()));
        }
    }

    private void keepOnly(CheckpointRef... kept) throws Exception {
        SharedSections.removeUnnamed(stores, folder.toString(), List.of(kept));
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("shared"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aSectionGoesWithTheLastCheckpointThatNamesIt() throws Exception {
        checkpoint(1, 5, 1);
        CheckpointRef second = checkpoint(1, 6, 1);
        CheckpointRef third = checkpoint(1, 7, 2);
        keepOnly(second, third);
        assertThat(files()).containsExactly("map-g1-s5-0", "map-g1-s7-0");
        CheckpointRef fourth = checkpoint(1, 8, 2);
        keepOnly(third, fourth);
        assertThat(files()).containsExactly("map-g1-s7-0");
        assertThat(restore(fourth)).isEqualTo(2);
    }

    @Test
    void whatACheckpointBeingMadeMayNameStays() throws Exception {
        CheckpointRef whole = checkpoint(1, 5, 1);
        checkpoint(1, 6, 2);
        keepOnly(whole);
        assertThat(files()).containsExactly("map-g1-s5-0", "map-g1-s6-0");
    }

    @Test
    void whatAGenerationThatIsOverWroteAndNobodyRestoresGoes() throws Exception {
        CheckpointRef first = checkpoint(1, 5, 1);
        checkpoint(1, 6, 2);
        assertThat(restore(first)).isEqualTo(1);
        CheckpointRef second = checkpoint(2, 6, 1);
        keepOnly(first, second);
        assertThat(files()).containsExactly("map-g1-s5-0");
        CheckpointRef third = checkpoint(2, 7, 1);
        keepOnly(second, third);
        assertThat(files()).as("still named after its own checkpoint has gone").containsExactly("map-g1-s5-0");
        assertThat(restore(third)).isEqualTo(1);
    }

    @Test
    void whatWasNotNamedMeanwhileIsWrittenAgain() throws Exception {
        checkpoint(1, 5, 1);
        CheckpointRef second = without(1, 6);
        CheckpointRef third = without(1, 7);
        keepOnly(second, third);
        assertThat(files()).isEmpty();
        CheckpointRef fourth = checkpoint(1, 8, 1);
        assertThat(files()).containsExactly("map-g1-s8-0");
        assertThat(restore(fourth)).isEqualTo(1);
    }

    @Test
    void aPartThatRefersToWhatItsManifestDoesNotNameIsDamaged() throws Exception {
        CheckpointPart part = Manifest.read(stores, checkpoint(1, 5, 1)).parts().get(0);
        CheckpointPart silent = new CheckpointPart(0, part.file(), part.length(), part.crc32c(), List.of());
        assertThatThrownBy(() -> PartReader.open(stores, new Manifest(JOB, 1, 5, List.of(silent)), 0))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining("map-g1-s5-0");
    }

    @Test
    void nothingGoesIfItIsNotKnownWhatTheKeptOnesName() throws Exception {
        CheckpointRef first = checkpoint(1, 5, 1);
        CheckpointRef second = checkpoint(1, 6, 2);
        CheckpointRef third = checkpoint(1, 7, 3);
        LocalTree.delete(FileStores.local(second.folder()));
        assertThatThrownBy(() -> keepOnly(second, third)).isInstanceOf(DamagedCheckpointException.class);
        assertThat(files()).hasSize(3);
        assertThat(restore(first)).isEqualTo(1);
    }

    @Test
    void aJobWithoutSharedSectionsHasNothingToRemove() throws Exception {
        keepOnly(new CheckpointRef(1, 5, folder.resolve("g1-s5").toString(), 0));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatHasAnotherNameStays() throws Exception {
        CheckpointRef first = checkpoint(1, 5, 1);
        Files.writeString(folder.resolve("shared/map-g1-v0-0"), "of an older version");
        keepOnly(first);
        assertThat(files()).containsExactly("map-g1-s5-0", "map-g1-v0-0");
    }
}
