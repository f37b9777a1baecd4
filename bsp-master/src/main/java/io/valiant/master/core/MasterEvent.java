package io.valiant.master.core;

import io.valiant.bsp.Cause;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import java.util.List;

/**
 * What happens to a master. {@code call} names the caller's pending call, answered by one {@link MasterEffect.Reply} or
 * {@link MasterEffect.Reject}.
 */
public sealed interface MasterEvent {
    /**
     * The first event of a leadership, before any other: the core raises the epoch, records it, and asks for what its
     * predecessor owed. Nothing the core yields may happen unless that record was stored.
     */
    record Started() implements MasterEvent {}

    /** Once in a leadership: calls are answered from now on. No groom can be heard, and so none is lost, before. */
    record Serves() implements MasterEvent {}

    /** A client submits. Answer: {@link MasterReply.Submitted}. */
    record Submit(long call, JobSpec spec) implements MasterEvent {}

    /** A client cancels. Answer: {@link MasterReply.Done}. */
    record Cancel(long call, JobId job, String user) implements MasterEvent {}

    /** A client wants a job forgotten that has ended. Answer: {@link MasterReply.Done}, once nothing is owed to it any more. */
    record DeleteJob(long call, JobId job, String user) implements MasterEvent {}

    /** A client asks for the newest supersteps of a job. Answer: {@link MasterReply.Supersteps}. */
    record AskSupersteps(long call, JobId job, int last) implements MasterEvent {}

    /** A client asks how a job was submitted, and what happened to it. Answer: {@link MasterReply.Described}. */
    record DescribeJob(long call, JobId job) implements MasterEvent {}

    /** A client asks where a job would be placed now; nothing is changed. Answer: {@link MasterReply.Tried}. */
    record TryPlacement(long call, int tasks, String selector, int priority) implements MasterEvent {}

    /** A client waits until the job has ended or {@code untilNs} is over. Answer: {@link MasterReply.Ended}. */
    record AwaitEnd(long call, JobId job, long untilNs) implements MasterEvent {}

    /** A groom enrols. Answer: {@link MasterReply.Registration}. */
    record Register(long call, GroomRegistration registration) implements MasterEvent {}

    /** A groom beats. Answer: {@link MasterReply.Beat}. */
    record Beat(long call, Heartbeat heartbeat) implements MasterEvent {}

    /** A groom reports. Answer: {@link MasterReply.Reported}. */
    record Report(long call, GroomReportMessage message) implements MasterEvent {}

    /** A push of directives came back. Null reply: the call failed; heartbeats repeat. */
    record Pushed(GroomId groom, long incarnation, DirectiveReply reply) implements MasterEvent {}

    /**
     * A worker has looked at the output of a submission that nobody has answered yet.
     *
     * @param code of the refusal, with its line; null: nothing is known to be in the way
     */
    record OutputChecked(long call, JobSpec spec, String code, String message) implements MasterEvent {}

    /** A worker has looked at a job's input and output: splits per task, by index. */
    record Prepared(JobId job, List<List<InputSplit>> splits) implements MasterEvent {}

    /** A worker could not: the job fails with that cause before anything is launched. */
    record PrepareFailed(JobId job, Cause cause) implements MasterEvent {}

    /** A worker has written a checkpoint's manifest; bytes of all its parts. */
    record ManifestWritten(JobId job, CheckpointRef checkpoint, long bytes) implements MasterEvent {}

    /** A worker could not: there is no such checkpoint. */
    record ManifestFailed(JobId job, long generation, long superstep, Cause cause) implements MasterEvent {}

    /**
     * An operator stops an attempt at the next barrier, after a checkpoint where one can be taken; the job waits until the
     * task is resumed. Answer: {@link MasterReply.Done}.
     */
    record StopAttempt(long call, AttemptId attempt, String user) implements MasterEvent {}

    /** An operator resumes a stopped task. Answer: {@link MasterReply.Done}. */
    record ResumeTask(long call, JobId job, int task, String user) implements MasterEvent {}

    /** An operator wants a groom to get nothing new. Answer: {@link MasterReply.Done}. */
    record DrainGroom(long call, GroomId groom, String user) implements MasterEvent {}

    /** An operator wants a drained or blacklisted groom to get tasks. Answer: {@link MasterReply.Done}. */
    record UndrainGroom(long call, GroomId groom, String user) implements MasterEvent {}

    /** An operator wants a groom forgotten that is LOST, or drained and without a task. Answer: {@link MasterReply.Done}. */
    record RemoveGroom(long call, GroomId groom, String user) implements MasterEvent {}

    /** A worker has moved all parts of the COMMIT into place. */
    record OutputCommitted(JobId job) implements MasterEvent {}

    /** A worker could not. */
    record CommitFailed(JobId job, Cause cause) implements MasterEvent {}

    /** A worker has removed the temporary output of a job that has ended. */
    record TemporaryDiscarded(JobId job) implements MasterEvent {}

    /** An operator ends an attempt; charged only if {@code fail}. Answer: {@link MasterReply.Done}. */
    record EndAttempt(long call, AttemptId attempt, boolean fail, String user) implements MasterEvent {}
}
