package io.valiant.groom;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes parts one after the other, whatever becomes of those before. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    /** Closes them in that order; what is null was never opened. */
    static void closeAll(AutoCloseable... parts) {
        for (AutoCloseable part : parts) {
            if (part == null) {
                continue;
            }
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("could not be closed: {}", e.toString());
            }
        }
    }

    /**
     * The same of parts that may hang, such as those whose files lie on a disk: a thread that keeps no process alive does it.
     *
     * @return whether all were closed within that time; if not, the thread goes on
     */
    static boolean closeWithin(Duration time, AutoCloseable... parts) {
        Thread closer = new Thread(() -> closeAll(parts), "closing");
        closer.setDaemon(true);
        closer.start();
        try {
            closer.join(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !closer.isAlive();
    }
}
