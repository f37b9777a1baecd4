package io.valiant.graph;

import org.apache.hadoop.io.Writable;

/** What a {@link MasterCompute} sees and may do between two supersteps. */
public interface MasterContext extends GraphFacts {
    /** The superstep that computes next, from 0. */
    long superstep();

    /** The phase; 0 until it is set. */
    int phase();

    /** Sets what {@link Vertex#phase()} says from the next superstep on. */
    void phase(int next);

    /** What all vertices have given to the aggregator in the superstep before, folded. */
    double aggregated(DoubleAggregator aggregator);

    /** What all vertices have given to the aggregator in the superstep before, folded. */
    long aggregated(LongAggregator aggregator);

    /** What all vertices have given to the aggregator in the superstep before, folded; must not be changed. */
    <A extends Writable> A aggregated(ValueAggregator<A> aggregator);

    /** Sets what the next superstep sees; a persistent aggregator goes on from it. */
    void set(DoubleAggregator aggregator, double value);

    /** Sets what the next superstep sees; a persistent aggregator goes on from it. */
    void set(LongAggregator aggregator, long value);

    /** Sets what the next superstep sees; a persistent aggregator goes on from it. The object is copied. */
    <A extends Writable> void set(ValueAggregator<A> aggregator, A value);

    /** The run ends here: no vertex is computed any more. */
    void haltAll();
}
