package io.valiant.protocol;

import io.valiant.id.AttemptId;
import io.valiant.id.JobId;

/** What a master tells a groom to do. Idempotent: applying one twice is applying it once. */
public sealed interface Directive {
    /** Start an attempt in a child JVM. */
    record LaunchTask(TaskAssignment assignment) implements Directive {}

    /**
     * The job was rolled back; that attempt's JVM is kept and begins the assignment's generation. One that is not there any
     * more is reported as ended.
     */
    record RejoinTask(TaskAssignment assignment) implements Directive {}

    /** Take a checkpoint at the next barrier: told to the child of that attempt, peer 0. */
    record TakeCheckpoint(AttemptId attempt, long generation) implements Directive {}

    /**
     * End an attempt; reported as ended when its process is gone.
     *
     * @param atOnce SIGKILL without grace: the attempt is fenced
     */
    record KillAttempt(AttemptId attempt, boolean atOnce, String reason) implements Directive {}

    /** Tell the children of that job and generation where their peers are. */
    record PublishPeers(PeerTable table) implements Directive {}

    /** The job has ended: forget it and remove what is kept of it, logs excepted. */
    record ForgetJob(JobId job) implements Directive {}
}
