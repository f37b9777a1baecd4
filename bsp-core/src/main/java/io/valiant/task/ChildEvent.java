package io.valiant.task;

import io.valiant.bsp.Cause;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.GroomMessage;
import io.valiant.protocol.SuperstepShare;
import io.valiant.protocol.TaskResult;
import java.util.List;

/** What happens to a child. */
public sealed interface ChildEvent {
    /** The data endpoint is bound; the child may attach. */
    record Started(long pid, String host, int port) implements ChildEvent {}

    /** The connection to the groom is there (again). */
    record GroomConnected() implements ChildEvent {}

    /** The connection to the groom is gone. */
    record GroomDisconnected(String detail) implements ChildEvent {}

    /** The groom said something. */
    record FromGroom(GroomMessage message) implements ChildEvent {}

    /** All links of the generation are up. */
    record LinksUp(long generation) implements ChildEvent {}

    /** A link could not be resumed in its time. */
    record LinkLost(long generation, int peer, long superstep, String detail) implements ChildEvent {}

    /** The program's thread arrived at the barrier that ends that superstep. */
    record Arrived(long superstep) implements ChildEvent {}

    /** That barrier has opened. */
    record Opened(long superstep) implements ChildEvent {}

    /** The program ended and all peers have voted so. */
    record ProgramEnded(long superstep) implements ChildEvent {}

    /** The program, its input, its output or the engine failed. */
    record ProgramFailed(Cause cause) implements ChildEvent {}

    /** Its part of the checkpoint before that superstep is written and forced to disk. */
    record Checkpointed(long generation, long superstep, CheckpointPart part) implements ChildEvent {}

    /** That checkpoint was wanted but could not be taken; the program goes on. */
    record CheckpointFailed(long generation, long superstep, String reason) implements ChildEvent {}

    /** The checkpoint to begin from cannot be used. */
    record RestoreFailed(CheckpointRef checkpoint, String reason) implements ChildEvent {}

    /** Answer to {@link ChildEffect.Abandon}: the program has ended, its links are closed, none of its threads is left. */
    record Abandoned(long generation) implements ChildEvent {}

    /** Parts are closed and forced to disk. */
    record PartsClosed(TaskResult result) implements ChildEvent {}

    /** Supersteps that have ended; soft. */
    record Supersteps(long generation, List<SuperstepShare> shares) implements ChildEvent {}

    /** What the next ping shall say; soft. */
    record Progress(io.valiant.protocol.AttemptProgress progress) implements ChildEvent {}
}
