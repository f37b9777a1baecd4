package io.valiant.client;

import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.JobQuery;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.LogStream;

/** What a client asks of a master. Asking twice is asking once. */
public sealed interface ClientRequest {
    /** Answer: {@link io.valiant.protocol.Submission}. The spec has an idempotency key when it is sent. */
    record Submit(JobSpec spec) implements ClientRequest {}

    /** Answer: {@link io.valiant.bsp.JobStatus}, at the latest after that time. */
    record Await(JobId job, long atMostNs) implements ClientRequest {}

    /** Answer: nothing. */
    record Cancel(JobId job) implements ClientRequest {}

    /** Answer: nothing. */
    record Delete(JobId job) implements ClientRequest {}

    /** Answer: a list of {@link io.valiant.bsp.SuperstepStatus}. */
    record Supersteps(JobId job, int last) implements ClientRequest {}

    /** Answer: a list of {@link io.valiant.bsp.MasterStatus}. */
    record Masters() implements ClientRequest {}

    /** Answer: a sorted map of texts. */
    record Configuration() implements ClientRequest {}

    /** Answer: a text. */
    record Threads(AttemptId attempt) implements ClientRequest {}

    /** Answer: nothing. */
    record EndAttempt(AttemptId attempt, boolean fail) implements ClientRequest {}

    /** Answer: nothing. */
    record StopAttempt(AttemptId attempt) implements ClientRequest {}

    /** Answer: nothing. */
    record ResumeTask(JobId job, int task) implements ClientRequest {}

    /** Answer: nothing. */
    record DrainGroom(GroomId groom) implements ClientRequest {}

    /** Answer: nothing. */
    record UndrainGroom(GroomId groom) implements ClientRequest {}

    /** Answer: nothing. */
    record RemoveGroom(GroomId groom) implements ClientRequest {}

    /** Answer: {@link io.valiant.bsp.JobStatus}. */
    record Job(JobId job) implements ClientRequest {}

    /** Answer: {@link io.valiant.protocol.JobPage}. */
    record Jobs(JobQuery query) implements ClientRequest {}

    /** Answer: a list of {@link io.valiant.bsp.GroomStatus}. */
    record Grooms() implements ClientRequest {}

    /** Answer: {@link io.valiant.bsp.GroomStatus}. */
    record Groom(GroomId groom) implements ClientRequest {}

    /** Answer: {@link io.valiant.protocol.ClusterStatus}. */
    record Cluster() implements ClientRequest {}

    /** Answer: {@link io.valiant.protocol.LogChunk}. */
    record ReadLog(AttemptId attempt, LogStream stream, long offset, int length) implements ClientRequest {}
}
