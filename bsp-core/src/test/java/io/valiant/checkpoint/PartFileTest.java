package io.valiant.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.protocol.CheckpointPart;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    private static final JobId JOB = new JobId("job_test_1");

    @TempDir
    Path folder;

    private final FileStores stores = new FileStores(new TreeMap<>());
    private final PartOutput.Shared shared = new PartOutput.Shared();

    private PartOutput part(long generation, long superstep) throws Exception {
        return PartOutput.create(stores, folder.toString(), JOB, generation, superstep, 0, 1, shared);
    }

    private PartReader read(CheckpointPart part) throws Exception {
        return PartReader.open(stores, new Manifest(JOB, 1, 5, List.of(part)), 0);
    }

    private CheckpointPart small() throws Exception {
        try (PartOutput out = part(1, 5)) {
            out.section("a").writeUTF("what is in a");
            out.shared("topology", 3, into -> into.writeUTF("what is shared"));
            out.section("none");
            DataOutput last = out.section("b");
            for (int i = 0; i < 40; i++) {
                last.writeInt(i / 9);
            }
            return out.finish();
        }
    }

    private static byte[] bytes(DataInput in) throws IOException {
        byte[] all = new byte[1 << 22];
        int count = 0;
        try {
            while (true) {
                all[count] = in.readByte();
                count++;
            }
        } catch (EOFException e) {
            return Arrays.copyOf(all, count);
        }
    }

    @Test
    void everySectionReadsAsItWasWritten() throws Exception {
        SplittableRandom chance = new SplittableRandom(7);
        SortedMap<String, byte[]> written = new TreeMap<>();
        CheckpointPart part;
        try (PartOutput out = part(1, 5)) {
            for (int size : new int[] {0, 1, 100, 262_143, 262_144, 262_145, 1_000_000}) {
                byte[] bytes = new byte[size];
                if (size % 2 == 1) {
                    chance.nextBytes(bytes);
                }
                written.put("s" + size, bytes);
                out.section("s" + size).write(bytes);
            }
            byte[] topology = new byte[700_000];
            chance.nextBytes(topology);
            written.put("topology", topology);
            out.shared("topology", 1, into -> into.write(topology));
            part = out.finish();
        }
        assertThat(Files.size(FileStores.local(part.file()))).isEqualTo(part.length());
        try (PartReader reader = read(part)) {
            assertThat(reader.superstep()).isEqualTo(5);
            for (var section : written.entrySet()) {
                String name = section.getKey();
                for (int time = 0; time < 2; time++) {
                    DataInput in = name.equals("topology") ? reader.shared(name) : reader.section(name);
                    assertThat(bytes(in)).as(name).isEqualTo(section.getValue());
                }
            }
            assertThatThrownBy(() -> reader.section("c")).hasMessageContaining("no section 'c'");
            assertThatThrownBy(() -> reader.shared("s1")).hasMessageContaining("no section 's1'");
        }
    }

    @Test
    void aFileIsOpenOnlyWhileItsSectionIsRead() throws Exception {
        try (PartReader reader = read(small())) {
            for (int time = 0; time < 3; time++) {
                assertThat(bytes(reader.section("b"))).hasSize(40 * Integer.BYTES);
                assertThat(bytes(reader.section("none"))).isEmpty();
                reader.section("a").close();
            }
            assertThat(reader.openCount()).isZero();
        }
    }

    @Test
    void aSharedSectionIsWrittenOnceForEachVersion() throws Exception {
        CheckpointPart first = small();
        Path file = folder.resolve("shared").resolve("topology-g1-s5-0");
        byte[] written = Files.readAllBytes(file);
        try (PartOutput out = part(1, 6)) {
            out.shared("topology", 3, into -> {
                throw new IOException("it is there already");
            });
            out.finish();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(written);
        try (PartOutput out = part(1, 7)) {
            out.shared("topology", 4, into -> into.writeUTF("changed"));
            out.finish();
        }
        assertThat(folder.resolve("shared").resolve("topology-g1-s7-0")).exists();
        try (PartReader reader = read(first)) {
            assertThat(reader.shared("topology").readUTF()).isEqualTo("what is shared");
        }
    }

    @Test
    void anyByteThatIsChangedOrMissingIsSeen() throws Exception {
        CheckpointPart part = small();
        refusesAllDamage(part, FileStores.local(part.file()));
        refusesAllDamage(part, folder.resolve("shared").resolve("topology-g1-s5-0"));
    }

    private void refusesAllDamage(CheckpointPart part, Path file) throws Exception {
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << (at % 8));
            Files.write(file, bad);
            assertThatThrownBy(() -> read(part))
                    .as("byte %d of %s", at, file)
                    .isInstanceOf(DamagedCheckpointException.class);
            Files.write(file, Arrays.copyOf(good, at));
            assertThatThrownBy(() -> read(part))
                    .as("%s cut at %d", file, at)
                    .isInstanceOf(DamagedCheckpointException.class);
        }
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertThatThrownBy(() -> read(part)).isInstanceOf(DamagedCheckpointException.class);
        Files.delete(file);
        assertThatThrownBy(() -> read(part))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining("is gone");
        Files.write(file, good);
        read(part).close();
    }

    /** The manifest then fits the damage: the blocks' own checks are all there is. */
    @Test
    void damageThatTheManifestDoesNotShowIsSeenByTheBlocks() throws Exception {
        CheckpointPart part = small();
        Path file = FileStores.local(part.file());
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) 0x55;
            Files.write(file, bad);
            CheckpointPart fitting = new CheckpointPart(0, part.file(), bad.length, crc(bad), part.shared());
            Throwable refused = catchThrowable(() -> read(fitting).close());
            assertThat(refused).as("byte %d", at).isInstanceOf(DamagedCheckpointException.class);
        }
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            Files.write(file, cut);
            CheckpointPart fitting = new CheckpointPart(0, part.file(), length, crc(cut), part.shared());
            assertThatThrownBy(() -> read(fitting))
                    .as("cut at %d", length)
                    .isInstanceOf(DamagedCheckpointException.class);
        }
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    @Test
    void aPartOfAnotherTaskOrCheckpointIsRefused() throws Exception {
        CheckpointPart part = small();
        Manifest later = new Manifest(JOB, 1, 6, List.of(part));
        assertThatThrownBy(() -> PartReader.open(stores, later, 0))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining("is not the part of task 0 of job_test_1 g1 s6");
        CheckpointPart second = new CheckpointPart(1, part.file(), part.length(), part.crc32c(), part.shared());
        Manifest two = new Manifest(JOB, 1, 5, List.of(part, second));
        assertThatThrownBy(() -> PartReader.open(stores, two, 1)).isInstanceOf(DamagedCheckpointException.class);
    }

    @Test
    void aSectionHasANameOfItsOwn() throws Exception {
        try (PartOutput out = part(1, 5)) {
            out.section("a");
            assertThatThrownBy(() -> out.section("a")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> out.shared("../a", 1, into -> into.writeInt(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
