package io.valiant.client;

import io.valiant.id.JobId;
import io.valiant.protocol.ErrorCode;

/** What happens to a client. {@code number} names what the caller wants, chosen by it, never twice. */
public sealed interface ClientEvent {
    /** The caller wants an answer. Ends with Deliver or Refuse. */
    record Ask(long number, ClientRequest request) implements ClientEvent {}

    /**
     * The caller wants to know of a job until it has ended. Ends with Deliver or Refuse; Tell before that.
     *
     * @param stepNs longest time between two statuses
     * @param untilNs when the caller has waited long enough: Deliver with null, or Long.MAX_VALUE
     */
    record Follow(long number, JobId job, long stepNs, long untilNs) implements ClientEvent {}

    /** The caller wants it no more. */
    record Forget(long number) implements ClientEvent {}

    /**
     * The master answered.
     *
     * @param answer of the class that the request names
     * @param last false: a job that is followed has not ended
     */
    record Answered(long number, int attempt, Object answer, boolean last) implements ClientEvent {}

    /** The master refused, or did not answer. */
    record Failed(long number, int attempt, ErrorCode code, String message) implements ClientEvent {}
}
