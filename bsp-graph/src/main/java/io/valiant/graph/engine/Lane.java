package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.graph.Combination;
import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.IntVertexProgram;
import io.valiant.graph.LongMessagesProgram;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.PrimitiveVertexProgram;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.ResultLines;
import io.valiant.graph.step.Aggregates;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The arrays of one program: values, what was sent, what came, who is active. Subclasses are the loops for one primitive
 * type. What is sent by a vertex is one value for all its neighbours; several sends are combined.
 */
abstract class Lane {
    /** Words of the bitmaps in a piece, which is what a thread takes at a time, and what aggregates are folded by first. */
    private static final int PIECE_WORDS = 512;

    /** So few vertices are computed, or edges pulled along, sooner than another thread is woken. */
    static final int FEW = 1 << 12;

    final Partition partition;
    final Combination combination;
    /** Vertices that have not voted to halt. */
    final long[] active;
    /** Vertices that have a neighbour: if all of these have sent, the outbox is complete. */
    private final int senders;

    /** Whether messages change on their way along edges. */
    final boolean changesAlong;

    final Crew crew;
    private final Piece[] pieces;
    private final Crew.Work computing = this::computePiece;
    private long activeCount;

    /** At most so many vertices have got a message since the last superstep. */
    private long reached;

    private Cursor[] cursors = {};
    private Aggregates aggregates;

    /** What one piece of a superstep came to. */
    private static final class Piece {
        private int sent;
        private int stayed;
        private AggregatorView.Given[] given = AggregatorView.NOTHING;
    }

    Lane(Partition partition, Combination combination, boolean changesAlong, Crew crew) {
        this.crew = crew;
        this.partition = partition;
        this.combination = combination;
        this.changesAlong = changesAlong;
        this.active = new long[(partition.size() + 63) >>> 6];
        int count = 0;
        for (int d : partition.degree()) {
            count += d > 0 ? 1 : 0;
        }
        this.senders = count;
        this.pieces = new Piece[(active.length + PIECE_WORDS - 1) / PIECE_WORDS];
        Arrays.setAll(pieces, piece -> new Piece());
    }

    /** The lane that a program needs; {@code programs}: alike, one for each thread of the crew. */
    static Lane of(
            List<? extends PrimitiveVertexProgram> programs, Combination combination, Partition partition, Crew crew) {
        PrimitiveVertexProgram first = programs.get(0);
        if (first instanceof DoubleVertexProgram) {
            return new DoubleLane(all(programs, DoubleVertexProgram.class), combination, partition, crew);
        }
        if (first instanceof LongVertexProgram) {
            return new LongLane(all(programs, LongVertexProgram.class), combination, partition, crew);
        }
        if (first instanceof LongMessagesProgram) {
            return new GatherLane(all(programs, LongMessagesProgram.class), partition, crew);
        }
        return new IntLane(all(programs, IntVertexProgram.class), combination, partition, crew);
    }

    private static <P> List<P> all(List<?> programs, Class<P> type) {
        return programs.stream().map(type::cast).toList();
    }

    /** Sets all values to their initial ones and makes all vertices active. */
    final void initialise(LabelOrder labels, Aggregates aggregators) {
        begin(labels, aggregators);
        Arrays.fill(active, -1L);
        int tail = partition.size() & 63;
        if (tail != 0) {
            active[active.length - 1] = (1L << tail) - 1;
        }
        activeCount = partition.size();
        initialiseValues(cursors[0]);
    }

    /**
     * Writes what it has between two supersteps: who is active, and the values. What was sent is not here any more, and what
     * comes not here yet.
     */
    final void save(ArrayOutput out) throws IOException {
        out.writeLongs(active, active.length);
        saveValues(out);
    }

    /** Instead of {@link #initialise}: becomes what was {@link #save saved}. */
    final void restore(LabelOrder labels, Aggregates aggregators, ArrayInput in) throws IOException {
        begin(labels, aggregators);
        Block.restoreBits(in, active, partition.size());
        restoreValues(in);
        for (long bits : active) {
            activeCount += Long.bitCount(bits);
        }
        // who has got a message is not known by number: as good as all may have
        reached = partition.size();
    }

    private void begin(LabelOrder labels, Aggregates aggregators) {
        aggregates = aggregators;
        cursors = new Cursor[crew.size()];
        for (int member = 0; member < cursors.length; member++) {
            cursors[member] = cursor(member, labels, new AggregatorView(aggregators));
        }
    }

    /** One superstep: every vertex that is active or has a message. What is to be delivered is then in the outbox. */
    final void compute(long superstep) {
        for (Cursor cursor : cursors) {
            cursor.begin(superstep);
        }
        Block sent = outbox();
        sent.beginSome();
        Relaxation relaxation = relaxation();
        if (relaxation != null && activeCount == 0 && relaxation.isListed()) {
            computeListed(relaxation);
        } else {
            computeAll();
        }
        reached = 0;
        inbox().count = 0;
        if (relaxation != null) {
            relaxation.computed();
            if (relaxation.isWithinTask()) {
                relaxation.settle();
            }
        }
        sent.all = sent.count > 0 && sent.count == senders;
    }

    private void computeAll() {
        inPieces(pieces.length, activeCount + reached, computing);
        int count = 0;
        long stayed = 0;
        for (Piece piece : pieces) {
            count += piece.sent;
            stayed += piece.stayed;
            for (AggregatorView.Given given : piece.given) {
                given.to(aggregates);
            }
            piece.given = AggregatorView.NOTHING;
        }
        activeCount = stayed;
        outbox().count = count;
        outbox().listed = false;
    }

    /**
     * Computes those who have got a message where nobody else is active, without looking for them: what a superstep costs in which few
     * are reached. In the order in which messages came, which where values only fall is not seen; by words, so that nobody is computed twice.
     */
    private void computeListed(Relaxation relaxation) {
        Cursor cursor = cursors[0];
        long[] came = inbox().present;
        for (int i = 0; i < relaxation.noted(); i++) {
            int word = relaxation.noted(i) >>> 6;
            long run = came[word];
            if (run != 0) {
                came[word] = 0;
                outbox().addWord(word, computeWord(cursor, word, run, run));
                activeCount += Long.bitCount(active[word]);
            }
        }
        for (AggregatorView.Given given : cursor.takeGiven()) {
            given.to(aggregates);
        }
    }

    /** Does pieces of work by the crew, or by this thread alone where that is sooner done. */
    final void inPieces(int count, long units, Crew.Work work) {
        if (units >= FEW) {
            crew.run(count, work);
            return;
        }
        for (int piece = 0; piece < count; piece++) {
            work.run(0, piece);
        }
    }

    private void computePiece(int member, int number) {
        Cursor cursor = cursors[member];
        long[] sent = outbox().present;
        long[] came = inbox().present;
        int from = number * PIECE_WORDS;
        int to = Math.min(from + PIECE_WORDS, active.length);
        int count = 0;
        int stayed = 0;
        beginPiece(cursor, from << 6);
        for (int w = from; w < to; w++) {
            if ((active[w] | came[w]) != 0) {
                long bits = computeWord(cursor, w, active[w] | came[w], came[w]);
                count += Long.bitCount(bits);
                sent[w] = bits;
                came[w] = 0;
                stayed += Long.bitCount(active[w]);
            }
        }
        Piece piece = pieces[number];
        piece.sent = count;
        piece.stayed = stayed;
        piece.given = cursor.takeGiven();
    }

    /** A member's cursor. */
    final Cursor cursor(int member) {
        return cursors[member];
    }

    /** So many vertices, or fewer, have got a message. */
    final void reached(int vertices) {
        reached += vertices;
    }

    final long activeCount() {
        return activeCount;
    }

    /** How many vertices have sent in this superstep. */
    final long sentCount() {
        return outbox().count;
    }

    final boolean hasHaltedAll() {
        for (Cursor cursor : cursors) {
            if (cursor.hasHaltedAll) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes values along a segment's edges, combined for each target: pulled by targets where most sources have sent, pushed
     * by sources where few have. Both fold in the order of the sources.
     */
    final void spread(Segment segment, Block from, Block to) {
        if (from.count == 0 || segment.edges() == 0) {
            to.beginSome();
        } else if (from.all || !isSparse(segment, from, segment.edges())) {
            pull(segment, from, to);
        } else {
            push(segment, from, to);
        }
    }

    /** Whether pushing is sooner done than pulling, which looks at so many edges. */
    static boolean isSparse(Segment segment, Block from, long pulled) {
        if (from.count > from.size / 4) {
            return false;
        }
        from.ensureListed();
        long edges = 0;
        for (int i = 0; i < from.count; i++) {
            edges += segment.rowStart[from.list[i] + 1] - segment.rowStart[from.list[i]];
        }
        return edges * 2 < pulled;
    }

    /** Whether what was sent is not combined: {@link #copy} and {@link #take} instead of pull, push and deliver. */
    boolean gathers() {
        return false;
    }

    /** Copies what all vertices have sent. */
    void copy(Block to) {
        throw new IllegalStateException("this lane combines");
    }

    /** Takes what a task's vertices have sent along a segment; valid until the next superstep is over. */
    void take(int task, Segment segment, Block from) {
        throw new IllegalStateException("this lane combines");
    }

    /** Where values only fall: what delivers messages instead of {@link #spread} and {@link #deliver}; else null. */
    Relaxation relaxation() {
        return null;
    }

    /** Before vertices from that one on are computed, ascending. */
    void beginPiece(Cursor cursor, int vertex) {}

    /** A member's cursor; called before everything else. */
    abstract Cursor cursor(int member, LabelOrder labels, AggregatorView aggregators);

    abstract Block outbox();

    abstract Block inbox();

    /** A block for values of this lane. */
    abstract Block block(int size);

    abstract void initialiseValues(Cursor cursor);

    abstract void saveValues(ArrayOutput out) throws IOException;

    abstract void restoreValues(ArrayInput in) throws IOException;

    /**
     * Computes the vertices of one word of the bitmaps, sets their bits in {@link #active} anew and returns who has sent.
     *
     * @param cursor of the member that computes them
     * @param run who is computed
     * @param came who of them has a message
     */
    abstract long computeWord(Cursor cursor, int word, long run, long came);

    /** Copies what the vertices of a boundary have sent. */
    abstract void collect(Boundary boundary, Block to);

    abstract void pull(Segment segment, Block from, Block to);

    abstract void push(Segment segment, Block from, Block to);

    /** Folds combined values into the inbox: the i-th is for vertex {@code targets[i]}. */
    abstract void deliver(Block combined, int[] targets);

    /** Writes all values. */
    abstract void write(ResultLines out, LabelOrder labels) throws BspException;
}
