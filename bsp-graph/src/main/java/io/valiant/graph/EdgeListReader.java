package io.valiant.graph;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.Writable;

/**
 * Reads input {@value GraphSettings#VERTICES}, one id a line, and any other with {@code from to [weight]} a line, blanks or
 * tabs between. Without {@value GraphSettings#WEIGHTED} a third word is passed over, and values of edges are as their
 * constructor makes them.
 *
 * @param <I> ids, one of Hadoop's simple Writables
 * @param <V> values of vertices
 * @param <E> values of edges, if weighted one of Hadoop's simple Writables
 */
public final class EdgeListReader<I extends Writable, V extends Writable, E extends Writable>
        extends TextReader<I, V, E> {
    private static final int MOST = 4;

    public EdgeListReader() {
        super(MOST);
    }

    @Override
    public void read(InputLine line, GraphSink<I, V, E> into) throws BspException {
        int words = words(line);
        if (words == 0) {
            return;
        }
        if (line.input().equals(GraphSettings.VERTICES)) {
            if (words > 1) {
                throw line.bad("is not a vertex: one id a line");
            }
            into.vertex(source(line, 0));
            return;
        }
        if (words < (isWeighted() ? 3 : 2) || words > 3) {
            throw line.bad(isWeighted() ? "is not an edge: two ids and a weight" : "is not an edge: two ids");
        }
        into.edge(source(line, 0), target(line, 1), value(line, 2));
    }
}
