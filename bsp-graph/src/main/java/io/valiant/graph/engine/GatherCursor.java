package io.valiant.graph.engine;

import io.valiant.graph.LongMessagesProgram;
import io.valiant.graph.io.Growth;
import java.util.Arrays;

/** A {@link Cursor} over longs of which every message is seen. */
final class GatherCursor extends Cursor {
    final LongMessagesProgram program;
    /** By sending task: up to which target of its segment messages were gathered. */
    final int[] next;

    private final long[] values;
    private final long[] outbox;
    private long[] messages = new long[16];

    GatherCursor(
            LongMessagesProgram program,
            Partition partition,
            LabelOrder labels,
            AggregatorView aggregates,
            long[] values,
            long[] outbox) {
        super(partition, labels, aggregates);
        this.program = program;
        this.next = new int[partition.tasks()];
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
            throw new IllegalStateException("vertex '" + id() + "' sends twice in superstep " + superstep()
                    + ": its messages are not combined");
        }
        if (outDegree() > 0) {
            outbox[number] = message;
            hasSent = true;
        }
    }

    long[] messages() {
        return messages;
    }

    /** Where messages are gathered, with what was gathered already and room for so many in all. */
    long[] room(long count) {
        if (count > messages.length) {
            messages = Arrays.copyOf(messages, Growth.atLeast(messages.length, count));
        }
        return messages;
    }
}
