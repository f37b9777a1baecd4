package io.valiant.wire;

/**
 * Frames, and handshakes of connections, that a peer has refused, by the reason; each from 0 on.
 *
 * @param damaged their checksum is not that of their bytes
 * @param fenced of another generation than the one that counts
 * @param foreign of another job or sender, or a handshake that no link waits for
 */
public record RefusedFrames(long damaged, long fenced, long foreign) {
    /** Nothing was refused. */
    public static final RefusedFrames NONE = new RefusedFrames(0, 0, 0);

    /** For whatever reason. */
    public long total() {
        return damaged + fenced + foreign;
    }

    /** These and those. */
    public RefusedFrames plus(RefusedFrames others) {
        return new RefusedFrames(damaged + others.damaged, fenced + others.fenced, foreign + others.foreign);
    }

    /** What came on top of those that were there before. */
    public RefusedFrames since(RefusedFrames before) {
        return new RefusedFrames(damaged - before.damaged, fenced - before.fenced, foreign - before.foreign);
    }
}
