package io.valiant.graph.fake;

import io.valiant.bsp.BspException;
import java.nio.ByteBuffer;

/** Where the peers of one job meet. A peer that fails ends it for all, those who come later too. */
final class FakeCluster {
    /** By sender, then receiver: what was sent in the superstep that ends. Written by senders before they meet. */
    final ByteBuffer[][] sent;

    final long[][] messages;
    final byte[][] contributions;
    final boolean[] endVotes;
    final boolean[] mayCheckpoint;
    /** Whether a checkpoint is wanted at every barrier. */
    final boolean checkpoints;

    /** What {@link FakeExchange#memoryShare} says. */
    final long memoryShare;

    private final int count;
    private int arrived;
    private long meetings;
    private boolean failed;

    FakeCluster(int count, boolean checkpoints, long memoryShare) {
        this.memoryShare = memoryShare;
        this.count = count;
        sent = new ByteBuffer[count][count];
        messages = new long[count][count];
        contributions = new byte[count][];
        endVotes = new boolean[count];
        mayCheckpoint = new boolean[count];
        this.checkpoints = checkpoints;
    }

    /** Waits for all peers. */
    synchronized void meet() throws BspException {
        long meeting = meetings;
        if (++arrived == count) {
            arrived = 0;
            meetings++;
            notifyAll();
        }
        while (meeting == meetings && !failed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BspException(BspException.Kind.FENCED, "interrupted", e);
            }
        }
        if (meeting == meetings) {
            throw new BspException(BspException.Kind.FENCED, "another peer has failed");
        }
    }

    synchronized void fail() {
        failed = true;
        notifyAll();
    }
}
