package io.valiant.client;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobSubmitter;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Key;
import io.valiant.config.Keys;
import io.valiant.config.SiteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Carries out {@code BspJob.submit()} on the cluster of the configuration folder: the one that the system property {@code
 * bsp.conf.dir} names, else the environment variable {@code BSP_CONF_DIR}, else {@code conf} in the working folder; with no
 * folder at all the defaults hold. A system property with the name of a key wins over the file.
 */
public final class ClusterSubmitter implements JobSubmitter {
    /** System property with the configuration folder. */
    public static final String FOLDER_PROPERTY = "bsp.conf.dir";

    private static final String FOLDER_VARIABLE = "BSP_CONF_DIR";

    @Override
    public String place() {
        return "cluster";
    }

    @Override
    public JobHandle submit(BspJob job) throws BspException {
        ClusterClient client = ClusterClient.connect(configuration());
        try {
            return new ClusterJob(client.submitted(job), client, true);
        } catch (BspException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static BspConfiguration configuration() throws BspException {
        SortedMap<String, String> overrides = new TreeMap<>();
        for (Key<?> key : Keys.all()) {
            String value = System.getProperty(key.name());
            if (value != null) {
                overrides.put(key.name(), value);
            }
        }
        String named = System.getProperty(FOLDER_PROPERTY, System.getenv(FOLDER_VARIABLE));
        Path folder = Path.of(named == null ? "conf" : named);
        return named == null && !Files.isDirectory(folder)
                ? BspConfiguration.of("system properties", overrides)
                : SiteFile.load(folder, overrides);
    }
}
