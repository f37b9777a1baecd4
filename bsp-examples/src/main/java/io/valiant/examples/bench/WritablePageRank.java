package io.valiant.examples.bench;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.algorithm.PageRank;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableComparable;

/**
 * {@link PageRank} as users write it who need more than one primitive elsewhere: with objects of Writables, so that the general
 * engine can be measured against the primitive one. The same ranks, but for the order of sums.
 *
 * @param <I> ids
 */
public abstract class WritablePageRank<I extends WritableComparable<?>>
        extends VertexProgram<I, DoubleWritable, NullWritable, DoubleWritable> {
    private static final DoubleAggregator SINKS = DoubleAggregator.sum("sinks");

    private final DoubleWritable message = new DoubleWritable();
    private long iterations;
    private double damping;

    @Override
    public void setup(ProgramSetup graph) throws BspException {
        iterations = graph.settings().getLong(GraphSettings.ITERATIONS, PageRank.ITERATIONS);
        damping = graph.settings().getDouble(GraphSettings.DAMPING, 0.85);
    }

    @Override
    public void compute(Vertex<I, DoubleWritable, NullWritable, DoubleWritable> v, Iterable<DoubleWritable> messages) {
        double rank = 1.0 / v.vertexCount();
        if (v.superstep() > 0) {
            double sum = 0;
            for (DoubleWritable got : messages) {
                sum += got.get();
            }
            rank = (1 - damping) / v.vertexCount() + damping * (sum + v.aggregated(SINKS) / v.vertexCount());
        }
        v.value().set(rank);
        if (v.superstep() == iterations) {
            v.haltAll();
        } else if (v.outDegree() == 0) {
            v.aggregate(SINKS, rank);
        } else {
            message.set(rank / v.outDegree());
            v.sendToNeighbours(message);
        }
    }

    /** Ids of numbers. */
    public static final class Numbered extends WritablePageRank<LongWritable> {}

    /** Ids of text. */
    public static final class Named extends WritablePageRank<Text> {}

    /** Ids of numbers, and messages that are added up where they are sent. */
    public static final class Combined extends WritablePageRank<LongWritable> {
        @Override
        public Combiner<DoubleWritable> combiner() {
            return (sum, added) -> sum.set(sum.get() + added.get());
        }
    }
}
