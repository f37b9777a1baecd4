package io.valiant.simulator.engine;

/**
 * A process's monotonic clock: it begins anywhere and runs a little too fast or too slow.
 *
 * @param originNs what it shows when the world begins
 * @param driftPpm by how many millionths it is too fast; below 0 too slow
 */
public record SimClock(long originNs, long driftPpm) {
    private static final long MILLION = 1_000_000;

    /** Beyond that nothing is due in any world: there drift is left out. */
    private static final long FAR_NS = 10_000L * 1_000_000_000L;

    /** What it shows at that virtual time. */
    public long at(long virtualNs) {
        return originNs + virtualNs + virtualNs * driftPpm / MILLION;
    }

    /** The virtual time from which on it shows that or more. */
    public long virtualAt(long clockNs) {
        long passedNs = clockNs - originNs;
        if (driftPpm == 0 || passedNs < 0 || passedNs > FAR_NS) {
            return passedNs;
        }
        long virtualNs = passedNs * MILLION / (MILLION + driftPpm) - 1;
        while (at(virtualNs) < clockNs) {
            virtualNs++;
        }
        return virtualNs;
    }
}
