package io.valiant.chaos.cluster;

import io.valiant.id.AttemptId;

/** A line that a task of {@code ledger} wrote: this attempt, in this generation and superstep, ran in this process. */
public record LedgerLine(AttemptId attempt, long generation, long superstep, long pid) {
    static LedgerLine parse(String text) {
        String[] words = text.split(" ");
        if (words.length != 4) {
            throw new IllegalArgumentException("'" + text + "' is not a line of a ledger");
        }
        return new LedgerLine(
                AttemptId.parse(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]));
    }

    /** The task's index. */
    public int task() {
        return attempt.task();
    }
}
