package io.valiant.exchange;

import io.valiant.bsp.BspException;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import io.valiant.message.SpillFile;
import io.valiant.protocol.SuperstepShare;
import java.util.List;

/**
 * What every way of writing a program stands on: bytes to peers, an all-reduce, bytes from peers. Only the program's
 * thread calls it, except {@link #close()}.
 *
 * <p>Order: within a sender as written, senders by index. A superstep's bytes are there after the barrier that ends it
 * and are gone after the next.
 */
public interface Exchange extends AutoCloseable {
    /** This peer's index. */
    int index();

    /** How many peers. */
    int count();

    /**
     * Throws an Error where this peer is dead and its program goes on nevertheless: nothing of what it does may count. Only
     * where a test kit kills peers, as it cannot end a thread; elsewhere a peer dies with its process.
     */
    default void checkAlive() {}

    /** The superstep now computing. */
    long superstep();

    /**
     * Where bytes for that peer go; the same object each time, also for this peer itself. What is written may leave before
     * the barrier. Writing waits (bounded by the link's time-outs) when buffers are short, never fails for that.
     */
    MessageWriter writer(int peer);

    /**
     * Ends the superstep: flushes, tells every peer this peer's contribution, waits for theirs, turns the inbox over.
     * The result object is used again by the next barrier.
     *
     * @param votesEnd whether this peer wants the job to end
     * @param contribution from position to limit: this peer's partial values, at most 64 KiB; consumed
     * @throws BspException FENCED if this attempt must stop, RETRIABLE if a link was lost
     */
    BarrierResult sync(boolean votesEnd, java.nio.ByteBuffer contribution) throws BspException;

    /**
     * As {@link #sync(boolean, java.nio.ByteBuffer)}, at a barrier after which a checkpoint can be taken. It is, before the
     * next superstep, if {@link BarrierResult#takesCheckpoint()}: in every peer or in none.
     *
     * @param mayCheckpoint whether this peer can be restored to the state it will have after this barrier
     */
    BarrierResult sync(boolean votesEnd, boolean mayCheckpoint, java.nio.ByteBuffer contribution) throws BspException;

    /**
     * Writes the messages of the superstep before, all that {@link #reader} would give, without using them up; before
     * any of them is read.
     */
    void saveInbox(java.io.DataOutput out) throws java.io.IOException;

    /** Puts back what {@link #saveInbox} wrote; before the first superstep of a restored run. */
    void restoreInbox(java.io.DataInput in) throws java.io.IOException;

    /** What that peer sent in the superstep before. */
    MessageReader reader(int sender);

    /**
     * Which sender's messages a program is given as the so manieth, from 0: by index, the same in every run. Only a test kit
     * gives another order, for one superstep at a time.
     */
    default int senderAt(int position) {
        return position;
    }

    /** How many messages ({@link MessageWriter#endMessage()}) came from that peer in the superstep before. */
    long received(int sender);

    /** How many bytes of messages that were read an engine may hold in memory until they are computed. */
    long memoryShare();

    /** A new place on the local disk for messages above that; the caller closes it. */
    SpillFile spillFile();

    /** Totals for {@link io.valiant.protocol.AttemptProgress}; may be called from any thread. */
    ExchangeTotals totals();

    /**
     * How many vertices of this task are active in the superstep now computing, for those who watch. Before its barrier; an
     * exchange that keeps no account passes over it.
     */
    default void active(long vertices) {}

    /**
     * How many messages the superstep now computing sent, where the exchange sees few that hold many; the same of it. Bytes are
     * counted by the exchange itself.
     */
    default void messages(long count) {}

    /** How many messages of the superstep now computing were combined into others; the same of it. */
    default void combined(long messages) {}

    /** What there is to tell of supersteps that have ended since the last call; may be called from any thread. */
    default List<SuperstepShare> takeSupersteps() {
        return List.of();
    }

    /** The same after the last superstep of the program, which is among them. */
    default List<SuperstepShare> takeLastSupersteps() {
        return List.of();
    }

    /** Gives up links and buffers; wakes a program thread that waits in {@link #sync}, which then throws FENCED. Any thread. */
    @Override
    void close();
}
