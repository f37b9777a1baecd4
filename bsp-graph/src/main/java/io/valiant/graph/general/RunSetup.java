package io.valiant.graph.general;

import io.valiant.bsp.Counter;
import io.valiant.bsp.Settings;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.ValueAggregator;
import io.valiant.graph.step.Aggregates;
import io.valiant.task.TaskContext;

/** What a program is told before its first superstep. */
record RunSetup(TaskContext context, Aggregates aggregates, long vertexCount, long edgeCount) implements ProgramSetup {
    @Override
    public Settings settings() {
        return context.settings();
    }

    @Override
    public void register(ValueAggregator<?> aggregator) {
        aggregates.register(aggregator);
    }

    @Override
    public Counter counter(String group, String name) {
        return context.counter(group, name);
    }
}
