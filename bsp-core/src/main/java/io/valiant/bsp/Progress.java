package io.valiant.bsp;

/** Told while somebody waits for a job; called in the waiting thread, at most a few times a second. */
@FunctionalInterface
public interface Progress {
    /** Says nothing. */
    Progress SILENT = status -> {};

    void update(JobStatus status);

    /** One line on stderr, written again in place on a terminal, at each change of state elsewhere. */
    static Progress console() {
        return new ConsoleProgress(System.err, System.console() != null);
    }
}
