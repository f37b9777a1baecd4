package io.valiant.checkpoint;

import io.valiant.id.JobId;
import io.valiant.io.FileStores;

/** Where the files of checkpoints lie; all names are URIs. */
public final class CheckpointFolders {
    private static final String ALL = "checkpoints";
    private static final String SHARED = "shared";
    private static final String MANIFEST = "manifest";
    private static final String UNFINISHED = "manifest.writing";

    private CheckpointFolders() {}

    /**
     * The folder with all checkpoints of a job.
     *
     * @param system {@code bsp.system.dir}
     */
    public static String job(String system, JobId job) {
        return FileStores.child(FileStores.child(system, ALL), job.value());
    }

    /** The folder of one checkpoint, in that of its job. */
    public static String checkpoint(String jobFolder, long generation, long superstep) {
        return FileStores.child(jobFolder, "g" + generation + "-s" + superstep);
    }

    /** A task's part, in the checkpoint's folder. */
    public static String part(String folder, int task) {
        return FileStores.child(folder, "part-" + task);
    }

    /** The manifest, in the checkpoint's folder. */
    public static String manifest(String folder) {
        return FileStores.child(folder, MANIFEST);
    }

    /** The manifest while it is written. */
    static String unfinishedManifest(String folder) {
        return FileStores.child(folder, UNFINISHED);
    }

    /** The folder of shared sections, in that of their job. */
    static String shared(String jobFolder) {
        return FileStores.child(jobFolder, SHARED);
    }

    /** Name of the file of a task's shared section that was written first for that checkpoint. */
    static String sharedName(String section, long generation, long superstep, int task) {
        return section + "-g" + generation + "-s" + superstep + "-" + task;
    }
}
