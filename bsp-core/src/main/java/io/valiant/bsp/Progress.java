package io.valiant.bsp;

/** Told while somebody waits for a job; called in the waiting thread, at most a few times a second. */
@FunctionalInterface
public interface Progress {
    /** Says nothing. */
    Progress SILENT = status -> {};

    void update(JobStatus status);

    /**
     * One line on stderr: written again in place where the system property {@code bsp.terminal} is true ({@code bin/bsp}
     * sets it when stderr is a terminal), at each change of state elsewhere. At the end, why a job did not succeed.
     */
    static Progress console() {
        return new ConsoleProgress(System.err, Boolean.getBoolean("bsp.terminal"), true);
    }

    /** The same without why, for callers that tell it themselves. */
    static Progress states() {
        return new ConsoleProgress(System.err, Boolean.getBoolean("bsp.terminal"), false);
    }
}
