package io.valiant.graph;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.Writable;

/**
 * Reads {@code id n1 n2 …} a line: a vertex and those that it has edges to, blanks or tabs between. With
 * {@value GraphSettings#WEIGHTED} each neighbour is followed by the weight: {@code id n1 w1 n2 w2 …}.
 *
 * @param <I> ids, one of Hadoop's simple Writables
 * @param <V> values of vertices
 * @param <E> values of edges, if weighted one of Hadoop's simple Writables
 */
public final class AdjacencyReader<I extends Writable, V extends Writable, E extends Writable>
        extends TextReader<I, V, E> {
    public AdjacencyReader() {
        super(Integer.MAX_VALUE);
    }

    @Override
    public void read(InputLine line, GraphSink<I, V, E> into) throws BspException {
        int words = words(line);
        if (words == 0) {
            return;
        }
        if (isWeighted() && words % 2 == 0) {
            throw line.bad("is not an id with neighbours and their weights: a weight is missing");
        }
        I source = source(line, 0);
        into.vertex(source);
        for (int i = 1; i < words; i += isWeighted() ? 2 : 1) {
            into.edge(source, target(line, i), value(line, isWeighted() ? i + 1 : i));
        }
    }
}
