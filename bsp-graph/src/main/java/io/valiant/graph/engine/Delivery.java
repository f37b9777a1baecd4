package io.valiant.graph.engine;

import io.valiant.exchange.Exchange;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;

/**
 * Takes what a lane has sent to the inboxes of its and the other tasks' vertices: one block to each task in a superstep.
 * Combines within each sending task first, then over tasks by index; so neither placement nor push and pull nor the order of
 * arrival is seen in a result.
 */
final class Delivery {
    private final Exchange exchange;
    private final Partition partition;
    private final Lane lane;
    /** Null where values do not only fall. */
    private final Relaxation relaxation;
    /** What goes to each task, what comes from each, and, for mirrors, what that makes for their targets. */
    private final Block[] going;

    private final Block[] coming;
    private final Block[] combined;
    private long valueCount;

    Delivery(Exchange exchange, Partition partition, Lane lane) {
        this.exchange = exchange;
        this.partition = partition;
        this.lane = lane;
        this.relaxation = lane.relaxation();
        this.going = new Block[partition.tasks()];
        this.coming = new Block[partition.tasks()];
        this.combined = new Block[partition.tasks()];
        for (int task = 0; task < partition.tasks(); task++) {
            if (task == partition.index()) {
                combined[task] = relaxation != null ? lane.inbox() : lane.block(localSize());
                continue;
            }
            going[task] = lane.block(partition.outgoing()[task].size());
            Incoming incoming = partition.incoming()[task];
            coming[task] = lane.block(incoming.size());
            if (incoming.mirrored() != null && !lane.gathers() && relaxation == null) {
                combined[task] = lane.block(incoming.mirrored().targets.length);
            }
        }
    }

    /** Before the barrier: sends blocks; then, while they travel, combines what stays here. */
    void send() throws IOException {
        valueCount = 0;
        if (lane.sentCount() > 0) {
            for (int task = 0; task < going.length; task++) {
                if (task != partition.index() && going[task].size > 0) {
                    send(task);
                }
            }
        }
        if (relaxation != null) {
            relaxHere();
        } else if (lane.gathers()) {
            lane.copy(local());
        } else {
            lane.spread(partition.local(), lane.outbox(), local());
        }
        valueCount += local().count;
    }

    /** Nothing is combined by task where only the lowest counts: what stays goes into the inbox at once. */
    private void relaxHere() {
        if (relaxation.isWithinTask()) {
            valueCount += lane.outbox().count;
        } else {
            relaxation.relax(partition.local(), lane.outbox());
        }
    }

    private int localSize() {
        return lane.gathers() ? partition.size() : partition.local().targets.length;
    }

    /**
     * How many values the last {@link #send} has for vertices: combined ones count once for each target, and one that is shipped
     * for a vertex' neighbours in another task counts once.
     */
    long valueCount() {
        return valueCount;
    }

    /** What stayed here: to be delivered after the barrier, or in the inbox already. */
    Block local() {
        return combined[partition.index()];
    }

    private void send(int task) throws IOException {
        Outgoing outgoing = partition.outgoing()[task];
        if (outgoing.boundary() != null) {
            lane.collect(outgoing.boundary(), going[task]);
        } else {
            lane.spread(outgoing.combined(), lane.outbox(), going[task]);
        }
        valueCount += going[task].count;
        MessageWriter out = exchange.writer(task);
        going[task].write(out);
        out.endMessage();
    }

    /** After the barrier: fills the inbox. */
    void receive() throws IOException {
        for (int task = 0; task < coming.length; task++) {
            if (task == partition.index() && relaxation != null) {
                continue;
            }
            if (task == partition.index() && lane.gathers()) {
                lane.take(task, partition.local(), combined[task]);
            } else if (task == partition.index()) {
                lane.deliver(combined[task], partition.local().targets);
            } else {
                receive(task);
            }
        }
    }

    private void receive(int task) throws IOException {
        MessageReader in = exchange.reader(task);
        Incoming incoming = partition.incoming()[task];
        if (lane.gathers()) {
            if (in.remaining() == 0) {
                coming[task].beginSome();
            } else {
                coming[task].read(in);
            }
            lane.take(task, incoming.mirrored(), coming[task]);
            return;
        }
        if (in.remaining() == 0) {
            return;
        }
        coming[task].read(in);
        if (relaxation != null && incoming.mirrored() == null) {
            relaxation.relax(coming[task], incoming.targets());
        } else if (relaxation != null) {
            relaxation.relax(incoming.mirrored(), coming[task]);
        } else if (incoming.mirrored() == null) {
            lane.deliver(coming[task], incoming.targets());
        } else {
            lane.spread(incoming.mirrored(), coming[task], combined[task]);
            lane.deliver(combined[task], incoming.mirrored().targets);
        }
    }
}
