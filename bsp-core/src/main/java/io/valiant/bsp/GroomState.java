package io.valiant.bsp;

/** What the master thinks of a groom. */
public enum GroomState {
    /** Beats, is healthy, gets tasks. */
    ACTIVE,
    /** Beats; its tasks end, it gets no new ones. */
    DRAINING,
    /** Beats, but its disk is not usable; gets no tasks. */
    UNHEALTHY,
    /** Several jobs failed there; gets no tasks. */
    BLACKLISTED,
    /** Has not been heard of for the expiry. */
    LOST
}
