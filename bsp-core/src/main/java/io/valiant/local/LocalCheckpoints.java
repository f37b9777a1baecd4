package io.valiant.local;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobStatus;
import io.valiant.checkpoint.CheckpointFolders;
import io.valiant.checkpoint.Manifest;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.ChildMessage;
import io.valiant.time.Clock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The checkpoints of a local job: what its tasks have written, and the newest that is complete. The job's thread's own. */
final class LocalCheckpoints {
    private final JobId job;
    private final int tasks;
    private final FileStores stores;
    private final Clock clock;
    private final String folder;

    /** By superstep, of the present generation: the parts by task. */
    private final SortedMap<Long, SortedMap<Integer, CheckpointPart>> parts = new TreeMap<>();

    private CheckpointRef newest;
    private Instant newestAt;

    /** @param under where the job has its files */
    LocalCheckpoints(JobId job, int tasks, FileStores stores, Path under, Clock clock) {
        this.job = job;
        this.tasks = tasks;
        this.stores = stores;
        this.clock = clock;
        this.folder = CheckpointFolders.job(FileStores.whole(under.toString()), job);
    }

    /** Where all of them lie. */
    String folder() {
        return folder;
    }

    /** A task of the present generation has written its part; with the last one the checkpoint is there. */
    void add(ChildMessage.Checkpointed told) throws BspException {
        SortedMap<Integer, CheckpointPart> of = parts.computeIfAbsent(told.superstep(), s -> new TreeMap<>());
        of.put(told.part().task(), told.part());
        if (of.size() == tasks) {
            String at = CheckpointFolders.checkpoint(folder, told.generation(), told.superstep());
            newest = Manifest.write(stores, at, job, told.generation(), told.superstep(), List.copyOf(of.values()));
            newestAt = clock.wallTime();
            parts.remove(told.superstep());
        }
    }

    /** The generation is over: what is not complete will never be. */
    void rollBack() {
        parts.clear();
    }

    /** The newest complete checkpoint, or null. */
    CheckpointRef newest() {
        return newest;
    }

    /** The same for people. */
    JobStatus.Checkpoint status() {
        return newest == null ? null : new JobStatus.Checkpoint(newest.superstep(), newestAt, newest.folder());
    }
}
