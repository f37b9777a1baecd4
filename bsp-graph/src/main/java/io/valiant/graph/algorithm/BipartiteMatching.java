package io.valiant.graph.algorithm;

import io.valiant.bsp.BspException;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.MasterCompute;
import io.valiant.graph.MasterContext;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexWriter;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;

/**
 * A maximal matching of a bipartite graph in cycles of four phases, as in the paper on Pregel (Malewicz et al. 2010): edges lead
 * from left vertices to right ones. Unmatched left vertices ask their neighbours; a right vertex that is asked grants one and
 * denies the others; a left vertex accepts one grant; a right vertex notes who accepted. Where the paper chooses by chance, the
 * smallest id by its bytes is chosen, so the result is the same for any number of tasks. The output has {@code id partner} for
 * each vertex, {@code id -} for those without one.
 */
public final class BipartiteMatching extends VertexProgram<Text, Text, NullWritable, MatchMessage> {
    static final int ASK = 0;
    static final int GRANT = 1;
    static final int ACCEPT = 2;
    static final int NOTE = 3;
    private static final int PHASES = 4;

    private static final LongAggregator ASKED = LongAggregator.sum("asked");

    private final MatchMessage sent = new MatchMessage();
    private final Text chosen = new Text();

    @Override
    public void compute(Vertex<Text, Text, NullWritable, MatchMessage> v, Iterable<MatchMessage> messages) {
        boolean isLeft = v.outDegree() > 0;
        boolean isMatched = v.value().getLength() > 0;
        if (!isLeft || isMatched) {
            v.voteToHalt();
        }
        switch (v.phase()) {
            case ASK -> {
                if (isLeft && !isMatched) {
                    v.sendToNeighbours(message(v, false));
                    v.aggregate(ASKED, 1);
                }
            }
            case GRANT -> {
                if (!isMatched && choose(messages, false)) {
                    answer(v, messages);
                }
            }
            case ACCEPT -> accept(v, messages, isMatched);
            case NOTE -> {
                for (MatchMessage acceptance : messages) {
                    v.value().set(acceptance.from());
                }
            }
            default -> throw new IllegalStateException("phase " + v.phase());
        }
    }

    /** A left vertex whose neighbours are all matched is not answered, and asks no more. */
    private void accept(
            Vertex<Text, Text, NullWritable, MatchMessage> v, Iterable<MatchMessage> messages, boolean isMatched) {
        if (isMatched) {
            return;
        }
        if (choose(messages, true)) {
            v.value().set(chosen);
            v.send(chosen, message(v, true));
            v.voteToHalt();
        } else if (!messages.iterator().hasNext()) {
            v.voteToHalt();
        }
    }

    private void answer(Vertex<Text, Text, NullWritable, MatchMessage> v, Iterable<MatchMessage> requests) {
        for (MatchMessage request : requests) {
            v.send(request.from(), message(v, request.from().equals(chosen)));
        }
    }

    /** Chooses the smallest sender, of those that grant where only these count; whether there is one. */
    private boolean choose(Iterable<MatchMessage> messages, boolean granted) {
        boolean any = false;
        for (MatchMessage message : messages) {
            if ((!granted || message.isYes()) && (!any || message.from().compareTo(chosen) < 0)) {
                chosen.set(message.from());
                any = true;
            }
        }
        return any;
    }

    private MatchMessage message(Vertex<Text, Text, NullWritable, MatchMessage> v, boolean yes) {
        sent.set(v.id(), yes);
        return sent;
    }

    @Override
    public MasterCompute master() {
        return new Cycle();
    }

    @Override
    public VertexWriter<Text, Text, NullWritable, MatchMessage> writer() {
        return (v, out) -> out.writeLine(v.id() + " " + (v.value().getLength() == 0 ? "-" : v.value()));
    }

    /** Goes from phase to phase, and ends the run when nobody has asked. */
    static final class Cycle extends MasterCompute {
        @Override
        public void compute(MasterContext master) throws BspException {
            master.phase((int) (master.superstep() % PHASES));
            if (master.phase() == GRANT && master.aggregated(ASKED) == 0) {
                master.haltAll();
            }
        }
    }
}
