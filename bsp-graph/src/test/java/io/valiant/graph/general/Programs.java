package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.Edge;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.MasterCompute;
import io.valiant.graph.MasterContext;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.ValueAggregator;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;

/** Programs that tests of the general engine run; as users would write them. */
public final class Programs {
    private Programs() {}

    /** As in the description of the API: shortest paths over any ids, without a combiner. */
    public static class Paths extends VertexProgram<Text, DoubleWritable, DoubleWritable, DoubleWritable> {
        private String source;
        private final DoubleWritable sent = new DoubleWritable();

        @Override
        public void setup(ProgramSetup graph) {
            source = graph.settings().get(GraphSettings.SOURCE);
        }

        @Override
        public void initialise(Vertex<Text, DoubleWritable, DoubleWritable, DoubleWritable> v) {
            v.value().set(Double.POSITIVE_INFINITY);
        }

        @Override
        public void compute(
                Vertex<Text, DoubleWritable, DoubleWritable, DoubleWritable> v, Iterable<DoubleWritable> messages) {
            double nearest = v.superstep() == 0 && v.id().toString().equals(source) ? 0 : Double.POSITIVE_INFINITY;
            for (DoubleWritable message : messages) {
                nearest = Math.min(nearest, message.get());
            }
            if (nearest < v.value().get()) {
                v.value().set(nearest);
                for (Edge<Text, DoubleWritable> edge : v.edges()) {
                    sent.set(nearest + edge.value().get());
                    send(v, edge);
                }
            }
            v.voteToHalt();
        }

        void send(Vertex<Text, DoubleWritable, DoubleWritable, DoubleWritable> v, Edge<Text, DoubleWritable> edge) {
            v.send(edge.target(), sent);
        }

        final DoubleWritable sent() {
            return sent;
        }
    }

    /** The same with a combiner, sending along edges. */
    public static final class CombinedPaths extends Paths {
        @Override
        public Combiner<DoubleWritable> combiner() {
            return (least, other) -> least.set(Math.min(least.get(), other.get()));
        }

        @Override
        void send(Vertex<Text, DoubleWritable, DoubleWritable, DoubleWritable> v, Edge<Text, DoubleWritable> edge) {
            v.send(edge, sent());
        }
    }

    /** Every vertex tells everybody what it was told: its value is all of it in the order in which it came. */
    public static final class Gossip extends VertexProgram<Text, Text, NullWritable, Text> {
        private long rounds;

        @Override
        public void setup(ProgramSetup graph) {
            rounds = graph.settings().getLong("rounds", 3);
        }

        @Override
        public void compute(Vertex<Text, Text, NullWritable, Text> v, Iterable<Text> messages) {
            int hash = v.id().hashCode();
            StringBuilder heard = new StringBuilder();
            for (Text message : messages) {
                heard.append(message).append('|');
                hash = hash * 31 + message.hashCode();
            }
            v.setValue(new Text(heard.append(hash).toString()));
            if (v.superstep() < rounds) {
                v.sendToNeighbours(new Text(v.id() + "." + v.superstep() + "." + (hash & 0xff)));
                v.sendToNeighbours(
                        new Text("odd " + v.id()), edge -> edge.target().getLength() % 2 == 1);
            } else {
                v.voteToHalt();
            }
        }
    }

    /** Sums in phases: all kinds of aggregators, a master with a field, phases, and the master's end. */
    public static final class Phases extends VertexProgram<LongWritable, Text, NullWritable, LongWritable> {
        static final LongAggregator TOTAL = LongAggregator.sum("total").persistent();
        static final DoubleAggregator MEAN = DoubleAggregator.sum("mean");
        static final ValueAggregator<Text> LONGEST = new ValueAggregator<>("longest", Text::new, (a, b) -> {
            if (b.getLength() > a.getLength() || (b.getLength() == a.getLength() && b.compareTo(a) < 0)) {
                a.set(b);
            }
        });
        static final LongAggregator GIVEN = LongAggregator.max("given").startingAt(-5);

        @Override
        public void setup(ProgramSetup graph) {
            graph.register(LONGEST);
        }

        @Override
        public void compute(Vertex<LongWritable, Text, NullWritable, LongWritable> v, Iterable<LongWritable> messages) {
            v.setValue(new Text(v.value() + ";" + v.phase() + "," + v.aggregated(TOTAL) + "," + v.aggregated(MEAN) + ","
                    + v.aggregated(LONGEST) + "," + v.aggregated(GIVEN)));
            v.aggregate(TOTAL, 1);
            v.aggregate(MEAN, v.id().get() / (double) v.vertexCount());
            v.aggregate(LONGEST, new Text("v" + v.id()));
        }

        @Override
        public MasterCompute master() {
            return new Master();
        }

        /** Counts its turns in a field. */
        public static final class Master extends MasterCompute {
            private int turns;

            @Override
            public void setup(ProgramSetup graph) {
                if (graph.vertexCount() == 0) {
                    throw new IllegalStateException("no vertices");
                }
            }

            @Override
            public void compute(MasterContext master) throws BspException {
                turns++;
                master.phase(turns / 2);
                master.set(GIVEN, turns * 100L + master.superstep());
                if (master.superstep() == 2) {
                    master.set(TOTAL, 1000);
                    master.set(LONGEST, new Text("set by the master"));
                }
                if (turns == 6) {
                    master.haltAll();
                }
            }

            @Override
            public void write(DataOutput out) throws IOException {
                out.writeInt(turns);
            }

            @Override
            public void readFields(DataInput in) throws IOException {
                turns = in.readInt();
            }
        }
    }
}
