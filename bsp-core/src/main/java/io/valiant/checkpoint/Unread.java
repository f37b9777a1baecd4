package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import io.valiant.io.StorageException;
import java.io.IOException;

/** Why a section of a checkpoint could not be read. */
public final class Unread {
    private Unread() {}

    /** What was met on the way to the bytes, damage or a store that is away; null if the bytes are there. */
    public static BspException met(IOException e) {
        if (e.getCause() instanceof BspException told) {
            return told.kind() == BspException.Kind.RETRIABLE ? new StorageException(e.getMessage(), e) : told;
        }
        return null;
    }

    /** For a section of the engine's own: one that is whole but does not fit is as bad as one that is damaged. */
    public static BspException unfit(String whatFailed, IOException e) {
        BspException met = met(e);
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        return met != null ? met : new DamagedCheckpointException(whatFailed + ": " + reason, e);
    }
}
