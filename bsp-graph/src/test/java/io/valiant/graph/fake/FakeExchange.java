package io.valiant.graph.fake;

import io.valiant.bsp.BspException;
import io.valiant.exchange.BarrierResult;
import io.valiant.exchange.Exchange;
import io.valiant.exchange.ExchangeTotals;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import io.valiant.message.SpillFile;
import io.valiant.wire.RefusedFrames;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One peer's side; arrives at barriers after chance delays. */
final class FakeExchange implements Exchange {
    private static final int MOST_CONTRIBUTED = 64 * 1024;

    private final FakeCluster cluster;
    private final int index;
    private final int count;
    private final Random chance;
    private final FakeWriter[] writers;
    private final FakeReader[] readers;
    private final long[] received;
    /** By sender: what came in the superstep before. */
    private final ByteBuffer[] inbox;

    private long superstep;
    private boolean taking;
    private long totalMessages;
    private long totalBytes;

    FakeExchange(FakeCluster cluster, int index, int count, long seed) {
        this.cluster = cluster;
        this.index = index;
        this.count = count;
        this.chance = new Random(seed * 31 + index);
        this.writers = new FakeWriter[count];
        this.readers = new FakeReader[count];
        this.received = new long[count];
        this.inbox = new ByteBuffer[count];
        for (int peer = 0; peer < count; peer++) {
            writers[peer] = new FakeWriter();
            fill(peer, ByteBuffer.allocate(0), 0);
        }
    }

    private void fill(int sender, ByteBuffer bytes, long messages) {
        inbox[sender] = bytes;
        readers[sender] = new FakeReader(bytes.duplicate());
        received[sender] = messages;
    }

    /** Begins with that superstep. */
    void startAt(long first) {
        superstep = first;
    }

    /** Whether the last barrier asked for a checkpoint. */
    boolean isTaking() {
        return taking;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long superstep() {
        return superstep;
    }

    @Override
    public MessageWriter writer(int peer) {
        return writers[peer];
    }

    @Override
    public BarrierResult sync(boolean votesEnd, ByteBuffer contribution) throws BspException {
        return sync(votesEnd, false, contribution);
    }

    @Override
    public BarrierResult sync(boolean votesEnd, boolean mayCheckpoint, ByteBuffer contribution) throws BspException {
        if (contribution.remaining() > MOST_CONTRIBUTED) {
            throw new IllegalArgumentException("a contribution of " + contribution.remaining() + " bytes");
        }
        for (int peer = 0; peer < count; peer++) {
            cluster.sent[index][peer] = writers[peer].take();
            cluster.messages[index][peer] = writers[peer].takeMessages();
            totalMessages += cluster.messages[index][peer];
            totalBytes += cluster.sent[index][peer].remaining();
        }
        byte[] told = new byte[contribution.remaining()];
        contribution.get(told);
        cluster.contributions[index] = told;
        cluster.endVotes[index] = votesEnd;
        cluster.mayCheckpoint[index] = mayCheckpoint;
        if (chance.nextInt(4) == 0) {
            LockSupport.parkNanos(chance.nextInt(50_000));
        }
        cluster.meet();
        Result result = new Result(count);
        result.takesCheckpoint = cluster.checkpoints;
        for (int peer = 0; peer < count; peer++) {
            result.contributions[peer] =
                    ByteBuffer.wrap(cluster.contributions[peer]).asReadOnlyBuffer();
            result.takesCheckpoint &= cluster.mayCheckpoint[peer];
            result.endVotes += cluster.endVotes[peer] ? 1 : 0;
            for (int to = 0; to < count; to++) {
                result.messages += cluster.messages[peer][to];
            }
            fill(peer, cluster.sent[peer][index], cluster.messages[peer][index]);
        }
        cluster.meet();
        taking = result.takesCheckpoint;
        superstep++;
        return result;
    }

    @Override
    public MessageReader reader(int sender) {
        return readers[sender];
    }

    @Override
    public long received(int sender) {
        return received[sender];
    }

    @Override
    public long memoryShare() {
        return cluster.memoryShare;
    }

    @Override
    public SpillFile spillFile() {
        return new SpillFile(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Override
    public ExchangeTotals totals() {
        return new ExchangeTotals(totalMessages, totalBytes, 0, RefusedFrames.NONE);
    }

    @Override
    public void close() {
        cluster.fail();
    }

    @Override
    public void saveInbox(DataOutput out) throws IOException {
        for (int sender = 0; sender < count; sender++) {
            byte[] bytes = new byte[inbox[sender].remaining()];
            if (readers[sender].remaining() != bytes.length) {
                throw new IllegalStateException("the inbox is saved after it was read");
            }
            inbox[sender].duplicate().get(bytes);
            out.writeLong(received[sender]);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    @Override
    public void restoreInbox(DataInput in) throws IOException {
        for (int sender = 0; sender < count; sender++) {
            long messages = in.readLong();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            fill(sender, ByteBuffer.wrap(bytes), messages);
        }
    }

    private static final class Result implements BarrierResult {
        private final ByteBuffer[] contributions;
        private int endVotes;
        private boolean takesCheckpoint;
        private long messages;

        Result(int count) {
            contributions = new ByteBuffer[count];
        }

        @Override
        public boolean allVotedEnd() {
            return endVotes == contributions.length;
        }

        @Override
        public int endVotes() {
            return endVotes;
        }

        @Override
        public boolean takesCheckpoint() {
            return takesCheckpoint;
        }

        @Override
        public ByteBuffer contribution(int peer) {
            return contributions[peer].duplicate();
        }

        @Override
        public long messages() {
            return messages;
        }
    }
}
