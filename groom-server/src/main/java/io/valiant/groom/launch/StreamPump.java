package io.valiant.groom.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what a child writes into its log. It never stops reading before the stream ends: a full disk costs the rest of
 * the log, not the child.
 */
final class StreamPump implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPump.class);
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int LONGEST_LINE = 128;

    private final String owner;
    private final InputStream in;
    private final EarlyLog log;
    private final LineTaker firstLine;

    private boolean logBroken;

    /** Takes the first line of a stream. */
    interface LineTaker {
        /** @param line without its end; null if the stream ended before the line did */
        void take(String line);
    }

    /** @param firstLine gets the first line instead of the log; null if all goes to the log */
    StreamPump(String owner, InputStream in, EarlyLog log, LineTaker firstLine) {
        this.owner = owner;
        this.in = in;
        this.log = log;
        this.firstLine = firstLine;
    }

    @Override
    public void run() {
        try (in;
                log) {
            if (firstLine != null) {
                firstLine.take(readLine());
            }
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                keep(buffer, count);
            }
        } catch (IOException e) {
            LOG.warn("[{}] its output broke off: {}", owner, e.toString());
        }
    }

    private void keep(byte[] buffer, int count) {
        if (logBroken) {
            return;
        }
        try {
            log.write(buffer, 0, count);
        } catch (IOException e) {
            logBroken = true;
            LOG.warn("[{}] the rest of its output is not kept: {}", owner, e.toString());
        }
    }

    private String readLine() throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return new String(line, 0, length, StandardCharsets.US_ASCII);
            }
            if (length == line.length) {
                break;
            }
            line[length++] = (byte) b;
        }
        keep(line, length);
        return null;
    }
}
