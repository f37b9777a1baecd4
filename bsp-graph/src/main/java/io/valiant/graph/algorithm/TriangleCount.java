package io.valiant.graph.algorithm;

import io.valiant.bsp.Counter;
import io.valiant.graph.BothDirections;
import io.valiant.graph.Edge;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import java.util.TreeSet;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;

/**
 * Counts triangles, directions and repeated edges disregarded: every vertex gets the number of those it is a corner of; the
 * counter {@code triangles} of group {@code graph} has all, each once. Every vertex tells its greater neighbours (by id) of each
 * other; who is told of one that is its own neighbour too has found a triangle.
 */
@BothDirections
public final class TriangleCount extends VertexProgram<Text, LongWritable, NullWritable, IdList> {
    private final IdList sent = new IdList();
    private Counter triangles;

    @Override
    public void setup(ProgramSetup graph) {
        triangles = graph.counter("graph", "triangles");
    }

    @Override
    public void compute(Vertex<Text, LongWritable, NullWritable, IdList> v, Iterable<IdList> messages) {
        v.voteToHalt();
        if (v.superstep() == 0) {
            TreeSet<Text> greater = greater(v);
            sent.from.set(v.id());
            sent.ids.clear();
            sent.ids.addAll(greater);
            for (Text target : greater) {
                v.send(target, sent);
            }
            return;
        }
        long corners = 0;
        TreeSet<Text> greater = v.superstep() == 1 ? greater(v) : null;
        for (IdList message : messages) {
            if (greater == null) {
                corners++;
                continue;
            }
            for (Text third : message.ids) {
                if (greater.contains(third)) {
                    corners++;
                    triangles.increment();
                    sent.from.set(v.id());
                    sent.ids.clear();
                    v.send(message.from, sent);
                    v.send(third, sent);
                }
            }
        }
        v.value().set(v.value().get() + corners);
    }

    private static TreeSet<Text> greater(Vertex<Text, LongWritable, NullWritable, IdList> v) {
        TreeSet<Text> greater = new TreeSet<>();
        for (Edge<Text, NullWritable> edge : v.edges()) {
            if (edge.target().compareTo(v.id()) > 0) {
                greater.add(new Text(edge.target()));
            }
        }
        return greater;
    }
}
