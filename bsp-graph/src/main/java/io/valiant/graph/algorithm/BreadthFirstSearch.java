package io.valiant.graph.algorithm;

import static io.valiant.graph.Combination.MIN;

import io.valiant.bsp.BspException;
import io.valiant.graph.Combine;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.GraphSetup;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.Monotone;
import io.valiant.graph.VertexContext;
import io.valiant.graph.VertexReference;

/**
 * The least number of edges from the vertex {@value io.valiant.graph.GraphSettings#SOURCE} to every other, following them
 * forward; {@link Long#MAX_VALUE} for those that cannot be reached.
 */
@Combine(MIN)
@Monotone
public final class BreadthFirstSearch extends LongVertexProgram {
    private static final long UNREACHED = Long.MAX_VALUE;

    private VertexReference source;

    @Override
    public void setup(GraphSetup graph) throws BspException {
        String id = graph.settings().get(GraphSettings.SOURCE);
        if (id == null) {
            throw BspException.user("breadth-first search needs a vertex to start at: set %s", GraphSettings.SOURCE);
        }
        source = graph.vertex(id);
    }

    @Override
    public long initialValue(VertexContext v) {
        return UNREACHED;
    }

    @Override
    public long compute(VertexContext v, long nearest) {
        v.voteToHalt();
        long distance = v.superstep() == 0 && v.is(source) ? 0 : nearest;
        if (distance >= v.longValue()) {
            return v.longValue();
        }
        v.sendToNeighbours(distance + 1);
        return distance;
    }
}
