package io.valiant.task;

/** How long the groom has been silent, as a child may judge it. */
final class GroomSilence {
    private final ChildConfig config;
    private long heardNs;
    private long steppedNs;
    private long graceUntilNs = Long.MIN_VALUE;

    GroomSilence(ChildConfig config) {
        this.config = config;
    }

    void heard(long nowNs) {
        heardNs = nowNs;
    }

    /**
     * A process that was frozen itself cannot tell whether its groom was silent: what the groom said may still lie unread.
     * It waits for one more ping's answer before it judges. To be called at each step.
     */
    void stepped(long nowNs) {
        if (nowNs - steppedNs > config.orphanNs() / 2) {
            graceUntilNs = nowNs + Math.min(config.pingNs(), config.orphanNs() / 2);
        }
        steppedNs = nowNs;
    }

    /** When the child is an orphan if nothing is heard before. */
    long orphanedNs() {
        return Math.max(heardNs + config.orphanNs(), graceUntilNs);
    }

    long silentMs(long nowNs) {
        return (nowNs - heardNs) / 1_000_000;
    }
}
