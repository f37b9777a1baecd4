package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.Unread;
import io.valiant.exchange.BarrierResult;
import io.valiant.exchange.Exchange;
import io.valiant.graph.BothDirections;
import io.valiant.graph.MasterCompute;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexWriter;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.step.Aggregates;
import io.valiant.graph.step.Collective;
import io.valiant.graph.step.Progress;
import io.valiant.task.TaskContext;
import io.valiant.task.TaskProgram;
import io.valiant.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.io.Writable;

/**
 * One run of a general vertex program: load, superstep after superstep, write; tells the same facts as runs of primitive
 * programs. Between two supersteps: barrier, checkpoint if asked for, what came is read, changes are applied, and where there is
 * a {@link MasterCompute} it has its turn in task 0, whose decisions are told at a barrier of their own.
 */
final class GeneralRun<I extends Writable, V extends Writable, E extends Writable, M extends Writable>
        implements TaskProgram {
    /** What may be told at a barrier, see {@link Exchange#sync}. */
    private static final int CONTRIBUTION_BYTES = 64 * 1024;

    private final VertexProgram<I, V, E, M> program;
    private final Types<I, V, E, M> types;
    private final Parts<I, V, E, M> parts;
    private final TaskContext context;
    private final Exchange exchange;
    private final Clock clock;
    private final GraphFormat format;
    private final long iterations;
    private final Aggregates aggregates = new Aggregates();
    private final ByteBuffer contribution =
            ByteBuffer.allocate(CONTRIBUTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private VertexStore store;
    private Outbox<M> outbox;
    private Mail mail;
    private Intake intake;
    private Changes<I, V> changes;
    private MessageCursor<M> messages;
    private GeneralCursor<I, V, E, M> cursor;
    /** Null for programs without a master; in tasks other than 0 it only takes over what that of task 0 has decided. */
    private MasterTurn master;

    /** Vertices that have not voted to halt; in one element, since it grows. */
    private final long[][] active = new long[1][];

    /** By task: how many slots it has told at the last barrier of a superstep. */
    private final int[] slotsOf;

    private Progress progress = Progress.NONE;

    GeneralRun(
            VertexProgram<I, V, E, M> program,
            Types<I, V, E, M> types,
            Parts<I, V, E, M> parts,
            TaskContext context,
            Clock clock,
            long iterations)
            throws BspException {
        this.program = program;
        this.types = types;
        this.parts = parts;
        this.context = context;
        this.exchange = context.exchange();
        this.clock = clock;
        this.slotsOf = new int[exchange.count()];
        this.format = GraphFormat.of(context.settings());
        this.iterations = iterations;
    }

    @Override
    public void run() throws BspException {
        try {
            runAll();
        } catch (UncheckedIOException e) {
            throw Collective.broken(e.getCause());
        } catch (IOException e) {
            throw Collective.broken(e);
        }
    }

    private void runAll() throws BspException, IOException {
        context.phase("loading");
        long startNs = clock.nanoTime();
        SavedGeneral saved = saved();
        if (saved == null) {
            store = new GraphBuilder<>(context, types, format).build(parts.reader(), leadsBothWays());
        } else {
            store = saved.store();
        }
        try (Mail used = new Mail(exchange, store)) {
            mail = used;
            run(saved, startNs);
        }
    }

    private void run(SavedGeneral saved, long startNs) throws BspException, IOException {
        make();
        if (saved == null) {
            long[] counts = new Collective(exchange).sum(store.vertices(), store.edgeCount());
            counts(counts[0], counts[1]);
            setUp();
            initialise();
        } else {
            counts(saved.vertexCount(), saved.edgeCount());
            setUp();
            restore(saved);
        }
        context.phase("computing");
        long computingNs = clock.nanoTime();
        progress = new Progress(progress.superstep(), progress.loadNs() + computingNs - startNs, progress.computeNs());
        long supersteps = compute(computingNs);
        long computedNs = clock.nanoTime();
        write();
        finish(supersteps, computedNs - computingNs, computedNs);
    }

    private boolean leadsBothWays() {
        return !format.directed() || program.getClass().isAnnotationPresent(BothDirections.class);
    }

    private void make() throws BspException {
        outbox = new Outbox<>(exchange, store, types.message(), parts.combiner());
        intake = new Intake(exchange, store, mail, slotsOf);
        changes = new Changes<>(store, mail, types.id(), types.value(), program.resolver(), active);
        messages = new MessageCursor<>(types.message(), parts.combiner());
        cursor = new GeneralCursor<>(store, types, outbox, aggregates);
        MasterCompute told = program.master();
        master = told == null ? null : new MasterTurn(told, context.settings(), aggregates);
    }

    private void counts(long vertices, long edges) {
        cursor.vertexCount = vertices;
        cursor.edgeCount = edges;
        if (master != null) {
            master.vertexCount = vertices;
            master.edgeCount = edges;
        }
    }

    private void setUp() throws BspException {
        RunSetup setup = new RunSetup(context, aggregates, cursor.vertexCount, cursor.edgeCount);
        program.setup(setup);
        if (master != null && exchange.index() == 0) {
            master.master().setup(setup);
        }
    }

    private void initialise() throws BspException {
        active[0] = Arrays.copyOf(store.existing(), store.existing().length);
        cursor.stage(GeneralCursor.Stage.INITIALISE);
        for (int slot = 0; slot < store.slots(); slot++) {
            if (store.exists(slot)) {
                cursor.move(slot);
                program.initialise(cursor);
                cursor.finish();
            }
        }
        widen();
        cursor.stage(GeneralCursor.Stage.COMPUTE);
    }

    /** The checkpoint to begin from, or null. */
    private SavedGeneral saved() throws BspException {
        CheckpointInput checkpoint = context.restored();
        if (checkpoint == null) {
            return null;
        }
        try {
            return SavedGeneral.open(context, checkpoint);
        } catch (IOException e) {
            throw unfit(checkpoint, e);
        }
    }

    private static BspException unfit(CheckpointInput checkpoint, IOException e) {
        return Unread.unfit("cannot begin from the checkpoint of superstep " + checkpoint.superstep(), e);
    }

    /** As it was after the barrier. No other may be passed before what came is read: it would be gone. */
    private void restore(SavedGeneral saved) throws BspException {
        try {
            active[0] = saved.restore(aggregates, masterState());
            progress = saved.progress();
            outbox.sentToFew(saved.hasSentToFew());
            System.arraycopy(saved.slotsOf(), 0, slotsOf, 0, slotsOf.length);
            if (master != null) {
                master.phase(saved.phase());
            }
            cursor.phase = saved.phase();
        } catch (IOException e) {
            throw unfit(context.restored(), e);
        }
        cursor.stage(GeneralCursor.Stage.COMPUTE);
    }

    /** The master whose fields are saved, or null: only in task 0. */
    private MasterCompute masterState() {
        return master != null && exchange.index() == 0 ? master.master() : null;
    }

    /** Runs supersteps to the end and returns how many there were, also before a restored checkpoint. */
    private long compute(long startNs) throws BspException, IOException {
        long superstep = progress.superstep();
        if (superstep > 0) {
            receive(true);
        }
        while (true) {
            if (master != null && masterHalts(superstep)) {
                return superstep;
            }
            computeVertices(superstep);
            BarrierResult result = barrier(superstep < iterations && !cursor.hasHaltedAll());
            boolean ends = endsWith(result) || superstep == iterations;
            superstep++;
            if (ends) {
                receive(false);
                return superstep;
            }
            widen();
            if (result.takesCheckpoint()) {
                checkpoint(superstep, clock.nanoTime() - startNs);
            }
            receive(true);
        }
    }

    /** Reads what came and applies what was asked for; messages only if a superstep follows. */
    private void receive(boolean delivers) throws IOException, BspException {
        intake.read(delivers);
        changes.apply(intake.changes());
        widen();
    }

    /** There may be more slots than there were. */
    private void widen() {
        int words = (store.slots() + 63) >>> 6;
        if (active[0].length < words) {
            active[0] = Arrays.copyOf(active[0], words);
        }
    }

    private boolean masterHalts(long superstep) throws BspException, IOException {
        master.superstep = superstep;
        contribution.clear();
        if (exchange.index() == 0) {
            master.compute();
            master.write(contribution);
        }
        BarrierResult result = exchange.sync(false, contribution.flip());
        master.read(result.contribution(0).duplicate().order(ByteOrder.LITTLE_ENDIAN));
        cursor.phase = master.phase();
        intake.readAnswers();
        return master.hasHalted();
    }

    private void computeVertices(long superstep) throws BspException {
        cursor.superstep = superstep;
        outbox.begin();
        long[] awake = active[0];
        long[] got = mail.got();
        long[] existing = store.existing();
        int words = (store.slots() + 63) >>> 6;
        for (int w = 0; w < words; w++) {
            // slots that came with edges have got nothing yet
            long came = superstep == 0 || w >= got.length ? 0 : got[w];
            for (long left = (awake[w] | came) & existing[w]; left != 0; left &= left - 1) {
                long bit = left & -left;
                int slot = (w << 6) + Long.numberOfTrailingZeros(left);
                if ((came & bit) != 0) {
                    mail.open(slot, messages);
                } else {
                    messages.none();
                }
                cursor.move(slot);
                program.compute(cursor, messages);
                cursor.finish();
                awake[w] = cursor.hasHalted() ? awake[w] & ~bit : awake[w] | bit;
            }
        }
        outbox.end();
    }

    private long activeCount() {
        long count = 0;
        for (long bits : active[0]) {
            count += Long.bitCount(bits);
        }
        return count;
    }

    /** The barrier of a superstep; {@code goesOn}: whether another may follow, so that a checkpoint makes sense. */
    private BarrierResult barrier(boolean goesOn) throws BspException {
        contribution.clear();
        contribution.put((byte) (cursor.hasHaltedAll() ? 1 : 0));
        contribution.putLong(activeCount());
        contribution.putLong(outbox.sent());
        contribution.putLong(outbox.asked());
        contribution.putLong(store.vertices());
        contribution.putLong(store.edgeCount());
        contribution.putInt(store.slots());
        aggregates.write(contribution);
        return exchange.sync(false, goesOn, contribution.flip());
    }

    /** Whether that barrier was the last. All tasks conclude the same from the same contributions. */
    private boolean endsWith(BarrierResult result) throws BspException {
        boolean halted = false;
        long busy = 0;
        long vertices = 0;
        long edges = 0;
        aggregates.beginFold();
        for (int task = 0; task < exchange.count(); task++) {
            ByteBuffer told = result.contribution(task).duplicate().order(ByteOrder.LITTLE_ENDIAN);
            halted |= told.get() != 0;
            busy += told.getLong() + told.getLong() + told.getLong();
            vertices += told.getLong();
            edges += told.getLong();
            slotsOf[task] = told.getInt();
            aggregates.fold(told);
        }
        counts(vertices, edges);
        return halted || busy == 0;
    }

    private void checkpoint(long superstep, long computingNs) throws BspException {
        Progress now = new Progress(superstep, progress.loadNs(), progress.computeNs() + computingNs);
        context.checkpoint(out -> SavedGeneral.save(
                out,
                now,
                cursor.phase,
                new long[] {cursor.vertexCount, cursor.edgeCount},
                store,
                active[0],
                outbox.hasSentToFew(),
                slotsOf,
                aggregates,
                masterState()));
    }

    private void write() throws BspException {
        LineOutput out = new LineOutput(context.output());
        VertexWriter<I, V, E, M> writer = program.writer();
        cursor.stage(GeneralCursor.Stage.WRITE);
        for (int slot = 0; slot < store.slots(); slot++) {
            if (store.exists(slot)) {
                cursor.move(slot);
                writer.write(cursor, out);
            }
        }
        out.flush();
    }

    private void finish(long supersteps, long computingNs, long computedNs) throws BspException {
        contribution.clear();
        contribution.putLong(store.vertices()).putLong(store.edgeCount()).putLong(store.loops());
        BarrierResult result = exchange.sync(true, contribution.flip());
        long vertices = 0;
        long edges = 0;
        long loops = 0;
        for (int task = 0; task < exchange.count(); task++) {
            ByteBuffer told = result.contribution(task).duplicate().order(ByteOrder.LITTLE_ENDIAN);
            vertices += told.getLong();
            edges += told.getLong();
            loops += told.getLong();
        }
        if (exchange.index() == 0) {
            context.fact("vertices", vertices);
            // as files list them: what leads both ways is one
            context.fact("edges", leadsBothWays() ? (edges + loops) / 2 : edges);
            context.fact("supersteps", supersteps);
        }
        context.fact("load_ms", TimeUnit.NANOSECONDS.toMillis(progress.loadNs()));
        context.fact("compute_ms", TimeUnit.NANOSECONDS.toMillis(progress.computeNs() + computingNs));
        context.fact("output_ms", TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - computedNs));
    }
}
