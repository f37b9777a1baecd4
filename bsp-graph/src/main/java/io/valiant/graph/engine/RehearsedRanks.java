package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;

/**
 * What a spare plays of general vertex programs: messages to all neighbours in every superstep, added up. In the first half
 * edges change, so that mirrors are made again and again: an edge to itself is added to each vertex or removed from it in turns.
 * The last of them adds: a mirror of edges that are gone stays, and would keep the second half from using all mirrors.
 */
final class RehearsedRanks extends VertexProgram<LongWritable, DoubleWritable, NullWritable, DoubleWritable> {
    private static final DoubleAggregator SINKS = DoubleAggregator.sum("sinks");

    private final DoubleWritable share = new DoubleWritable();
    private long supersteps;

    @Override
    public void setup(ProgramSetup graph) throws BspException {
        supersteps = graph.settings().getLong(GraphSettings.ITERATIONS, 1);
    }

    @Override
    public void compute(
            Vertex<LongWritable, DoubleWritable, NullWritable, DoubleWritable> v, Iterable<DoubleWritable> messages) {
        double rank = v.aggregated(SINKS);
        for (DoubleWritable message : messages) {
            rank += message.get();
        }
        v.value().set(rank);
        if (v.superstep() == supersteps) {
            v.haltAll();
        } else if (v.outDegree() == 0) {
            v.aggregate(SINKS, rank);
        } else {
            share.set(rank / v.outDegree());
            v.sendToNeighbours(share);
        }
        if (v.superstep() < supersteps / 2) {
            changeEdges(v);
        }
    }

    private static void changeEdges(Vertex<LongWritable, DoubleWritable, NullWritable, DoubleWritable> v) {
        if (v.removeEdges(v.id()) == 0) {
            v.addEdge(v.id(), NullWritable.get());
        }
    }
}
