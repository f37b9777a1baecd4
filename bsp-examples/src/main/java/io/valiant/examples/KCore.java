package io.valiant.examples;

import static io.valiant.graph.Combination.SUM;

import io.valiant.bsp.BspException;
import io.valiant.graph.Combine;
import io.valiant.graph.GraphSetup;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.VertexContext;

/**
 * The k-core of an undirected graph (S. Seidman, Network structure and minimum degree, 1983): what is left when vertices with less
 * than k edges are taken away with their edges, again and again. A vertex that goes tells its neighbours, who count one edge less.
 *
 * <p>Output: {@code id edges} with the edges that the vertex has within the k-core, 0 for those outside.
 */
@Combine(SUM)
public final class KCore extends LongVertexProgram {
    /** Setting: the least number of edges, at least 1; 3 unless told. */
    public static final String K = "kcore.k";

    private long k;

    @Override
    public void setup(GraphSetup graph) throws BspException {
        k = graph.settings().getLong(K, 3);
        if (k < 1) {
            throw BspException.user("%s = %d: a core has vertices of at least 1 edge", K, k);
        }
    }

    /** @param gone how many neighbours have gone in the superstep before */
    @Override
    public long compute(VertexContext v, long gone) {
        v.voteToHalt();
        boolean begins = v.superstep() == 0;
        long edges = begins ? v.outDegree() : v.longValue() - gone;
        boolean isIn = begins || v.longValue() > 0;
        if (isIn && edges < k) {
            v.sendToNeighbours(1);
        }
        return isIn && edges >= k ? edges : 0;
    }
}
