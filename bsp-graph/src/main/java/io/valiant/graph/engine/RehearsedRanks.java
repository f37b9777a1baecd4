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
 * What a spare plays of general vertex programs: messages to all neighbours in every superstep, added up. In two of four
 * supersteps edges change, so that mirrors are made again and again: an edge to itself is removed from each vertex and then added to it.
 * In the two behind them all mirrors are used: one of edges that are gone stays, so the last of the changes adds. So it goes to the end: what is not called
 * any more is forgotten by the optimising compiler before its turn comes.
 */
abstract class RehearsedRanks extends VertexProgram<LongWritable, DoubleWritable, NullWritable, DoubleWritable> {
    private static final DoubleAggregator SINKS = DoubleAggregator.sum("sinks");

    private final DoubleWritable share = new DoubleWritable();
    private long supersteps;

    @Override
    public void setup(ProgramSetup graph) throws BspException {
        supersteps = graph.settings().getLong(GraphSettings.ITERATIONS, 1);
    }

    final void rank(
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
        if (changes(v.superstep())) {
            changeEdges(v);
        } else if (v.superstep() % 4 == 1) {
            // so that the engine has seen one that does; woken by what it has sent to itself
            v.voteToHalt();
        }
    }

    /** Adds in the first superstep; then removes in every fourth, and adds in the one behind. */
    private static boolean changes(long superstep) {
        return superstep % 4 == 0 || superstep % 4 == 3;
    }

    private static void changeEdges(Vertex<LongWritable, DoubleWritable, NullWritable, DoubleWritable> v) {
        if (v.removeEdges(v.id()) == 0) {
            v.addEdge(v.id(), NullWritable.get());
        }
    }

    /**
     * One of three classes of programs, played one after the other, each with a {@code compute} of its own. Were there but one or two, the
     * JVM would compile calls of programs for these alone, and throw that away when a job's program comes.
     */
    static final class First extends RehearsedRanks {
        @Override
        public void compute(
                Vertex<LongWritable, DoubleWritable, NullWritable, DoubleWritable> v,
                Iterable<DoubleWritable> messages) {
            rank(v, messages);
        }
    }

    /** See {@link First}. */
    static final class Second extends RehearsedRanks {
        @Override
        public void compute(
                Vertex<LongWritable, DoubleWritable, NullWritable, DoubleWritable> v,
                Iterable<DoubleWritable> messages) {
            rank(v, messages);
        }
    }

    /** See {@link First}. */
    static final class Third extends RehearsedRanks {
        @Override
        public void compute(
                Vertex<LongWritable, DoubleWritable, NullWritable, DoubleWritable> v,
                Iterable<DoubleWritable> messages) {
            rank(v, messages);
        }
    }
}
