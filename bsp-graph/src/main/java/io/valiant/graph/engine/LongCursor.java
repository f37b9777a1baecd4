package io.valiant.graph.engine;

import io.valiant.graph.LongVertexProgram;

/** A {@link Cursor} over longs. */
final class LongCursor extends Cursor {
    final LongVertexProgram program;
    private final LongLane lane;
    private final long[] values;
    private final long[] outbox;

    LongCursor(LongVertexProgram program, LabelOrder labels, AggregatorView aggregates, LongLane lane) {
        super(lane.partition, labels, aggregates);
        this.program = program;
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
