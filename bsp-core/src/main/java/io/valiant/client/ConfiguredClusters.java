package io.valiant.client;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Cluster;
import io.valiant.bsp.ClusterConnector;
import io.valiant.config.SiteFile;
import java.nio.file.Path;

/** Carries out {@code Valiant.connect}: the clusters that configurations name. */
public final class ConfiguredClusters implements ClusterConnector {
    @Override
    public Cluster connect() throws BspException {
        return ClusterClient.connect(SiteFile.ofProcess());
    }

    @Override
    public Cluster connect(Path configuration) throws BspException {
        return ClusterClient.connect(SiteFile.ofProcess(configuration));
    }
}
