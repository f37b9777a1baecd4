package io.valiant.protocol;

/** The master's answer to a {@link GroomReportMessage}, given after what it changed is stored. */
public sealed interface ReportReply {
    /** Taken (also when it was taken before, or concerned a generation that is over). */
    record Accepted(long epoch) implements ReportReply {}

    /** This master does not know the groom yet: register, then report again. */
    record Register(long epoch) implements ReportReply {}

    /** The incarnation is over: kill all children, register with incarnation 0. */
    record Fenced(long epoch, String reason) implements ReportReply {}
}
