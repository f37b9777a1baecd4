package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.bsp.KeyedCombiner;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.GraphSink;
import io.valiant.graph.InputLine;
import io.valiant.graph.MasterCompute;
import io.valiant.graph.MasterContext;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexChanges;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexReader;
import io.valiant.graph.VertexResolver;
import io.valiant.graph.VertexWriter;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.fake.Network;
import io.valiant.io.BadRecordException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.junit.jupiter.api.Test;

class GeneralRunTest {
    private static final String VERTICES = "1\n2\n3\n";

    /** Does what a setting says, in superstep 0 of vertex 1. */
    public static class Doing extends VertexProgram<LongWritable, Text, IntWritable, Text> {
        private String what;

        @Override
        public void setup(ProgramSetup graph) {
            what = graph.settings().get("what", "");
        }

        @Override
        public void initialise(Vertex<LongWritable, Text, IntWritable, Text> v) {
            if (what.equals("send early")) {
                v.sendToNeighbours(new Text("x"));
            }
            if (what.equals("edges early")) {
                v.addEdge(new LongWritable(1000 + v.id().get()), new IntWritable(1));
            }
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public void compute(Vertex<LongWritable, Text, IntWritable, Text> v, Iterable<Text> messages) {
            for (Text message : messages) {
                v.value().set(v.value() + "+" + message);
            }
            v.voteToHalt();
            if (v.superstep() > 0 || v.id().get() != 1) {
                return;
            }
            Vertex raw = v;
            switch (what) {
                case "null" -> v.send(v.id(), null);
                case "class" -> raw.send(v.id(), new LongWritable(1));
                case "id class" -> raw.send((Writable) new Text("1"), new Text("x"));
                case "number" -> v.sendTo(123_456, new Text("x"));
                case "negative" -> v.sendTo(-1, new Text("x"));
                case "edges" -> v.edges().forEach(edge -> v.removeEdges(edge.target()));
                case "nowhere" -> v.send(new LongWritable(77), new Text("hello"));
                case "aggregate" -> v.aggregate(Programs.Phases.LONGEST, new Text("x"));
                default -> v.sendToNeighbours(new Text("from 1"));
            }
        }

        @Override
        public VertexWriter<LongWritable, Text, IntWritable, Text> writer() {
            return (v, out) -> {
                if (what.equals("send late")) {
                    v.sendToNeighbours(new Text("x"));
                }
                if (what.equals("two lines")) {
                    out.writeLine("a\nb");
                }
                out.writeLine(v.id() + " " + v.value() + "/" + v.outDegree());
            };
        }
    }

    private static FakeJob doing(String what) {
        return FakeJob.of(Doing.class)
                .graph(VERTICES, "1 2\n1 3\n2 3\n")
                .set("what", what)
                .tasks(2);
    }

    @Test
    void messagesGoToNeighboursAndToThoseThatAreNotThere() throws Exception {
        assertThat(doing("").run().values()).hasToString("{1=/2, 2=+from 1/1, 3=+from 1/0}");
        assertThat(doing("nowhere").run().values()).hasToString("{1=/2, 2=/1, 3=/0, 77=+hello/0}");
        assertThat(doing("nowhere").over(Network.MEMORY).run().values()).hasToString("{1=/2, 2=/1, 3=/0, 77=+hello/0}");
    }

    @Test
    void edgesMayBeAddedBeforeTheFirstSuperstep() throws Exception {
        StringBuilder vertices = new StringBuilder();
        for (int v = 0; v < 64; v++) {
            vertices.append(v).append('\n');
        }
        FakeJob job = FakeJob.of(Doing.class).graph(vertices.toString(), "").set("what", "edges early");
        for (int tasks = 1; tasks <= 3; tasks++) {
            assertThat(job.tasks(tasks).run().values()).hasSize(65).containsEntry("63", "/1");
        }
    }

    @Test
    void misuseIsToldAtOnce() {
        tells("null", "a message of null in a program whose messages are of org.apache.hadoop.io.Text");
        tells(
                "class",
                "a message of org.apache.hadoop.io.LongWritable in a program whose messages are of"
                        + " org.apache.hadoop.io.Text");
        tells(
                "id class",
                "a id of org.apache.hadoop.io.Text in a program whose ids are of org.apache.hadoop.io.LongWritable");
        tells("number", "a message was sent to the vertex of number 123456, which there is not");
        tells("negative", "sendTo() the vertex of number -1, which there is not");
        tells("edges", "edges were added or removed while they were gone through");
        tells("aggregate", "aggregator 'longest' is not known: register it in the program's setup()");
        tells("send early", "sendToNeighbours() is for compute(), not for initialise()");
        tells("send late", "sendToNeighbours() is for compute(), not for a writer");
        tells("two lines", "a line of output holds a line end: 'a'");
    }

    /** Combines by a key. */
    public static final class ByKey extends Doing {
        @Override
        public Combiner<Text> combiner() {
            return new FirstOfLength();
        }
    }

    /** Keeps one of each length. */
    private static final class FirstOfLength implements KeyedCombiner<Text> {
        @Override
        public long key(Text message) {
            return message.getLength();
        }

        @Override
        public void combine(Text first, Text message) {}
    }

    @Test
    void aCombinerWithKeysIsRefused() {
        assertThatThrownBy(() -> FakeJob.of(ByKey.class).graph(VERTICES, "").run())
                .hasMessage("the combiner " + FirstOfLength.class.getName()
                        + " has keys, which messages to a vertex are not combined by; make it a Combiner");
    }

    private static void tells(String what, String message) {
        assertThatThrownBy(() -> doing(what).run()).hasMessage(message);
    }

    @Test
    void badInputIsTold() {
        assertThatThrownBy(() -> doing("").graph(VERTICES, "1 2\n1 x\n").run())
                .isInstanceOf(BadRecordException.class)
                .hasMessage("test.e line 2 '1 x' has an id that is not one of org.apache.hadoop.io.LongWritable");
        assertThatThrownBy(() -> doing("").graph(VERTICES, "1 4\n").run())
                .hasMessage(
                        "the edge from '1' to '4' names vertex '4', which no line of vertices does; add it there, or"
                                + " drop such edges with --lenient (graph.lenient)");
        assertThatThrownBy(() -> doing("").graph(VERTICES, "4 1\n").run())
                .hasMessageStartingWith("the edge from '4' to '1' names vertex '4', which no line");
        assertThatThrownBy(() -> doing("").graph("", "").run())
                .hasMessage("a graph without vertices: the input names none");
        assertThatThrownBy(() -> FakeJob.of(Doing.class).run())
                .hasMessage(
                        "the job has no input; give it one with GraphJob.vertices and edges, or adjacency (--input)");
    }

    @Test
    void lenientDropsEdgesWithoutEnds() throws Exception {
        assertThat(doing("")
                        .graph(VERTICES, "1 4\n4 1\n1 3\n")
                        .set(GraphSettings.LENIENT, true)
                        .set(GraphSettings.DIRECTED, false)
                        .run()
                        .values())
                .hasToString("{1=/1, 2=/0, 3=+from 1/1}");
    }

    /** Reads {@code id=value>target,weight …}. */
    public static final class OwnFormat extends VertexProgram<Text, LongWritable, DoubleWritable, NullWritable> {
        @Override
        public void compute(
                Vertex<Text, LongWritable, DoubleWritable, NullWritable> v, Iterable<NullWritable> messages) {
            double sum = v.value().get();
            for (var edge : v.edges()) {
                sum += edge.value().get();
                edge.setValue(new DoubleWritable(edge.value().get() * 2));
            }
            v.value().set((long) sum);
            if (v.edgeValue(new Text("nobody")) != null || v.setEdgeValue(new Text("nobody"), new DoubleWritable(1))) {
                throw new IllegalStateException("an edge to nobody");
            }
            v.haltAll();
        }

        @Override
        public VertexReader<Text, LongWritable, DoubleWritable> reader() {
            return OwnFormat::read;
        }

        private static void read(InputLine line, GraphSink<Text, LongWritable, DoubleWritable> into)
                throws BspException {
            int equals = line.text().indexOf('=');
            if (equals < 0) {
                throw line.bad("is not 'id=value>…'");
            }
            String[] parts = line.text().substring(equals + 1).split(">", -1);
            Text id = new Text(line.text().substring(0, equals));
            into.vertex(id, new LongWritable(Long.parseLong(parts[0])));
            for (int i = 1; i < parts.length; i++) {
                String[] edge = parts[i].split(",", -1);
                into.edge(id, new Text(edge[0]), new DoubleWritable(Double.parseDouble(edge[1])));
            }
        }

        @Override
        public VertexWriter<Text, LongWritable, DoubleWritable, NullWritable> writer() {
            return (v, out) -> {
                out.write(v.id() + " value", v.value());
                for (var edge : v.edges()) {
                    out.write(v.id() + " to " + edge.target(), edge.value());
                }
            };
        }
    }

    @Test
    void programsReadAndWriteTheirOwnLines() throws Exception {
        FakeJob job = FakeJob.of(OwnFormat.class)
                .input("people", "ann=5>bob,1.5>ann,2\nbob=7\n")
                .tasks(3);
        assertThat(String.join(
                        "", job.run().parts().stream().map(String::new).sorted().toList()))
                .isEqualTo("ann value\t8\nann to bob\t3.0\nann to ann\t4.0\nbob value\t7\n");
        assertThatThrownBy(() -> job.input("people", "ann=5\nbob\n").run())
                .hasMessage("people.txt line 2 'bob' is not 'id=value>…'");
        assertThatThrownBy(() -> job.input("people", "ann=5\nann=6\n").run())
                .hasMessage("vertex 'ann' is given a value twice");
    }

    /** Creates nobody for a message, and keeps those who were to go; counts what it was asked. */
    public static final class Stubborn extends VertexProgram<LongWritable, LongWritable, NullWritable, LongWritable> {
        @Override
        public void compute(
                Vertex<LongWritable, LongWritable, NullWritable, LongWritable> v, Iterable<LongWritable> messages) {
            v.voteToHalt();
            if (v.superstep() == 0 && v.id().get() < 4) {
                v.send(new LongWritable(50), v.id());
                v.removeVertex(new LongWritable(2));
                v.addVertex(new LongWritable(60), v.id());
                v.addVertex(new LongWritable(3), v.id());
            }
        }

        @Override
        public VertexResolver<LongWritable, LongWritable> resolver() {
            return new VertexResolver<>() {
                @Override
                public void resolve(VertexChanges<LongWritable, LongWritable> changes) {
                    if (changes.additionCount() > 0) {
                        long sum = changes.exists() ? 1000 + changes.value().get() : 0;
                        for (LongWritable value : changes.additions()) {
                            sum += value.get();
                        }
                        changes.set(new LongWritable(sum));
                    }
                }
            };
        }
    }

    @Test
    void aResolverOfTheProgramDecides() throws Exception {
        for (int tasks = 1; tasks <= 4; tasks++) {
            assertThat(FakeJob.of(Stubborn.class)
                            .graph(VERTICES, "")
                            .tasks(tasks)
                            .run()
                            .values())
                    .hasToString("{1=0, 2=0, 3=1006, 60=6}");
        }
    }

    /** Has a master that forgets. */
    public static final class Forgetful extends VertexProgram<LongWritable, NullWritable, NullWritable, NullWritable> {
        @Override
        public void compute(
                Vertex<LongWritable, NullWritable, NullWritable, NullWritable> v, Iterable<NullWritable> messages) {
            v.voteToHalt();
        }

        @Override
        public MasterCompute master() {
            return new MasterCompute() {
                private int turns;

                @Override
                public void compute(MasterContext master) {
                    turns++;
                    master.phase(turns);
                }
            };
        }
    }

    @Test
    void aMasterThatWouldForgetIsRefused() {
        assertThatThrownBy(() -> FakeJob.of(Forgetful.class).graph(VERTICES, "").run())
                .hasMessageContaining("has the field 'turns' and does not save it: override write and readFields");
    }

    @Test
    void everyNetworkGivesTheSameBytes() throws Exception {
        List<FakeJob.Result> results = new ArrayList<>();
        for (Network network : Network.values()) {
            results.add(FakeJob.of(Programs.Gossip.class)
                    .graph("a\nbb\nccc\ndddd\n", "a bb\nbb ccc\nccc a\ndddd a\na dddd\n")
                    .set("rounds", 5)
                    .tasks(3)
                    .over(network)
                    .run());
        }
        for (FakeJob.Result result : results) {
            assertThat(result.parts())
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(results.get(0).parts());
        }
    }
}
