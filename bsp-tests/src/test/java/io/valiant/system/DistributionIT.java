package io.valiant.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive that a build leaves runs from any folder, without the checkout. */
@Timeout(300)
class DistributionIT {
    @TempDir
    private static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Path target = Path.of("").toAbsolutePath().getParent().resolve("target");
        Path archive;
        try (Stream<Path> files = Files.list(target)) {
            archive = files.filter(file -> file.getFileName().toString().matches("valiant-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no archive in " + target));
        }
        Path place = Files.createDirectory(folder.resolve("a place with blanks"));
        Tool.run(place, "tar", "xzf", archive.toString());
        try (Stream<Path> files = Files.list(place)) {
            home = files.findFirst().orElseThrow();
        }
    }

    @Test
    void itsCommandsRunWhereverItLies() throws IOException, InterruptedException {
        String bsp = home.resolve("bin/bsp").toString();
        assertThat(Tool.run(folder, bsp, "version")).contains("alian");
        JsonNode pi = new ObjectMapper()
                .readTree(
                        Tool.run(folder, bsp, "example", "pi", "--local", "--tasks", "2", "--darts", "1000", "--json"));
        assertThat(pi.get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aClusterOfItRunsAJob() throws IOException, InterruptedException {
        String bsp = home.resolve("bin/bsp").toString();
        Path cluster = folder.resolve("c");
        Tool.run(folder, bsp, "cluster", "start", "--dir", cluster.toString(), "--grooms", "1");
        try {
            String said = Tool.run(
                    folder,
                    bsp,
                    "--config",
                    cluster.resolve("conf").toString(),
                    "example",
                    "pi",
                    "--tasks",
                    "2",
                    "--json");
            assertThat(new ObjectMapper().readTree(said).get("state").asText()).isEqualTo("SUCCEEDED");
        } finally {
            Tool.run(folder, bsp, "cluster", "stop", "--dir", cluster.toString());
        }
    }

    @Test
    void itTellsWhatItIsMadeOf() throws IOException {
        JsonNode bill =
                new ObjectMapper().readTree(Files.readString(home.resolve("sbom.json"), StandardCharsets.UTF_8));
        List<String> told = new ArrayList<>();
        for (JsonNode component : bill.get("components")) {
            told.add(component.get("name").asText() + "-"
                    + component.get("version").asText() + ".jar");
        }
        List<String> untold = new ArrayList<>();
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> !told.contains(jar))
                    .forEach(untold::add);
        }
        assertThat(untold)
                .as("jars in lib that the bill of materials does not name")
                .isEmpty();
        assertThat(home.resolve("LICENSE")).exists();
        assertThat(home.resolve("NOTICE")).exists();
    }
}
