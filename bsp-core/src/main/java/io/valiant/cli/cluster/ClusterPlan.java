package io.valiant.cli.cluster;

import io.valiant.cli.UsageException;
import io.valiant.config.BspConfiguration;
import io.valiant.config.ConfigurationException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a local cluster shall be.
 *
 * @param grooms how many
 * @param keys configuration, the same for all daemons
 */
public record ClusterPlan(int grooms, SortedMap<String, String> keys) {
    /** Each daemon has its own, under the cluster's folder or on ports that are free. */
    private static final List<String> CHOSEN = List.of(
            "bsp.groom.http.address",
            "bsp.groom.name",
            "bsp.groom.rpc.address",
            "bsp.local.dir",
            "bsp.master.http.address",
            "bsp.master.rpc.address",
            "bsp.master.state.dir");

    private static final int MOST_GROOMS = 1000;

    public ClusterPlan {
        keys = new TreeMap<>(keys);
    }

    /** Refuses what cannot be, unknown keys and bad values included, before anything is written or started. */
    ClusterPlan check() throws UsageException {
        if (grooms < 1 || grooms > MOST_GROOMS) {
            throw new UsageException("--grooms " + grooms + " is not between 1 and " + MOST_GROOMS);
        }
        for (String key : CHOSEN) {
            if (keys.containsKey(key)) {
                throw new UsageException("-D " + key + ": cluster start chooses it for each daemon");
            }
        }
        try {
            BspConfiguration.of("-D", keys);
        } catch (ConfigurationException e) {
            throw new UsageException("-D: " + String.join("; ", e.problems()));
        }
        return this;
    }
}
