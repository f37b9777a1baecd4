package io.valiant.client;

import io.valiant.protocol.ErrorCode;

/** What a client's core wants done. */
public sealed interface ClientEffect {
    /** Ask the master; answered by Answered or Failed with the same number and attempt, or by nothing. */
    record Send(long number, int attempt, ClientRequest request) implements ClientEffect {}

    /** Tell the caller how a job that it follows is now. */
    record Tell(long number, Object answer) implements ClientEffect {}

    /** The caller has its answer. */
    record Deliver(long number, Object answer) implements ClientEffect {}

    /** The caller gets none. */
    record Refuse(long number, ErrorCode code, String message) implements ClientEffect {}
}
