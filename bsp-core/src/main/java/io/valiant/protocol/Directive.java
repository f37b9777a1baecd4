package io.valiant.protocol;

import io.valiant.id.AttemptId;
import io.valiant.id.JobId;

/** What a master tells a groom to do. Idempotent: applying one twice is applying it once. */
public sealed interface Directive {
    /** Start an attempt in a child JVM. */
    record LaunchTask(TaskAssignment assignment) implements Directive {}

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
