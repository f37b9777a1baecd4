package io.valiant.graph.engine;

import io.valiant.graph.step.Aggregates;

/** A {@link Cursor} over doubles. */
final class DoubleCursor extends Cursor {
    private final DoubleLane lane;
    private final double[] values;
    private final double[] outbox;

    DoubleCursor(Partition partition, LabelOrder labels, Aggregates aggregates, DoubleLane lane) {
        super(partition, labels, aggregates);
        this.lane = lane;
        this.values = lane.values;
        this.outbox = lane.outbox.values;
    }

    @Override
    public double doubleValue() {
        return values[number];
    }

    @Override
    public void sendToNeighbours(double message) {
        if (outDegree() > 0) {
            outbox[number] = hasSent ? lane.combine(outbox[number], message) : message;
            hasSent = true;
        }
    }

    @Override
    public void sendToNeighbours(long message) {
        sendToNeighbours((double) message);
    }
}
