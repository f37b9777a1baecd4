package io.valiant.groom.core;

import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.TaskAssignment;

/**
 * What a groom's core wants done. Each call to the master is answered by exactly one event, with null where the call
 * failed or had no answer in its time; each {@link Launch} by one LaunchFailed, or by one Launched and later one
 * ChildExited; each {@link StartSpare} by one SpareGone, unless a Launch has taken the spare before.
 */
public sealed interface GroomEffect {
    /** Call the master; answered by RegistrationAnswered. */
    record Register(GroomRegistration registration) implements GroomEffect {}

    /** Call the master; answered by HeartbeatAnswered with the heartbeat's number. */
    record Beat(Heartbeat heartbeat) implements GroomEffect {}

    /** Call the master; answered by ReportAnswered. */
    record Report(long number, GroomReportMessage message) implements GroomEffect {}

    /** Answer a push. */
    record AnswerPush(long call, DirectiveReply reply) implements GroomEffect {}

    /**
     * Start a child JVM, or take a spare that waits, and hand it its token over stdin; answered by Launched or LaunchFailed.
     *
     * @param spare the one to be taken, or {@link #NO_SPARE}; if it turns out to be gone, a JVM is started all the same
     */
    record Launch(TaskAssignment assignment, String token, long spare) implements GroomEffect {
        /** Start a JVM. */
        public static final long NO_SPARE = 0;

        @Override
        public String toString() {
            return "Launch[" + assignment.attempt() + "]";
        }
    }

    /** Start a child JVM with the cluster's own options that waits for an attempt; answered by SpareReady or SpareGone. */
    record StartSpare(long spare) implements GroomEffect {}

    /** End a spare; SpareGone follows. */
    record EndSpare(long spare) implements GroomEffect {}

    /** Signal the attempt's process group: SIGTERM or, if {@code hard}, SIGKILL. The end comes as ChildExited. */
    record Signal(AttemptId attempt, boolean hard) implements GroomEffect {}

    /** Look at the attempt's process; answered by ProcessSeen, which repeats when it was asked. */
    record LookAtProcess(AttemptId attempt, long askedNs) implements GroomEffect {}

    /** Say something on a child's connection. */
    record ToChild(long connection, GroomMessage message) implements GroomEffect {}

    /** Close a child's connection. */
    record CloseConnection(long connection) implements GroomEffect {}

    /** Remove working folders of a job. */
    record RemoveJobFiles(JobId job) implements GroomEffect {}

    /** A line for the log; {@code warning} where somebody should look. */
    record Note(boolean warning, String line) implements GroomEffect {}

    /** Stop the daemon: the master refused it. */
    record Stop(String reason) implements GroomEffect {}
}
