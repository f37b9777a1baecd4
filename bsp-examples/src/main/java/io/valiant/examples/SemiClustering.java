package io.valiant.examples;

import io.valiant.bsp.BspException;
import io.valiant.graph.Edge;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/**
 * Semi-clustering (G. Malewicz et al., Pregel: a system for large-scale graph processing, 2010, section 5.4) of an undirected graph,
 * with weights or with 1 for each edge: groups of people who talk much with each other and little with others, where one may belong to several. A group is
 * worth (I - f·B) / (n(n - 1)/2), where I is the weight of its inner edges, B of those that leave it, n how many it has, f {@value
 * #FACTOR}. Every vertex tells its neighbours the best groups that it knows, joins those that it is told of, and keeps the best with
 * itself in them, for {@value io.valiant.graph.GraphSettings#ITERATIONS} supersteps (10 unless told).
 *
 * <p>Output: {@code id score member,member,…} with the best group of each vertex.
 */
public final class SemiClustering
        extends VertexProgram<Text, SemiClustering.Groups, DoubleWritable, SemiClustering.Groups> {
    /** Setting: how many groups a vertex keeps and tells, at least 1; 4 unless told. */
    public static final String KEPT = "semi.kept";

    /** Setting: how many members a group has at most, at least 2; 8 unless told. */
    public static final String MEMBERS = "semi.members";

    /** Setting: how much an edge that leaves a group counts against it; 0.2 unless told. */
    public static final String FACTOR = "semi.factor";

    private boolean weighted;
    private int kept;
    private int mostMembers;
    private double factor;
    private long iterations;

    @Override
    public void setup(ProgramSetup graph) throws BspException {
        weighted = graph.settings().getBoolean(GraphSettings.WEIGHTED, false);
        kept = graph.settings().getInt(KEPT, 4);
        mostMembers = graph.settings().getInt(MEMBERS, 8);
        factor = graph.settings().getDouble(FACTOR, 0.2);
        iterations = graph.settings().getLong(GraphSettings.ITERATIONS, 10);
        if (kept < 1 || mostMembers < 2) {
            throw BspException.user("%s = %d must be at least 1, %s = %d at least 2", KEPT, kept, MEMBERS, mostMembers);
        }
    }

    @Override
    public void compute(Vertex<Text, Groups, DoubleWritable, Groups> v, Iterable<Groups> told) {
        String self = v.id().toString();
        Best known = new Best();
        if (v.superstep() == 0) {
            known.add(joined(new Group(), v, self));
        }
        for (Groups message : told) {
            for (Group group : message.all) {
                known.add(group);
                if (!group.members.contains(self) && group.members.size() < mostMembers) {
                    known.add(joined(group, v, self));
                }
            }
        }
        Best own = new Best();
        v.value().all.forEach(own::add);
        known.all().stream().filter(group -> group.members.contains(self)).forEach(own::add);
        v.value().all = own.best(kept);
        v.voteToHalt();
        if (v.superstep() < iterations) {
            v.sendToNeighbours(new Groups(known.best(kept)));
        }
    }

    /** A group with one more member: edges to those who are in it are inner ones from now on, the others leave it. */
    private Group joined(Group group, Vertex<Text, Groups, DoubleWritable, Groups> v, String self) {
        Group larger = new Group();
        larger.members.addAll(group.members);
        larger.members.add(self);
        larger.inner = group.inner;
        larger.leaving = group.leaving;
        for (Edge<Text, DoubleWritable> edge : v.edges()) {
            double weight = weighted ? edge.value().get() : 1;
            String target = edge.target().toString();
            if (group.members.contains(target)) {
                larger.inner += weight;
                larger.leaving -= weight;
            } else if (!target.equals(self)) {
                larger.leaving += weight;
            }
        }
        int n = larger.members.size();
        larger.score = n == 1 ? 1 : (larger.inner - factor * larger.leaving) / (n * (n - 1) / 2.0);
        return larger;
    }

    @Override
    public VertexWriter<Text, Groups, DoubleWritable, Groups> writer() {
        return (v, out) -> {
            Group best = v.value().all.get(0);
            out.writeLine(v.id() + " " + best.score + " " + String.join(",", best.members));
        };
    }

    /** Groups without doubles, the best first; which of two as good is told by their members, so that all agree. */
    private static final class Best {
        private static final Comparator<Group> ORDER = Comparator.comparingDouble((Group group) -> -group.score)
                .thenComparing(group -> String.join(",", group.members));

        private final TreeMap<String, Group> byMembers = new TreeMap<>();

        void add(Group group) {
            byMembers.merge(String.join(",", group.members), group, (a, b) -> ORDER.compare(a, b) <= 0 ? a : b);
        }

        Collection<Group> all() {
            return byMembers.values();
        }

        List<Group> best(int most) {
            return new ArrayList<>(all().stream().sorted(ORDER).limit(most).toList());
        }
    }

    /** Members by id, and what they are worth. */
    static final class Group {
        private final SortedSet<String> members = new TreeSet<>();
        private double inner;
        private double leaving;
        private double score;
    }

    /** Several groups: what a vertex keeps, and what it tells. */
    public static final class Groups implements Writable {
        private List<Group> all;

        /** None. */
        public Groups() {
            this(new ArrayList<>());
        }

        Groups(List<Group> all) {
            this.all = all;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(all.size());
            for (Group group : all) {
                out.writeDouble(group.inner);
                out.writeDouble(group.leaving);
                out.writeDouble(group.score);
                out.writeInt(group.members.size());
                for (String member : group.members) {
                    out.writeUTF(member);
                }
            }
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            all = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                Group group = new Group();
                group.inner = in.readDouble();
                group.leaving = in.readDouble();
                group.score = in.readDouble();
                for (int members = in.readInt(); members > 0; members--) {
                    group.members.add(in.readUTF());
                }
                all.add(group);
            }
        }
    }
}
