package io.valiant.client;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobSubmitter;
import io.valiant.config.SiteFile;

/** Carries out {@code BspJob.submit()} on the cluster that {@link SiteFile#ofProcess} tells. */
public final class ClusterSubmitter implements JobSubmitter {
    @Override
    public String place() {
        return "cluster";
    }

    @Override
    public JobHandle submit(BspJob job) throws BspException {
        ClusterClient client = ClusterClient.connect(SiteFile.ofProcess());
        try {
            return new ClusterJob(client.submitted(job), client, true);
        } catch (BspException | RuntimeException e) {
            client.close();
            throw e;
        }
    }
}
