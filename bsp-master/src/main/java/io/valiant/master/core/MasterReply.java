package io.valiant.master.core;

import io.valiant.bsp.JobState;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.id.JobId;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PlacementTrial;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import io.valiant.protocol.RollBackStatus;
import java.util.List;

/** Answers to calls; they leave the master only after the records of their step are stored. */
public sealed interface MasterReply {
    /** The job's id; {@code existed}: another submission, with files of its own if it has any, had the same idempotency key. */
    record Submitted(JobId job, boolean existed) implements MasterReply {}

    /** Stored. */
    record Done() implements MasterReply {}

    /** The job's state; not ended if the caller's time is over. */
    record Ended(JobId job, JobState state) implements MasterReply {}

    /** The newest supersteps of a job, oldest first. */
    record Supersteps(List<SuperstepStatus> steps) implements MasterReply {}

    /** How a job was submitted, and its roll-backs as far as this leadership knows them, oldest first. */
    record Described(JobSpec spec, List<RollBackStatus> rollBacks) implements MasterReply {}

    /** Where the tasks would be placed, or why they would wait. */
    record Tried(PlacementTrial trial) implements MasterReply {}

    record Registration(RegistrationReply reply) implements MasterReply {}

    record Beat(HeartbeatReply reply) implements MasterReply {}

    record Reported(ReportReply reply) implements MasterReply {}
}
