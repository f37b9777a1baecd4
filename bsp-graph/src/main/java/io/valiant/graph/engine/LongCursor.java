package io.valiant.graph.engine;

import io.valiant.graph.step.Aggregates;

/** A {@link Cursor} over longs. */
final class LongCursor extends Cursor {
    private final LongLane lane;
    private final long[] values;
    private final long[] outbox;

    LongCursor(Partition partition, LabelOrder labels, Aggregates aggregates, LongLane lane) {
        super(partition, labels, aggregates);
        this.lane = lane;
        this.values = lane.values;
        this.outbox = lane.outbox.values;
    }

    @Override
    public long longValue() {
        return values[number];
    }

    @Override
    public double doubleValue() {
        return values[number];
    }

    @Override
    public void sendToNeighbours(long message) {
        if (outDegree() > 0) {
            outbox[number] = hasSent ? lane.combine(outbox[number], message) : message;
            hasSent = true;
        }
    }
}
