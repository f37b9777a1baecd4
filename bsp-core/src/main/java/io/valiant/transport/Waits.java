package io.valiant.transport;

import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The connections of one transport whose bytes no selector sees. Who is about to block tells the other end of each, so that
 * it rings, and looks once more: of two that do so at the same time at least one sees what the other has done. One thread at a
 * time is between {@link #begin} and {@link #end}; streams come and go in any other.
 */
final class Waits {
    private final CopyOnWriteArrayList<RingStream> streams = new CopyOnWriteArrayList<>();

    void add(RingStream stream) {
        streams.add(stream);
    }

    void remove(RingStream stream) {
        streams.remove(stream);
    }

    /** Asks all to be rung; false if something has happened already, so that nobody may block. */
    boolean begin() {
        boolean quiet = true;
        for (RingStream stream : streams) {
            quiet &= stream.askForBell();
        }
        return quiet;
    }

    /** Nobody blocks any more. */
    void end() {
        for (RingStream stream : streams) {
            stream.needNoBell();
        }
    }
}
