package io.valiant.graph;

import io.valiant.bsp.Counter;

/** What a {@link VertexProgram} may ask, and has to tell, before superstep 0 or the first superstep after a checkpoint. */
public interface ProgramSetup extends GraphFacts {
    /** Makes an aggregator of Writables known. Each task must register the same. */
    void register(ValueAggregator<?> aggregator);

    /** A counter of the job, summed over all tasks when it has succeeded. */
    Counter counter(String group, String name);
}
