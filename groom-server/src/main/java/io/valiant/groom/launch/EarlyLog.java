package io.valiant.groom.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Takes a stream of a child whose log may not be known yet: keeps the first bytes in memory until it is. Whichever thread
 * comes last closes the log: the one that reads the stream, or the one that gives the log to a stream that has ended.
 */
final class EarlyLog implements AutoCloseable {
    /** A spare says next to nothing before it has an attempt. */
    private static final int MOST_EARLY_BYTES = 256 * 1024;

    // guarded by this
    private final ByteArrayOutputStream early = new ByteArrayOutputStream();
    private CappedLog log;
    private IOException broken;
    private boolean closed;

    /** For a child whose log is known. */
    static EarlyLog of(CappedLog log) {
        EarlyLog made = new EarlyLog();
        made.log = log;
        return made;
    }

    /** From now on all goes to that log, after what came before; whoever writes next is told if it cannot. */
    synchronized void goTo(CappedLog target) {
        log = target;
        byte[] before = early.toByteArray();
        early.reset();
        try {
            log.write(before, 0, before.length);
            if (closed) {
                log.close();
            }
        } catch (IOException e) {
            broken = e;
        }
    }

    synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (broken != null) {
            throw broken;
        }
        if (log != null) {
            log.write(bytes, offset, length);
        } else {
            early.write(bytes, offset, Math.min(length, MOST_EARLY_BYTES - early.size()));
        }
    }

    /** What has no log yet, in one line. */
    synchronized String earlyLine() {
        return early.toString(StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (log != null) {
            log.close();
        }
    }
}
