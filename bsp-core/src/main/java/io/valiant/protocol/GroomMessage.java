package io.valiant.protocol;

/** What a groom tells a child over the task-report connection. */
public sealed interface GroomMessage {
    /** Answer to a good {@link ChildMessage.Attach}. */
    record Attached(TaskAssignment assignment, boolean holding) implements GroomMessage {}

    /** Answer to a bad one: leave. */
    record Refused(String reason) implements GroomMessage {}

    /** Answer to a ping. */
    record Pong(long number) implements GroomMessage {}

    /** Where the peers are; the first superstep may begin. */
    record Peers(PeerTable table) implements GroomMessage {}

    /**
     * The job was rolled back and this JVM is kept: end the program, then begin that generation anew; answered by
     * {@link ChildMessage.Rejoined}. A child that cannot end its program in time exits.
     */
    record Rejoin(TaskAssignment assignment) implements GroomMessage {}

    /** Somebody wants a checkpoint at the next barrier; told to peer 0, which decides. */
    record TakeCheckpoint(long generation) implements GroomMessage {}

    /** The groom has no master: pass no barrier, close nothing. */
    record Hold() implements GroomMessage {}

    /** The groom has a master again. */
    record Resume() implements GroomMessage {}

    /** The master has stored the task's result: exit with 0. */
    record EndConfirmed(long generation) implements GroomMessage {}
}
