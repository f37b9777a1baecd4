package io.valiant.transport;

/**
 * A link's times and limits; all in nanoseconds of the monotonic clock.
 *
 * @param openNs the first connection must be up so long after the start
 * @param resumeNs a broken link must be up again so long after the break, else it is lost
 * @param silenceNs nothing heard so long, from the last frame to the verdict "lost"; the connection is given up so early that
 *     {@code resumeNs} remains for another one
 * @param acknowledgeBytes received bytes after which an acknowledgement goes at once
 */
public record LinkTimes(long openNs, long resumeNs, long silenceNs, int acknowledgeBytes) {
    private static final long SECOND_NS = 1_000_000_000L;

    /** What the architecture says: resume within 5 s, lost after 10 s of silence. */
    public static final LinkTimes DEFAULT = new LinkTimes(30 * SECOND_NS, 5 * SECOND_NS, 10 * SECOND_NS, 64 << 10);

    public LinkTimes {
        if (openNs <= 0 || resumeNs <= 0 || silenceNs <= resumeNs || acknowledgeBytes <= 0) {
            throw new IllegalArgumentException("a link needs 0 < resume < silence and 0 < open, got resume " + resumeNs
                    + " ns, silence " + silenceNs + " ns, open " + openNs + " ns");
        }
    }

    /** A silent connection is given up after so long. */
    long giveUpNs() {
        return silenceNs - resumeNs;
    }

    /** Something is sent at least so often. */
    long keepAliveNs() {
        return giveUpNs() / 5;
    }

    /** An acknowledgement rides on another frame or goes by itself after so long. */
    long acknowledgeNs() {
        return Math.min(giveUpNs() / 50, 2_000_000L);
    }

    /** Between two attempts to dial, at most. */
    long redialNs() {
        return Math.min(resumeNs / 50, 50_000_000L);
    }

    /** A dialled connection that was not answered for so long is given up, once the link has been up. */
    long greetNs() {
        return resumeNs / 4;
    }
}
