package io.valiant.examples;

import static io.valiant.graph.Combination.SUM;

import io.valiant.graph.Combine;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.VertexContext;

/**
 * Counts how many edges lead to each vertex: the smallest vertex program there is. Every vertex sends a 1 along its edges, and the
 * engine adds up what comes.
 *
 * <p>Output: {@code id edges}.
 */
@Combine(SUM)
public final class InLinkCount extends LongVertexProgram {
    @Override
    public long compute(VertexContext v, long links) {
        v.voteToHalt();
        if (v.superstep() == 0) {
            v.sendToNeighbours(1);
        }
        return links;
    }
}
