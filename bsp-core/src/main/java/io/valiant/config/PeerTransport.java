package io.valiant.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How peers of one machine are linked; peers of two machines are linked by TCP whatever this says. */
public enum PeerTransport {
    /** By the best way both ends can make: shared memory, else Unix-domain sockets, else TCP. */
    AUTO,
    /** By TCP. */
    TCP,
    /** By Unix-domain sockets; a link that cannot be made so is lost. */
    UNIX,
    /** By shared memory; a link that cannot be made so is lost. */
    SHM;

    /** As it is written. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so. IllegalArgumentException if there is none. */
    public static PeerTransport of(String label) {
        for (PeerTransport each : values()) {
            if (each.label().equals(label)) {
                return each;
            }
        }
        throw new IllegalArgumentException("is not one of " + String.join(", ", labels()));
    }

    /** All, as they are written. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(PeerTransport::label).toList();
    }

    /** Whether peers of one machine may be linked otherwise than by TCP. */
    public boolean isLocal() {
        return this != TCP;
    }

    /** Whether shared memory is tried. */
    public boolean sharesMemory() {
        return this == AUTO || this == SHM;
    }
}
