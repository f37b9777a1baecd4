package io.valiant.cli.submit;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.Progress;
import io.valiant.cli.Plain;
import io.valiant.cli.Shell;
import java.time.Duration;

/** What happens to a job when the process that waits for it is told to end: Ctrl-C, or SIGTERM. */
final class Departure {
    /** What a job of this process has for giving up its files. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    /** What becomes of the job. */
    private enum Fate {
        GOES_ON,
        IS_CANCELLED,
        ENDS_WITH_PROCESS
    }

    private final Shell shell;
    private final JobHandle handle;
    private final Fate fate;

    /** Runs while the JVM shuts down. */
    private final Thread hook = new Thread(this::depart, "departure");

    private Departure(Shell shell, JobHandle handle, Fate fate) {
        this.shell = shell;
        this.handle = handle;
        this.fate = fate;
    }

    /** Of a job on a cluster. */
    static Departure cluster(Shell shell, JobHandle handle, boolean kill) {
        return new Departure(shell, handle, kill ? Fate.IS_CANCELLED : Fate.GOES_ON);
    }

    /** Of a job whose tasks run in this process. */
    static Departure local(Shell shell, JobHandle handle) {
        return new Departure(shell, handle, Fate.ENDS_WITH_PROCESS);
    }

    /** From now on. */
    void prepare() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void depart() {
        String id = handle.id();
        try {
            switch (fate) {
                case GOES_ON ->
                    tell("detached: " + id + " goes on; bsp job status " + id + " shows it, bsp job cancel " + id
                            + " ends it");
                case IS_CANCELLED -> {
                    handle.cancel();
                    tell(id + " is being cancelled");
                }
                case ENDS_WITH_PROCESS -> {
                    tell(id + " ends with this process");
                    handle.cancel();
                    handle.await(LAST_WAIT, Progress.SILENT);
                }
            }
        } catch (BspException e) {
            tell(id + " could not be cancelled: " + Plain.line(e.getMessage()));
        }
    }

    private void tell(String line) {
        shell.err().println("\n" + line);
    }

    /** The job has ended, or waiting for it has. */
    void withdraw() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way out and the hook has spoken: nothing to withdraw.
            return;
        }
    }
}
