package io.valiant.cli.submit;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobHandle;
import io.valiant.cli.Plain;
import io.valiant.cli.Shell;

/** What happens to a job when the process that waits for it is told to end: Ctrl-C, or SIGTERM. */
final class Departure {
    private final Thread hook;

    /** From now on. The hook runs in a thread of its own while the JVM shuts down. */
    Departure(Shell shell, JobHandle handle, boolean kill) {
        hook = new Thread(() -> depart(shell, handle, kill), "departure");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void depart(Shell shell, JobHandle handle, boolean kill) {
        if (!kill) {
            shell.err()
                    .println("\ndetached: " + handle.id() + " goes on; bsp job status " + handle.id()
                            + " shows it, bsp job cancel " + handle.id() + " ends it");
            return;
        }
        try {
            handle.cancel();
            shell.err().println("\n" + handle.id() + " is being cancelled");
        } catch (BspException e) {
            shell.err().println("\n" + handle.id() + " could not be cancelled: " + Plain.line(e.getMessage()));
        }
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
