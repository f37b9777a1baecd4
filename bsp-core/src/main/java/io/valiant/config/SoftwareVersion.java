package io.valiant.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this software, as its build put it into the jar. */
public final class SoftwareVersion {
    private static final String BUILT = "/META-INF/maven/io.valiant/bsp-core/pom.properties";

    private SoftwareVersion() {}

    /** Such as {@code 0.1.0}; {@code unknown} where the classes do not come from a jar. */
    public static String text() {
        try (InputStream in = SoftwareVersion.class.getResourceAsStream(BUILT)) {
            if (in == null) {
                return "unknown";
            }
            Properties built = new Properties();
            built.load(in);
            return built.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + BUILT + " of the jar", e);
        }
    }
}
