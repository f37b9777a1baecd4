package io.valiant.graph.algorithm;

import io.valiant.graph.BothDirections;
import io.valiant.graph.Edge;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import java.util.Arrays;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;

/**
 * The local clustering coefficient: of all pairs of neighbours of a vertex, directions disregarded, how many are joined by an
 * arc; 0 where there are fewer than two neighbours.
 *
 * <p>Every triangle is found once, by its middle vertex in the order of (degree, number): each vertex sends its greater
 * neighbours to them, who intersect them with their own, so no list is longer than the square root of twice the edges. The one who
 * finds a triangle tells the two others how many arcs lie opposite to them.
 *
 * <p>Two vertices are joined by one arc or two. Which way edges lead is not known where they end, so one that is listed twice
 * counts as one each way.
 */
@BothDirections
public final class ClusteringCoefficient extends VertexProgram<Text, Neighbourhood, NullWritable, NeighbourMessage> {
    private final NeighbourMessage sent = new NeighbourMessage();
    private boolean directed;

    // of the vertex that is computed
    private long[] targets = new long[16];
    private final NumberList neighbours = new NumberList();
    private final NumberTable table = new NumberTable();
    private long[] opposite = new long[16];

    @Override
    public void setup(ProgramSetup graph) {
        directed = graph.settings().getBoolean(GraphSettings.DIRECTED, true);
    }

    @Override
    public void compute(
            Vertex<Text, Neighbourhood, NullWritable, NeighbourMessage> v, Iterable<NeighbourMessage> messages) {
        switch ((int) v.superstep()) {
            case 0 -> tellDegree(v);
            case 1 -> tellGreater(v, messages);
            case 2 -> findTriangles(v, messages);
            default -> addUp(v, messages);
        }
    }

    /** Who has one neighbour or none is in no triangle, and says nothing. */
    private void tellDegree(Vertex<Text, Neighbourhood, NullWritable, NeighbourMessage> v) {
        readNeighbours(v);
        v.value().degree = neighbours.size();
        if (neighbours.size() < 2) {
            v.voteToHalt();
            return;
        }
        begin(v.number(), neighbours.size());
        v.sendToNeighbours(sent, edge -> edge.targetNumber() != v.number());
    }

    private void begin(long from, long value) {
        sent.from = from;
        sent.value = value;
        sent.list.clear();
    }

    /** The neighbours by number, each once, with the arcs that join it. */
    private void readNeighbours(Vertex<Text, Neighbourhood, NullWritable, NeighbourMessage> v) {
        int count = 0;
        for (Edge<Text, NullWritable> edge : v.edges()) {
            if (count == targets.length) {
                targets = Arrays.copyOf(targets, 2 * count);
            }
            long target = edge.targetNumber();
            if (target != v.number()) {
                targets[count++] = target;
            }
        }
        Arrays.sort(targets, 0, count);
        neighbours.clear();
        for (int from = 0, to; from < count; from = to) {
            to = from + 1;
            while (to < count && targets[to] == targets[from]) {
                to++;
            }
            neighbours.add(targets[from], directed ? Math.min(to - from, 2) : 2);
        }
    }

    private void tellGreater(
            Vertex<Text, Neighbourhood, NullWritable, NeighbourMessage> v, Iterable<NeighbourMessage> messages) {
        Neighbourhood own = v.value();
        if (own.degree < 2) {
            v.voteToHalt();
            return;
        }
        readNeighbours(v);
        long[] degree = new long[neighbours.size()];
        for (NeighbourMessage message : messages) {
            degree[neighbours.find(message.from)] = message.value;
        }
        own.greater.clear();
        for (int i = 0; i < degree.length; i++) {
            boolean greater = degree[i] > own.degree || (degree[i] == own.degree && neighbours.number(i) > v.number());
            if (degree[i] > 0 && greater) {
                own.greater.add(neighbours.number(i), neighbours.count(i));
            }
        }
        if (own.greater.size() < 2) {
            return;
        }
        begin(v.number(), 0);
        for (int i = 0; i < own.greater.size(); i++) {
            sent.list.add(own.greater.number(i), own.greater.count(i));
        }
        v.sendToNeighbours(sent, edge -> own.greater.find(edge.targetNumber()) >= 0);
    }

    private void findTriangles(
            Vertex<Text, Neighbourhood, NullWritable, NeighbourMessage> v, Iterable<NeighbourMessage> messages) {
        Neighbourhood own = v.value();
        NumberList greater = own.greater;
        if (opposite.length < greater.size()) {
            opposite = new long[2 * greater.size()];
        }
        Arrays.fill(opposite, 0, greater.size(), 0);
        table.fill(greater);
        long last = -1;
        for (NeighbourMessage message : messages) {
            // two arcs from the same neighbour bring its list twice, one right after the other
            if (message.from != last) {
                last = message.from;
                intersect(v, own, message);
            }
        }
        for (int i = 0; i < greater.size(); i++) {
            if (opposite[i] > 0) {
                begin(v.number(), opposite[i]);
                v.sendTo(greater.number(i), sent);
            }
        }
    }

    private void intersect(
            Vertex<Text, Neighbourhood, NullWritable, NeighbourMessage> v,
            Neighbourhood own,
            NeighbourMessage message) {
        NumberList theirs = message.list;
        NumberList greater = own.greater;
        long between = theirs.count(theirs.find(v.number()));
        long forSender = 0;
        for (int a = 0; a < theirs.size(); a++) {
            int b = table.find(theirs.number(a));
            if (b >= 0) {
                own.arcs += theirs.count(a);
                forSender += greater.count(b);
                opposite[b] += between;
            }
        }
        if (forSender > 0) {
            begin(v.number(), forSender);
            v.sendTo(message.from, sent);
        }
    }

    private static void addUp(
            Vertex<Text, Neighbourhood, NullWritable, NeighbourMessage> v, Iterable<NeighbourMessage> messages) {
        Neighbourhood own = v.value();
        for (NeighbourMessage message : messages) {
            own.arcs += message.value;
        }
        if (own.degree > 1) {
            own.coefficient = (double) own.arcs / ((double) own.degree * (own.degree - 1));
        }
        own.greater.clear();
        v.voteToHalt();
    }
}
