package io.valiant.graph.algorithm;

import static io.valiant.graph.Combination.MIN;

import io.valiant.bsp.BspException;
import io.valiant.graph.Combine;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.GraphSetup;
import io.valiant.graph.Monotone;
import io.valiant.graph.VertexContext;
import io.valiant.graph.VertexReference;

/**
 * The least sum of weights along a path from the vertex {@value io.valiant.graph.GraphSettings#SOURCE} to every other,
 * following edges forward; infinity for those that cannot be reached. Weights are at least 0: a lower one is refused where a path
 * leads along it, and may be elsewhere.
 */
@Combine(MIN)
@Monotone(growsWithWeight = true)
public final class ShortestPaths extends DoubleVertexProgram {
    private VertexReference source;

    @Override
    public void setup(GraphSetup graph) throws BspException {
        String id = graph.settings().get(GraphSettings.SOURCE);
        if (id == null) {
            throw BspException.user("shortest paths need a vertex to start at: set %s", GraphSettings.SOURCE);
        }
        source = graph.vertex(id);
    }

    @Override
    public double initialValue(VertexContext v) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double compute(VertexContext v, double nearest) {
        v.voteToHalt();
        double distance = v.superstep() == 0 && v.is(source) ? 0 : nearest;
        if (distance >= v.doubleValue()) {
            return v.doubleValue();
        }
        v.sendToNeighbours(distance);
        return distance;
    }

    @Override
    public double alongEdge(double distance, double weight) {
        if (weight < 0) {
            throw new IllegalArgumentException(
                    "an edge has the weight " + weight + ": shortest paths need weights of at least 0");
        }
        return distance + weight;
    }
}
