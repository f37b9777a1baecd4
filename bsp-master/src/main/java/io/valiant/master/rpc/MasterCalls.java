package io.valiant.master.rpc;

import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import java.time.Duration;

/**
 * What can be asked of a master, by whatever wire. Every method returns at once; any thread. Answers come after what
 * they tell is stored; queries read the last stored snapshot.
 */
public interface MasterCalls {
    /** Stores a job. Refused: {@code JobExists}, {@code BadRequest}, {@code NoLeader}. */
    void submit(JobSpec spec, Answer<MasterReply.Submitted> answer);

    /** Cancels a job; done for one that was cancelled before. Refused: {@code JobNotFound}, {@code JobEnded}, {@code JobCommitting}. */
    void cancel(JobId job, String user, Answer<MasterReply.Done> answer);

    /** Forgets a job that has ended. Refused: {@code JobNotFound}, {@code JobNotEnded}. */
    void delete(JobId job, String user, Answer<MasterReply.Done> answer);

    /** The newest supersteps of a job. Refused: {@code JobNotFound}. */
    void supersteps(JobId job, int last, Answer<MasterReply.Supersteps> answer);

    /** How a job was submitted and rolled back. Refused: {@code JobNotFound}. */
    void describe(JobId job, Answer<MasterReply.Described> answer);

    /** Where a job would be placed. Refused: {@code BadRequest}. */
    void tryPlacement(int tasks, String selector, int priority, Answer<MasterReply.Tried> answer);

    /** Answers when the job has ended, or with its state when {@code wait} is over. Refused: {@code JobNotFound}. */
    void awaitEnd(JobId job, Duration wait, Answer<MasterReply.Ended> answer);

    /** Ends an attempt, charged if {@code fail}. Refused: {@code AttemptNotFound}, {@code AttemptEnded}. */
    void endAttempt(AttemptId attempt, boolean fail, String user, Answer<MasterReply.Done> answer);

    /**
     * Ends an attempt at the next barrier, after a checkpoint where one can be taken; its job waits then. Refused: {@code
     * AttemptNotFound}, {@code AttemptEnded}, {@code JobCommitting}, {@code BadRequest} where another task is stopped.
     */
    void stopAttempt(AttemptId attempt, String user, Answer<MasterReply.Done> answer);

    /** Lets the job of a stopped task go on. Refused: {@code JobNotFound}, {@code JobEnded}, {@code TaskNotStopped}. */
    void resumeTask(JobId job, int task, String user, Answer<MasterReply.Done> answer);

    /** Lets a groom get nothing new; done for one that is drained. Refused: {@code GroomNotFound}. */
    void drainGroom(GroomId groom, String user, Answer<MasterReply.Done> answer);

    /** Lets a drained or blacklisted groom get tasks; done for one that does. Refused: {@code GroomNotFound}. */
    void undrainGroom(GroomId groom, String user, Answer<MasterReply.Done> answer);

    /** Forgets a groom that is LOST, or drained and without a task. Refused: {@code GroomNotFound}, {@code GroomInUse}. */
    void removeGroom(GroomId groom, String user, Answer<MasterReply.Done> answer);

    /** A groom enrols. */
    void register(GroomRegistration registration, Answer<RegistrationReply> answer);

    /** A groom beats. */
    void heartbeat(Heartbeat heartbeat, Answer<HeartbeatReply> answer);

    /** A groom reports. */
    void report(GroomReportMessage message, Answer<ReportReply> answer);

    /** The cluster as it was stored last. Never null; before the first leadership it is empty with epoch 0. */
    MasterSnapshot snapshot();
}
