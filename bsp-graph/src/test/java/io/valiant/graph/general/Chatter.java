package io.valiant.graph.general;

import io.valiant.bsp.Combiner;
import io.valiant.graph.Edge;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import java.util.Objects;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;

/**
 * Vertices that speak to their neighbours by chance: all, most or few of them, once or twice, to one only, while edges and
 * vertices come and go. The value of each tells what it has heard, in order.
 */
public class Chatter extends VertexProgram<Text, Text, NullWritable, Text> {
    private static final int ROUNDS = 7;
    private final Text said = new Text();
    private long seed;
    private int length;

    @Override
    public void setup(ProgramSetup graph) {
        length = graph.settings().getInt("length", 1);
        seed = graph.settings().getLong("seed", 1);
    }

    @Override
    public void compute(Vertex<Text, Text, NullWritable, Text> v, Iterable<Text> messages) {
        StringBuilder heard = new StringBuilder();
        for (Text message : messages) {
            heard.append(message).append('|');
        }
        v.setValue(new Text("" + Objects.hash(v.value().toString(), heard.toString(), v.outDegree())));
        if (v.superstep() == ROUNDS) {
            v.voteToHalt();
            return;
        }
        // some as long as all others, some not
        said.set(chance(v, 3) == 0 && v.superstep() > 3 ? "by " + v.id() : "" + (char) ('a' + chance(v, 26)));
        said.set(said.toString().repeat(length));
        switch (Math.floorMod(Objects.hash(seed, v.superstep()), 5)) {
            case 0, 1 -> v.sendToNeighbours(said);
            case 2 -> {
                if (chance(v, 4) > 0) {
                    v.sendToNeighbours(said);
                }
            }
            case 3 -> {
                if (chance(v, 9) == 0) {
                    v.sendToNeighbours(said);
                }
            }
            default -> speak(v, manner(chance(v, 16)));
        }
    }

    private void speak(Vertex<Text, Text, NullWritable, Text> v, int manner) {
        Text first = new Text("none");
        for (Edge<Text, NullWritable> edge : v.edges()) {
            first.set(edge.target());
            break;
        }
        switch (manner) {
            case 0 -> v.sendToNeighbours(said, edge -> edge.target().getLength() % 2 == 0);
            case 1 -> v.sendToNeighbours(said);
            case 2 -> v.send(first, said);
            case 3 -> v.addEdge(new Text(v.id()), NullWritable.get());
            case 4 -> v.removeEdges(first);
            case 5 -> v.addEdge(new Text("new" + chance(v, 5)), NullWritable.get());
            case 6 -> v.removeVertex(first);
            default -> {}
        }
        v.sendToNeighbours(said);
        switch (manner) {
            case 7 -> v.removeEdges(first);
            case 8 -> v.addEdge(new Text(v.id()), NullWritable.get());
            case 9 -> v.send(first, said);
            default -> {}
        }
    }

    /** What is done of what was drawn. */
    int manner(int drawn) {
        return drawn;
    }

    private int chance(Vertex<Text, Text, NullWritable, Text> v, int of) {
        return Math.floorMod((Objects.hash(seed, v.superstep(), v.id().toString(), of) * 0x9E3779B1) >> 8, of);
    }

    /**
     * Each hears one message for each of the tasks that sent some, which tells where each task's begins. Nothing is sent to who is
     * not there: combined messages leave at the end, so whom they make comes later than without a combiner, and speaks later.
     */
    public static final class Combined extends Chatter {
        @Override
        int manner(int drawn) {
            return switch (drawn) {
                case 2, 5, 6, 9 -> 15;
                default -> drawn;
            };
        }

        @Override
        public Combiner<Text> combiner() {
            return (all, next) -> all.set("(" + all + next + ")");
        }
    }
}
