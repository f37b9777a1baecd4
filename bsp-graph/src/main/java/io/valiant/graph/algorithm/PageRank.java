package io.valiant.graph.algorithm;

import static io.valiant.graph.Combination.SUM;

import io.valiant.bsp.BspException;
import io.valiant.graph.Combine;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.GraphSetup;
import io.valiant.graph.VertexContext;

/**
 * Page and Brin 1998, with the mass of sinks spread evenly. Ranks add up to 1. Exactly
 * {@value io.valiant.graph.GraphSettings#ITERATIONS} iterations, {@value #ITERATIONS} unless told.
 */
@Combine(SUM)
public final class PageRank extends DoubleVertexProgram {
    /** So many unless told otherwise. */
    public static final long ITERATIONS = 30;

    private static final DoubleAggregator SINKS = DoubleAggregator.sum("sinks");

    private long iterations;
    private double damping;

    @Override
    public void setup(GraphSetup graph) throws BspException {
        iterations = graph.settings().getLong(GraphSettings.ITERATIONS, ITERATIONS);
        damping = graph.settings().getDouble(GraphSettings.DAMPING, 0.85);
        if (iterations < 0 || !(damping >= 0 && damping <= 1)) {
            throw BspException.user(
                    "PageRank wants at least 0 iterations and a damping factor from 0 to 1, not %d and %s",
                    iterations, damping);
        }
    }

    @Override
    public double compute(VertexContext v, double sum) {
        double rank = v.superstep() == 0
                ? 1.0 / v.vertexCount()
                : (1 - damping) / v.vertexCount() + damping * (sum + v.aggregated(SINKS) / v.vertexCount());
        if (v.superstep() == iterations) {
            v.haltAll();
        } else if (v.outDegree() == 0) {
            v.aggregate(SINKS, rank);
        } else {
            v.sendToNeighbours(rank / v.outDegree());
        }
        return rank;
    }
}
