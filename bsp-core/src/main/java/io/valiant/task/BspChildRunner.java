package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.protocol.ChildHandover;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Main of a child JVM: waits on stdin for what its groom hands over (a warm spare waits there for long), then runs that
 * attempt. A spare has one argument, {@code spare}; others have none: what is secret is not in them, what is not comes the
 * same way. stdout and stderr are the program's.
 */
public final class BspChildRunner {
    private static final String SPARE = "spare";

    private BspChildRunner() {}

    public static void main(String[] args) {
        try {
            Rehearsal rehearsal = new Rehearsal(Path.of(System.getProperty("java.io.tmpdir")));
            if (args.length == 1 && args[0].equals(SPARE)) {
                rehearsal.start();
            }
            ChildHandover handover = ChildHandover.readFrom(System.in);
            rehearsal.stop();
            if (handover != null) {
                new ChildProcess(handover).run();
            }
            rehearsal.awaitEnd();
        } catch (IOException | BspException e) {
            System.err.println("child: " + e.getMessage());
            System.exit(1);
        }
    }
}
