package io.valiant.graph.general;

import io.valiant.graph.Edge;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexWriter;
import io.valiant.graph.io.IdText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.io.LongWritable;

/**
 * Changes the graph in every way, as a hash of (seed, superstep, id) says; no result depends on the order of messages. What must
 * come out is told by {@link #simulate}, which knows nothing of tasks.
 */
public final class Mutating extends VertexProgram<LongWritable, LongWritable, LongWritable, LongWritable> {
    static final int IDS = 40;

    private long seed;

    @Override
    public void setup(ProgramSetup graph) {
        seed = graph.settings().getLong("seed", 0);
    }

    /** What a vertex does in a superstep. */
    private record Deed(long hash) {
        static Deed of(long seed, long superstep, long id) {
            return new Deed(IdText.mix(seed * 1_000_003 + superstep * 1009 + id));
        }

        boolean does(int bit) {
            return (hash >>> bit & 1) != 0;
        }

        long one() {
            return (hash >>> 20) % IDS;
        }

        long other() {
            return (hash >>> 36) % IDS;
        }
    }

    @Override
    public void compute(
            Vertex<LongWritable, LongWritable, LongWritable, LongWritable> v, Iterable<LongWritable> messages) {
        long sum = 0;
        for (LongWritable message : messages) {
            sum += message.get();
        }
        v.value().set(v.value().get() * 31 + sum + v.outDegree());
        Deed deed = Deed.of(seed, v.superstep(), v.id().get());
        long one = deed.one();
        long other = deed.other();
        if (deed.does(0)) {
            v.addVertex(new LongWritable(one), new LongWritable(one * 7));
        }
        if (deed.does(1) && deed.does(9)) {
            v.removeVertex(new LongWritable(other));
        }
        if (deed.does(2)) {
            v.addEdge(new LongWritable(other), new LongWritable(one), new LongWritable(v.id().get()));
        }
        if (deed.does(3)) {
            v.removeEdges(new LongWritable(one), new LongWritable(other));
        }
        if (deed.does(4)) {
            v.addEdge(new LongWritable(one), new LongWritable(v.superstep()));
        }
        if (deed.does(5)) {
            v.removeEdges(new LongWritable(other));
        }
        if (deed.does(6)) {
            v.send(new LongWritable(one), v.id());
        }
        if (deed.does(7)) {
            v.sendToNeighbours(new LongWritable(v.superstep() + 1));
        }
        if (deed.does(8)) {
            v.voteToHalt();
        }
    }

    @Override
    public VertexWriter<LongWritable, LongWritable, LongWritable, LongWritable> writer() {
        return (v, out) -> {
            List<String> edges = new ArrayList<>();
            for (Edge<LongWritable, LongWritable> edge : v.edges()) {
                edges.add(edge.target() + ":" + edge.value());
            }
            Collections.sort(edges);
            out.writeLine(v.id() + " " + v.value() + edges);
        };
    }

    private static final class Simulated {
        private long value;
        private boolean active = true;
        private List<long[]> edges = new ArrayList<>();
    }

    /** What the vertices of a path {@code 0 → 1 → … → vertices - 1} become. */
    static SortedMap<String, String> simulate(long seed, int vertices, long iterations) {
        SortedMap<Long, Simulated> graph = new TreeMap<>();
        for (long id = 0; id < vertices; id++) {
            Simulated vertex = new Simulated();
            if (id + 1 < vertices) {
                vertex.edges.add(new long[] {id + 1, 0});
            }
            graph.put(id, vertex);
        }
        SortedMap<Long, Long> inbox = new TreeMap<>();
        for (long superstep = 0; ; superstep++) {
            SortedMap<Long, Long> sent = new TreeMap<>();
            List<long[]> asked = new ArrayList<>();
            for (var entry : graph.entrySet()) {
                if (entry.getValue().active || inbox.containsKey(entry.getKey())) {
                    compute(seed, superstep, entry.getKey(), entry.getValue(), inbox, sent, asked);
                }
            }
            boolean ends = superstep == iterations
                    || (sent.isEmpty()
                            && asked.isEmpty()
                            && graph.values().stream().noneMatch(vertex -> vertex.active));
            apply(graph, asked, ends ? new TreeMap<>() : sent);
            inbox = sent;
            inbox.keySet().retainAll(graph.keySet());
            if (ends) {
                break;
            }
        }
        SortedMap<String, String> values = new TreeMap<>();
        graph.forEach((id, vertex) -> {
            List<String> edges = new ArrayList<>();
            vertex.edges.forEach(edge -> edges.add(edge[0] + ":" + edge[1]));
            Collections.sort(edges);
            values.put(id.toString(), vertex.value + edges.toString());
        });
        return values;
    }

    private static void compute(
            long seed,
            long superstep,
            long id,
            Simulated vertex,
            SortedMap<Long, Long> inbox,
            SortedMap<Long, Long> sent,
            List<long[]> asked) {
        vertex.value = vertex.value * 31 + inbox.getOrDefault(id, 0L) + vertex.edges.size();
        Deed deed = Deed.of(seed, superstep, id);
        for (int kind = 0; kind < 4; kind++) {
            if (deed.does(kind) && (kind != 1 || deed.does(9))) {
                asked.add(new long[] {kind, deed.one(), deed.other(), id});
            }
        }
        if (deed.does(4)) {
            vertex.edges.add(new long[] {deed.one(), superstep});
        }
        if (deed.does(5)) {
            vertex.edges.removeIf(edge -> edge[0] == deed.other());
        }
        if (deed.does(6)) {
            sent.merge(deed.one(), id, Long::sum);
        }
        if (deed.does(7)) {
            vertex.edges.forEach(edge -> sent.merge(edge[0], superstep + 1, Long::sum));
        }
        vertex.active = !deed.does(8);
    }

    private static void apply(SortedMap<Long, Simulated> graph, List<long[]> asked, SortedMap<Long, Long> sent) {
        for (long id = 0; id < IDS; id++) {
            long at = id;
            boolean removed = false;
            boolean added = false;
            boolean given = false;
            for (long[] ask : asked) {
                removed |= ask[0] == 1 && ask[2] == at;
                added |= ask[0] == 0 && ask[1] == at;
                given |= ask[0] == 2 && ask[2] == at;
                if (ask[0] == 3 && ask[1] == at && graph.containsKey(at)) {
                    graph.get(at).edges.removeIf(edge -> edge[0] == ask[2]);
                }
            }
            if (removed) {
                graph.remove(at);
            }
            if (!graph.containsKey(at) && (added || given || sent.containsKey(at))) {
                Simulated vertex = new Simulated();
                vertex.value = added ? at * 7 : 0;
                graph.put(at, vertex);
            }
            for (long[] ask : asked) {
                if (ask[0] == 2 && ask[2] == at) {
                    graph.get(at).edges.add(new long[] {ask[1], ask[3]});
                }
            }
        }
    }
}
