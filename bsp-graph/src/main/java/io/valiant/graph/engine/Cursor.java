package io.valiant.graph.engine;

import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.VertexContext;
import io.valiant.graph.VertexReference;

/** The vertex that is computed now, as its program sees it. One for each thread of a lane, moved from vertex to vertex. */
abstract class Cursor implements VertexContext {
    private final Partition partition;
    private final LabelOrder labels;
    private final AggregatorView aggregates;
    private final int[] degree;

    /** Dense number of the vertex. */
    int number;

    boolean hasMessage;
    boolean hasSent;
    boolean hasHalted;
    boolean hasHaltedAll;
    private long superstep;
    private boolean hasAggregated;
    private boolean hadHaltedAll;
    private boolean hadAggregated;

    /** {@code labels} is null for programs without labels. */
    Cursor(Partition partition, LabelOrder labels, AggregatorView aggregates) {
        this.partition = partition;
        this.labels = labels;
        this.aggregates = aggregates;
        this.degree = partition.degree();
    }

    final void begin(long newSuperstep) {
        superstep = newSuperstep;
        aggregates.begin(newSuperstep);
    }

    /** Ends a piece; see {@link AggregatorView#take}. */
    final AggregatorView.Given[] takeGiven() {
        return aggregates.take();
    }

    /** As {@link #move}, for a vertex that is computed again within a superstep; {@link #endAgain} follows. */
    final void beginAgain(int vertex) {
        move(vertex, true);
        hadHaltedAll = hasHaltedAll;
        hadAggregated = hasAggregated;
        hasHaltedAll = false;
        hasAggregated = false;
    }

    /** The vertex may have sent, and must have voted to halt. */
    final void endAgain() {
        if (!hasHalted || hasHaltedAll || hasAggregated) {
            throw new IllegalStateException(
                    "vertex '" + id()
                            + "' aggregates, halts all or does not vote to halt, which a program marked with @Monotone may not");
        }
        hasHaltedAll = hadHaltedAll;
        hasAggregated = hadAggregated;
    }

    final void move(int vertex, boolean message) {
        number = vertex;
        hasMessage = message;
        hasSent = false;
        hasHalted = false;
    }

    /**
     * After an initial value: what it sent would lie in the outbox of a superstep in which nobody is known to have sent, and
     * come to neighbours or not as the edges happen to be gathered.
     */
    final void refuseActs() {
        if (hasSent || hasHalted || hasHaltedAll || hasAggregated) {
            throw new IllegalStateException(
                    "initialValue() of vertex '" + id() + "' sends, aggregates or halts; only compute() may");
        }
    }

    @Override
    public final long superstep() {
        return superstep;
    }

    @Override
    public final long vertexCount() {
        return partition.vertexCount();
    }

    @Override
    public final long edgeCount() {
        return partition.edgeCount();
    }

    @Override
    public final String id() {
        return partition.ids().text(number);
    }

    @Override
    public final long longId() {
        return partition.ids().longId(number);
    }

    @Override
    public final boolean is(VertexReference vertex) {
        return vertex.number() == number;
    }

    @Override
    public final long label() {
        if (labels == null) {
            throw new IllegalStateException("label() is for programs marked with @ValuesAreLabels");
        }
        return labels.label(number);
    }

    @Override
    public final int outDegree() {
        return degree[number];
    }

    @Override
    public final boolean hasMessage() {
        return hasMessage;
    }

    @Override
    public double doubleValue() {
        throw new IllegalStateException("the values of this program are not doubles");
    }

    @Override
    public long longValue() {
        throw new IllegalStateException("the values of this program are not longs");
    }

    @Override
    public int intValue() {
        throw new IllegalStateException("the values of this program are not ints");
    }

    @Override
    public void sendToNeighbours(double message) {
        throw new IllegalStateException("the messages of this program are whole numbers, " + message + " is a double");
    }

    @Override
    public final void aggregate(DoubleAggregator aggregator, double value) {
        hasAggregated = true;
        aggregates.add(aggregator, value);
    }

    @Override
    public final void aggregate(LongAggregator aggregator, long value) {
        hasAggregated = true;
        aggregates.add(aggregator, value);
    }

    @Override
    public final double aggregated(DoubleAggregator aggregator) {
        return aggregates.before(aggregator);
    }

    @Override
    public final long aggregated(LongAggregator aggregator) {
        return aggregates.before(aggregator);
    }

    @Override
    public final void voteToHalt() {
        hasHalted = true;
    }

    @Override
    public final void haltAll() {
        hasHaltedAll = true;
    }
}
