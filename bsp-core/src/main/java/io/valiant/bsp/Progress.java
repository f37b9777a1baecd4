package io.valiant.bsp;

import java.util.List;

/** Told while somebody waits for a job; called in the waiting thread, at most a few times a second. */
@FunctionalInterface
public interface Progress {
    /** Says nothing. */
    Progress SILENT = status -> {};

    /** Nobody has told how many iterations there will be. */
    long UNKNOWN_ITERATIONS = -1;

    void update(JobStatus status);

    /** How many of the newest supersteps it wants to be told of with a status; 0: none. */
    default int wantedSupersteps() {
        return 0;
    }

    /**
     * The same with the newest supersteps.
     *
     * @param newest oldest first, as many as are wanted; fewer, or none, where there are no more
     */
    default void update(JobStatus status, List<SuperstepStatus> newest) {
        update(status);
    }

    /**
     * One line on stderr: written again in place where the system property {@code bsp.terminal} tells how many columns the
     * terminal has ({@code bin/bsp} sets it when stderr is one), at each change of state elsewhere. At the end, why a job did not succeed.
     */
    static Progress console() {
        return new ConsoleProgress(System.err, columns(), true, UNKNOWN_ITERATIONS);
    }

    private static int columns() {
        return Math.max(0, Integer.getInteger("bsp.terminal", 0));
    }

    /** The same without why, for callers that tell it themselves. */
    static Progress states() {
        return states(UNKNOWN_ITERATIONS);
    }

    /**
     * The same of a job whose number of iterations is known: so is what remains.
     *
     * @param iterations of a graph program; {@link #UNKNOWN_ITERATIONS} where nobody knows
     */
    static Progress states(long iterations) {
        return new ConsoleProgress(System.err, columns(), false, iterations);
    }
}
