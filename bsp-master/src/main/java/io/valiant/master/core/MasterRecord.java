package io.valiant.master.core;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.Cause;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.JobState;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.Exit;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.TaskResult;
import java.time.Instant;
import java.util.List;

/**
 * Facts the master stores. Each is the whole of one row by its key: writing it again replaces it, so replaying a batch
 * twice is replaying it once. Soft facts (heartbeats, progress) are never here.
 */
public sealed interface MasterRecord {
    /** One row: the cluster. {@code nextJob} is the number the next job gets. */
    record Cluster(String clusterId, long epoch, long nextJob) implements MasterRecord {}

    /**
     * The checkpoints of a job that may be restored, oldest first. One row a job: the only pointer to them.
     *
     * @param kept at most {@code bsp.checkpoint.keep}; one found bad is taken out
     */
    record Checkpoints(JobId job, List<Checkpoint> kept) implements MasterRecord {}

    /** A checkpoint of all tasks: where, how many bytes, when. */
    record Checkpoint(CheckpointRef ref, long bytes, Instant at) {}

    /**
     * A job. Times are wall time, for showing.
     *
     * @param number the job's number in the life of the cluster: its place in the queue among equals
     * @param committing the COMMIT record: all attempts of the generation have finished, their parts are being moved into place
     * @param rollbacks those in which nobody was charged
     * @param rollbacksSince those of them since the newest checkpoint: these are capped
     * @param restore what the generation begins from, or null: it begins anew
     * @param stopped the task that an operator has stopped, or null: the job waits until it is resumed
     * @param secret of the generation's peer table
     * @param cause why it ended, or is about to end: a job that has a cause but has not ended waits for its processes to go
     * @param settled it has ended and nothing is owed any more: temporary output is removed, grooms have forgotten it
     */
    record Job(
            JobId id,
            long number,
            JobSpec spec,
            JobState state,
            long generation,
            int rollbacks,
            int rollbacksSince,
            CheckpointRef restore,
            Integer stopped,
            boolean committing,
            String secret,
            Cause cause,
            Instant submittedAt,
            Instant startedAt,
            Instant finishedAt,
            boolean settled)
            implements MasterRecord {}

    /** A job's input splits: one list for each task, by index. Written once. */
    record Splits(JobId job, List<List<InputSplit>> splits) implements MasterRecord {}

    /**
     * An attempt. Before its end RUNNING is not stored: grooms tell it.
     *
     * @param charged it counts against its task; before the end: it will
     * @param generation of the job; rises when its JVM is kept over a roll-back
     * @param pid host and port are stored with the result or the end; the pid also when its JVM is kept: it is not launched again
     * @param exit how the process ended, once it is known
     * @param cause why it ended; before the end: why it has to
     * @param result there from COMMITTING on
     * @param gone its process is gone or its groom is lost: the slot is free
     */
    record Attempt(
            AttemptId id,
            GroomId groom,
            long incarnation,
            long generation,
            AttemptState state,
            boolean charged,
            Long pid,
            String host,
            int port,
            Exit exit,
            Cause cause,
            TaskResult result,
            Instant startedAt,
            Instant finishedAt,
            boolean gone)
            implements MasterRecord {}

    /**
     * A groom: its incarnation and where it is reached.
     *
     * @param drained why it gets nothing new by an operator's wish, whatever its state, or null
     * @param removed an operator has removed it: it is LOST and not shown, only its incarnation stays used
     */
    record Groom(
            GroomId id,
            long incarnation,
            String processTag,
            GroomState state,
            String rpcHost,
            int rpcPort,
            String reason,
            String drained,
            boolean removed)
            implements MasterRecord {}

    /** A job older than retention allows: its rows are removed, its id stays used. */
    record Forget(JobId id) implements MasterRecord {}
}
