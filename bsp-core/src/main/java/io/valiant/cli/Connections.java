package io.valiant.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobHandle;
import io.valiant.client.ClusterClient;
import io.valiant.config.BspConfiguration;
import io.valiant.id.JobId;
import io.valiant.protocol.ClientProtocol;

/** Reaches real clusters. A class of its own, so that verbs without a cluster do not load the client. */
final class Connections implements ClusterAccess {
    private final ClusterClient client;

    private Connections(ClusterClient client) {
        this.client = client;
    }

    static ClusterAccess connect(BspConfiguration configuration) {
        return new Connections(ClusterClient.connect(configuration));
    }

    @Override
    public JobHandle submit(BspJob job) throws BspException {
        return client.submit(job);
    }

    @Override
    public JobHandle handle(JobId job) {
        return client.handle(job);
    }

    @Override
    public ClientProtocol calls() {
        return client.calls();
    }

    @Override
    public void close() {
        client.close();
    }
}
