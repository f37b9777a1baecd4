package io.valiant.groom.core;

import io.valiant.bsp.GroomStatus;
import io.valiant.id.AttemptId;
import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.Exit;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.NodeReport;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import java.util.List;
import java.util.Objects;

/** What happens to a groom. {@code connection} names a child's connection to the task-report server. */
public sealed interface GroomEvent {
    /** The start-up steps are done, all servers listen: register. */
    record Started(GroomAddresses addresses, List<GroomStatus.Step> steps) implements GroomEvent {
        public Started {
            Objects.requireNonNull(addresses, "addresses");
            steps = List.copyOf(steps);
        }
    }

    /** Answer to a registration; null: the call failed. */
    record RegistrationAnswered(RegistrationReply reply) implements GroomEvent {}

    /** Answer to the heartbeat of that number; null: the call failed. */
    record HeartbeatAnswered(long number, HeartbeatReply reply) implements GroomEvent {}

    /** Answer to the report message of that number; null: the call failed. */
    record ReportAnswered(long number, ReportReply reply) implements GroomEvent {}

    /** The master pushed directives; answered by {@link GroomEffect.AnswerPush}. */
    record Pushed(long call, DirectiveBatch batch) implements GroomEvent {}

    /** A child JVM runs for the attempt. */
    record Launched(AttemptId attempt, long pid) implements GroomEvent {}

    /** No child JVM could be started. */
    record LaunchFailed(AttemptId attempt, String reason) implements GroomEvent {}

    /** A spare's JVM runs and can be handed an attempt. */
    record SpareReady(long spare, long pid) implements GroomEvent {}

    /** A spare could not be started, or its JVM is gone and all of its process group. */
    record SpareGone(long spare, String detail) implements GroomEvent {}

    /** A child said something. */
    record FromChild(long connection, ChildMessage message) implements GroomEvent {}

    /** A child's connection is gone. */
    record ChildDisconnected(long connection) implements GroomEvent {}

    /** The attempt's process is gone, and all of its process group. */
    record ChildExited(AttemptId attempt, Exit exit, boolean outOfMemory) implements GroomEvent {}

    /**
     * What looking at the process found: gone, stopped or running.
     *
     * @param askedNs as in the {@link GroomEffect.LookAtProcess} that it answers
     */
    record ProcessSeen(AttemptId attempt, long askedNs, ProcessLook look) implements GroomEvent {}

    /** NodeManager has read the node's state. */
    record NodeSampled(NodeReport report) implements GroomEvent {}

    /** What a look at a process found. */
    enum ProcessLook {
        GONE,
        STOPPED,
        RUNNING
    }
}
