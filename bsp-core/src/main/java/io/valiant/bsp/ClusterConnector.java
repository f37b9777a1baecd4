package io.valiant.bsp;

import java.nio.file.Path;

/** Carries out {@link Valiant#connect()}; found by ServiceLoader, so that programs import this package alone. */
public interface ClusterConnector {
    /** The cluster of the process' own configuration. */
    Cluster connect() throws BspException;

    /** The cluster of that configuration folder. */
    Cluster connect(Path configuration) throws BspException;
}
