package io.valiant.graph.engine;

import io.valiant.graph.step.Aggregates;

/** A {@link Cursor} over longs of which every message is seen. */
final class GatherCursor extends Cursor {
    private final long[] values;
    private final long[] outbox;

    GatherCursor(Partition partition, LabelOrder labels, Aggregates aggregates, long[] values, long[] outbox) {
        super(partition, labels, aggregates);
        this.values = values;
        this.outbox = outbox;
    }

    @Override
    public double doubleValue() {
        return values[number];
    }

    @Override
    public long longValue() {
        return values[number];
    }

    @Override
    public void sendToNeighbours(long message) {
        if (hasSent) {
            throw new IllegalStateException(
                    "vertex '" + id() + "' sends twice in superstep " + superstep + ": its messages are not combined");
        }
        if (outDegree() > 0) {
            outbox[number] = message;
            hasSent = true;
        }
    }
}
