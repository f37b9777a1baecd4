package io.valiant.graph.engine;

import io.valiant.graph.step.Aggregates;

/** A {@link Cursor} over ints. */
final class IntCursor extends Cursor {
    private final IntLane lane;
    private final int[] values;
    private final int[] outbox;

    IntCursor(Partition partition, LabelOrder labels, Aggregates aggregates, IntLane lane) {
        super(partition, labels, aggregates);
        this.lane = lane;
        this.values = lane.values;
        this.outbox = lane.outbox.values;
    }

    @Override
    public int intValue() {
        return values[number];
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
        int value = Math.toIntExact(message);
        if (outDegree() > 0) {
            outbox[number] = hasSent ? lane.combine(outbox[number], value) : value;
            hasSent = true;
        }
    }
}
