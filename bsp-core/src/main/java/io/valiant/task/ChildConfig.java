package io.valiant.task;

import io.valiant.id.AttemptId;
import java.util.Objects;

/**
 * What a {@link ChildCore} is told at its start. Times are nanoseconds.
 *
 * @param attempt which it is to be
 * @param token shown when attaching
 * @param pingNs between pings
 * @param orphanNs without a word from the groom it leaves
 * @param tellNs a failure that could not be told by then is kept to itself
 * @param rollBackNs after a lost link it waits so long to be ended by its groom, then leaves
 * @param abandonNs after a roll-back a program that has not ended by then costs the JVM
 */
public record ChildConfig(
        AttemptId attempt, String token, long pingNs, long orphanNs, long tellNs, long rollBackNs, long abandonNs) {
    /** What {@code rollBackNs} is where nobody says otherwise: longer than a healthy master needs to roll back. */
    public static final long ROLL_BACK_NS = 30_000_000_000L;

    /** What {@code abandonNs} is where nobody says otherwise: a new JVM, or a spare, is there soon after. */
    public static final long ABANDON_NS = 500_000_000L;

    public ChildConfig {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(token, "token");
        if (pingNs <= 0 || orphanNs <= 0 || tellNs <= 0 || rollBackNs <= 0 || abandonNs <= 0) {
            throw new IllegalArgumentException("ping " + pingNs + " ns, orphan " + orphanNs + " ns, tell " + tellNs
                    + " ns, roll-back " + rollBackNs + " ns, abandon " + abandonNs + " ns must be above 0");
        }
    }

    /** The same with the usual time to end a program in. */
    public ChildConfig(AttemptId attempt, String token, long pingNs, long orphanNs, long tellNs, long rollBackNs) {
        this(attempt, token, pingNs, orphanNs, tellNs, rollBackNs, ABANDON_NS);
    }

    @Override
    public String toString() {
        return "ChildConfig[" + attempt + "]";
    }
}
