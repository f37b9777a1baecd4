package io.valiant.chaos.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
    @TempDir
    private Path folder;

    private List<Path> files(String of) throws IOException {
        Path at = Files.createDirectories(folder.resolve(of));
        List<Path> files = new ArrayList<>(List.of(Files.writeString(at.resolve("manifest"), "manifest of " + of)));
        for (int task = 0; task < 3; task++) {
            files.add(Files.writeString(at.resolve("part-0000" + task), "part " + task + " of " + of));
        }
        return files;
    }

    private static List<String> contents(List<Path> files) throws IOException {
        List<String> contents = new ArrayList<>();
        for (Path file : files) {
            contents.add(Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
        }
        return contents;
    }

    @Test
    void everyKindLeavesTheCheckpointOtherThanItWasWhateverTheSeed() throws IOException {
        for (Damage damage : Damage.values()) {
            for (int seed = 0; seed < 10; seed++) {
                List<Path> theirs = files("theirs");
                List<Path> files = files("ours");
                List<String> before = contents(files);
                damage.to(files, theirs, new SplittableRandom(seed));
                assertThat(contents(files)).as(damage + " seed " + seed).isNotEqualTo(before);
            }
        }
    }

    @Test
    void exchangeLosesNothing() throws IOException {
        List<Path> files = files("ours");
        List<String> before = contents(files);
        Damage.EXCHANGE.to(files, files, new SplittableRandom(1));
        assertThat(contents(files)).containsExactlyInAnyOrderElementsOf(before);
    }
}
