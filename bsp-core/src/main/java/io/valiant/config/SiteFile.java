package io.valiant.config;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * {@code bsp-site.xml}: Hadoop's Configuration format, read without Hadoop's own default files, without inclusion of other
 * files and without document types.
 */
public final class SiteFile {
    public static final String NAME = "bsp-site.xml";

    private static final String FOLDER_PROPERTY = "bsp.conf.dir";
    private static final String FOLDER_VARIABLE = "BSP_CONF_DIR";

    private SiteFile() {}

    /**
     * The configuration of a program that was given none: of the folder that the system property {@code bsp.conf.dir}
     * names, else the environment variable {@code BSP_CONF_DIR}, else {@code conf} in the working folder; with no folder
     * at all the defaults hold. A system property with the name of a key wins over the file.
     */
    public static BspConfiguration ofProcess() throws ConfigurationException {
        String named = System.getProperty(FOLDER_PROPERTY, System.getenv(FOLDER_VARIABLE));
        Path folder = Path.of(named == null ? "conf" : named);
        return named == null && !Files.isDirectory(folder)
                ? BspConfiguration.of("system properties", systemProperties())
                : ofProcess(folder);
    }

    /** The configuration of a program that was given that folder: a system property with the name of a key wins over the file. */
    public static BspConfiguration ofProcess(Path folder) throws ConfigurationException {
        return load(folder, systemProperties());
    }

    private static SortedMap<String, String> systemProperties() {
        SortedMap<String, String> values = new TreeMap<>();
        for (Key<?> key : Keys.all()) {
            String value = System.getProperty(key.name());
            if (value != null) {
                values.put(key.name(), value);
            }
        }
        return values;
    }

    /**
     * Reads a configuration folder; without a site file in it the defaults hold.
     *
     * @param folder must exist
     * @param overrides names and values that win over the file's
     */
    public static BspConfiguration load(Path folder, SortedMap<String, String> overrides)
            throws ConfigurationException {
        Path file = folder.resolve(NAME);
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(
                    folder.toString(), List.of("no such folder; give the one that holds " + NAME + " with --config"));
        }
        SortedMap<String, String> values = Files.exists(file) ? read(file) : new TreeMap<>();
        values.putAll(overrides);
        values.replaceAll((name, value) -> SiteVariables.expand(value));
        return BspConfiguration.of(file.toString(), values);
    }

    private static SortedMap<String, String> read(Path file) throws ConfigurationException {
        Configuration xml = new Configuration(false);
        SortedMap<String, String> values = new TreeMap<>();
        try (InputStream in = Files.newInputStream(file)) {
            xml.addResource(in, file.toString(), true);
            for (Map.Entry<String, String> entry : xml) {
                values.put(entry.getKey(), xml.getRaw(entry.getKey()).strip());
            }
        } catch (IOException | RuntimeException e) {
            throw new ConfigurationException(file.toString(), List.of("cannot be read: " + firstLine(e)));
        }
        return values;
    }

    private static String firstLine(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
    }

    /** Writes a site file, all or nothing. */
    public static void write(Path folder, SortedMap<String, String> values) throws BspException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration>\n");
        values.forEach((name, value) -> xml.append("  <property><name>")
                .append(escape(name))
                .append("</name><value>")
                .append(escape(value))
                .append("</value></property>\n"));
        xml.append("</configuration>\n");
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, NAME, ".new");
            Files.write(temporary, xml.toString().getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "cannot write " + file + ": " + e, e);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
