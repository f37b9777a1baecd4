package io.valiant.graph.algorithm;

import static io.valiant.graph.Combination.MIN;

import io.valiant.graph.BothDirections;
import io.valiant.graph.Combine;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.Monotone;
import io.valiant.graph.ValuesAreLabels;
import io.valiant.graph.VertexContext;

/** Weakly connected components: every vertex gets the smallest id of its component, directions disregarded. */
@Combine(MIN)
@Monotone(withinTask = true)
@BothDirections
@ValuesAreLabels
public final class ConnectedComponents extends LongVertexProgram {
    @Override
    public long initialValue(VertexContext v) {
        return v.label();
    }

    @Override
    public long compute(VertexContext v, long smallest) {
        v.voteToHalt();
        if (v.superstep() > 0 && smallest >= v.longValue()) {
            return v.longValue();
        }
        long label = Math.min(smallest, v.longValue());
        v.sendToNeighbours(label);
        return label;
    }
}
