package io.valiant.graph.engine;

import io.valiant.graph.DoubleVertexProgram;

/** A {@link Cursor} over doubles. */
final class DoubleCursor extends Cursor {
    final DoubleVertexProgram program;
    private final DoubleLane lane;
    private final double[] values;
    private final double[] outbox;

    DoubleCursor(DoubleVertexProgram program, LabelOrder labels, AggregatorView aggregates, DoubleLane lane) {
        super(lane.partition, labels, aggregates);
        this.program = program;
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
