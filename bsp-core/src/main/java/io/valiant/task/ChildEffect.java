package io.valiant.task;

import io.valiant.protocol.ChildMessage;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;

/** What a child's core wants done. */
public sealed interface ChildEffect {
    /** Connect to the groom's task-report server; answered by GroomConnected or GroomDisconnected. */
    record ConnectGroom() implements ChildEffect {}

    /** Tell the groom, if connected; the core repeats what matters after a reconnection. */
    record ToGroom(ChildMessage message) implements ChildEffect {}

    /** The assignment is known: load the program's class, open its input. */
    record Prepare(TaskAssignment assignment) implements ChildEffect {}

    /** Open links to all peers of that table; answered by LinksUp or LinkLost. */
    record OpenLinks(PeerTable table) implements ChildEffect {}

    /**
     * That generation is over: wake the program out of its barrier, close its links, let it end; answered by Abandoned, or
     * never, if it does not end.
     */
    record Abandon(long generation) implements ChildEffect {}

    /** This peer 0 asks for a checkpoint at the next barrier where one can be taken. */
    record WantCheckpoint() implements ChildEffect {}

    /** Run the program from the assignment's checkpoint, or anew. */
    record StartProgram(TaskAssignment assignment) implements ChildEffect {}

    /** Close and force the output parts; answered by PartsClosed or ProgramFailed. */
    record CloseParts() implements ChildEffect {}

    /** Leave, at once, with that code. */
    record Exit(int code, String reason) implements ChildEffect {}
}
