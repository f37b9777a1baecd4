package io.valiant.checkpoint;

import io.valiant.id.JobId;

/** Where checkpoints lie below {@code bsp.system.dir}. */
public final class CheckpointFolders {
    private CheckpointFolders() {}

    /** URI of the folder with all checkpoints of a job. */
    public static String job(String systemDir, JobId job) {
        String root = systemDir.endsWith("/") ? systemDir : systemDir + "/";
        return root + "checkpoints/" + job.value();
    }

    /** URI of the folder of one checkpoint in its job's folder. */
    public static String checkpoint(String jobFolder, long generation, long superstep) {
        return jobFolder + "/g" + generation + "-s" + superstep;
    }
}
