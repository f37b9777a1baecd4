package io.valiant.task;

import io.valiant.id.AttemptId;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;

/** To what a child belongs: the attempt it is, its assignment in the newest generation it knows, and its peers there. */
final class Membership {
    private final AttemptId attempt;
    private TaskAssignment assignment;
    private PeerTable table;

    Membership(AttemptId attempt) {
        this.attempt = attempt;
    }

    /** Whether the assignment is known. */
    boolean isKnown() {
        return assignment != null;
    }

    TaskAssignment assignment() {
        return assignment;
    }

    long generation() {
        return assignment.generation();
    }

    boolean isCurrent(long generation) {
        return isKnown() && generation == assignment.generation();
    }

    /** Whether that assignment is another attempt's. */
    boolean isAnothers(TaskAssignment told) {
        return !told.attempt().equals(attempt);
    }

    boolean isNewer(TaskAssignment told) {
        return isKnown() && told.generation() > assignment.generation();
    }

    boolean isOlder(TaskAssignment told) {
        return isKnown() && told.generation() < assignment.generation();
    }

    /** Takes an assignment; the peers of one before are forgotten. */
    void join(TaskAssignment told) {
        assignment = told;
        table = null;
    }

    /** Whether this attempt is the one of its task in that table. */
    boolean isIn(PeerTable published) {
        int index = attempt.task();
        return published.job().equals(attempt.job())
                && index < published.peers().size()
                && published.peers().get(index).attempt().equals(attempt);
    }

    /** Null until it is published. */
    PeerTable table() {
        return table;
    }

    void meet(PeerTable published) {
        table = published;
    }
}
