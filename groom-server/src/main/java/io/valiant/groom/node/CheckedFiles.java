package io.valiant.groom.node;

import java.io.IOException;

/**
 * What a groom needs to find in {@code bsp.local.dir}, and its disk check looks for. Somebody may remove it while the groom
 * runs.
 */
public interface CheckedFiles {
    /** Whether all is there. */
    boolean isWhole();

    /** Makes what is missing. What children had there is lost. */
    void makeAnew() throws IOException;

    /** Tries again to remove what could not be removed while the disk was bad. Never fails. */
    void removeLeft();
}
