package io.valiant.protocol;

/** The master's answer to a {@link Heartbeat}. */
public sealed interface HeartbeatReply {
    /** Go on; the batch repeats what has not been applied and may be empty. */
    record Accepted(long epoch, Intervals intervals, DirectiveBatch directives) implements HeartbeatReply {}

    /** This master does not know the groom yet, or has a newer epoch: register with the incarnation and table you have. */
    record Register(long epoch) implements HeartbeatReply {}

    /** The incarnation is over: kill all children, register with incarnation 0. */
    record Fenced(long epoch, String reason) implements HeartbeatReply {}
}
