package io.valiant.graph.engine;

import io.valiant.graph.IntVertexProgram;

/** A {@link Cursor} over ints. */
final class IntCursor extends Cursor {
    final IntVertexProgram program;
    private final IntLane lane;
    private final int[] values;
    private final int[] outbox;

    IntCursor(IntVertexProgram program, LabelOrder labels, AggregatorView aggregates, IntLane lane) {
        super(lane.partition, labels, aggregates);
        this.program = program;
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
