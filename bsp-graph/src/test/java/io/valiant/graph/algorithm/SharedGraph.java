package io.valiant.graph.algorithm;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A graph with expected outputs from the folder that system property {@code graph.data} names, or from
 * {@code shared/data} beside the project.
 */
record SharedGraph(String name, Path folder, boolean directed, Properties properties) {
    /** The folder of all graphs, if it is there. */
    static Optional<Path> data() {
        String told = System.getProperty("graph.data");
        if (told != null) {
            return Optional.of(Path.of(told)).filter(Files::isDirectory);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolve("shared").resolve("data");
            if (Files.isRegularFile(data.resolve("validate.py"))) {
                return Optional.of(data);
            }
        }
        return Optional.empty();
    }

    /** Every graph below a folder, by name. */
    static List<SharedGraph> all(Path data) {
        try (Stream<Path> files = Files.walk(data)) {
            List<SharedGraph> graphs = new ArrayList<>();
            for (Path v : files.filter(f -> f.toString().matches(".*\\.v(\\.gz)?"))
                    .sorted()
                    .toList()) {
                String name = v.getFileName().toString().replaceAll("\\.v(\\.gz)?$", "");
                Properties properties = new Properties();
                Path file = v.resolveSibling(name + ".properties");
                if (Files.exists(file)) {
                    try (Reader reader = Files.newBufferedReader(file)) {
                        properties.load(reader);
                    }
                }
                boolean directed = Boolean.parseBoolean(properties.getProperty("graph." + name + ".directed", "true"));
                graphs.add(new SharedGraph(name, v.getParent(), directed, properties));
            }
            return graphs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String property(String key, String otherwise) {
        return properties.getProperty("graph." + name + "." + key, otherwise);
    }

    Path file(String suffix) {
        Path plain = folder.resolve(name + suffix);
        return Files.exists(plain) ? plain : folder.resolve(name + suffix + ".gz");
    }

    /** What stands for each vertex, if there is such an expectation. */
    Optional<SortedMap<String, String>> expected(String suffix) {
        Path file = file("-" + suffix);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            SortedMap<String, String> values = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] words = line.strip().split("\\s+");
                values.put(words[0], words[1]);
            });
            return Optional.of(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
