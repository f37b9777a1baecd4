package io.valiant.master.core;

import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.OutputPart;
import java.util.List;

/** What the master's core wants done, after its records are stored. */
public sealed interface MasterEffect {
    /** Answer a call. */
    record Reply(long call, MasterReply reply) implements MasterEffect {}

    /** Answer a call with an error: code such as {@code JobNotFound}, one line of text. */
    record Reject(long call, String code, String message) implements MasterEffect {}

    /** Tell those who watch. Not answered. */
    record Observed(Observation what) implements MasterEffect {}

    /** Send directives to a groom's worker server at once; answered by {@link MasterEvent.Pushed}. */
    record Push(GroomId groom, String host, int port, DirectiveBatch batch) implements MasterEffect {}

    /** Look whether an output is in the way of a job that may be taken; answered by OutputChecked, within seconds. */
    record CheckOutput(long call, JobSpec spec) implements MasterEffect {}

    /** Look at input and output, compute splits; answered by Prepared or PrepareFailed. */
    record Prepare(JobId job, JobSpec spec) implements MasterEffect {}

    /**
     * All parts of a checkpoint are there: write its manifest; answered by ManifestWritten or ManifestFailed.
     *
     * @param parts by task index
     */
    record WriteManifest(JobId job, long generation, long superstep, String folder, List<CheckpointPart> parts)
            implements MasterEffect {}

    /** Remove a checkpoint that nobody will restore. Not answered: what stays goes with the job. */
    record DeleteCheckpoint(JobId job, String folder) implements MasterEffect {}

    /**
     * Remove shared sections of a job that none of the kept checkpoints names. Not answered: what stays goes with the job.
     *
     * @param folder of all its checkpoints
     * @param kept oldest first; at least one
     */
    record DeleteUnnamedSections(JobId job, String folder, List<CheckpointRef> kept) implements MasterEffect {}

    /** Move parts into place, idempotently, {@code _SUCCESS} last; answered by OutputCommitted or CommitFailed. */
    record CommitOutput(JobId job, JobSpec spec, List<OutputPart> parts) implements MasterEffect {}

    /**
     * The job has ended, its processes are gone: remove its temporary output and staged jars; answered by
     * TemporaryDiscarded, asked again by the next leadership until it is. {@code started}: it may have written output.
     */
    record DiscardTemporary(JobId job, JobSpec spec, boolean started) implements MasterEffect {}
}
