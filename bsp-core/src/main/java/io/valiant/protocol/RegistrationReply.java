package io.valiant.protocol;

/** The master's answer to a {@link GroomRegistration}. */
public sealed interface RegistrationReply {
    /** Enrolled: work under this epoch and incarnation; directives start at 1. */
    record Accepted(long epoch, long incarnation, Intervals intervals) implements RegistrationReply {}

    /** The incarnation is over: kill all children, come back with incarnation 0. */
    record Fenced(long epoch, String reason) implements RegistrationReply {}

    /** Not with this name or version: stop. */
    record Refused(String reason) implements RegistrationReply {}
}
