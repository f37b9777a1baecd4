package io.valiant.master.core;

import io.valiant.bsp.JobState;
import io.valiant.id.JobId;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;

/** Answers to calls; they leave the master only after the records of their step are stored. */
public sealed interface MasterReply {
    /** The job's id; {@code existed}: an earlier submission had the same idempotency key. */
    record Submitted(JobId job, boolean existed) implements MasterReply {}

    /** Stored. */
    record Done() implements MasterReply {}

    /** The job's state; not ended if the caller's time is over. */
    record Ended(JobId job, JobState state) implements MasterReply {}

    record Registration(RegistrationReply reply) implements MasterReply {}

    record Beat(HeartbeatReply reply) implements MasterReply {}

    record Reported(ReportReply reply) implements MasterReply {}
}
