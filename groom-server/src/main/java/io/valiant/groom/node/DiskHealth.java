package io.valiant.groom.node;

/**
 * Whether tasks should run on this disk, by the looks at it: not after two bad ones in a row, and not after one that could
 * not write; again after one good one. Not thread safe.
 */
final class DiskHealth {
    private static final int BAD_LOOKS = 2;

    private DiskState state;
    private int badLooks;
    private String unhealthy;

    /** A groom that starts on a bad disk has no tasks to lose by judging at once. */
    DiskHealth(DiskState first) {
        state = first;
        badLooks = first.problem() == null ? 0 : 1;
        unhealthy = first.problem();
    }

    void looked(DiskState now) {
        state = now;
        if (now.problem() == null) {
            badLooks = 0;
            unhealthy = null;
            return;
        }
        badLooks++;
        if (badLooks >= BAD_LOOKS || !now.writable()) {
            unhealthy = now.problem();
        }
    }

    /** What the last look found. */
    DiskState state() {
        return state;
    }

    /** Why tasks should not run here, in one line; or null. */
    String unhealthy() {
        return unhealthy;
    }
}
