package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Settings;
import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.Unread;
import io.valiant.exchange.BarrierResult;
import io.valiant.exchange.Exchange;
import io.valiant.graph.BothDirections;
import io.valiant.graph.Combination;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.LongMessagesProgram;
import io.valiant.graph.PrimitiveVertexProgram;
import io.valiant.graph.ValuesAreLabels;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.io.ResultLines;
import io.valiant.graph.step.Aggregates;
import io.valiant.graph.step.Collective;
import io.valiant.graph.step.Progress;
import io.valiant.task.TaskContext;
import io.valiant.task.TaskProgram;
import io.valiant.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a vertex program: load, superstep after superstep, write. For the master's books, which keep the greatest of
 * what tasks tell, every task tells its times, {@code load_ms}, {@code compute_ms} and {@code output_ms}, and task 0 what is
 * so of the whole graph: {@code vertices}, {@code edges}, {@code supersteps}. A run that begins from a checkpoint goes on
 * from its times, so that the books have what the result took, without what was lost.
 */
final class GraphRun implements TaskProgram {
    /** What may be told at a barrier, see {@link Exchange#sync}. */
    private static final int CONTRIBUTION_BYTES = 64 * 1024;

    private static final long NO_LIMIT = Long.MAX_VALUE;

    /** One for each thread of the crew. */
    private final List<PrimitiveVertexProgram> programs;

    private final Combination combination;
    private final TaskContext context;
    private final Exchange exchange;
    private final Clock clock;
    private final GraphFormat format;
    private final long iterations;
    private final Aggregates aggregates = new Aggregates();
    private final ByteBuffer contribution =
            ByteBuffer.allocate(CONTRIBUTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private Topology topology;
    private Lane lane;
    private Delivery delivery;
    /** Where it began: at superstep 0, or at a checkpoint. */
    private Progress progress = Progress.NONE;

    GraphRun(List<PrimitiveVertexProgram> programs, Combination combination, TaskContext context, Clock clock)
            throws BspException {
        this.programs = programs;
        this.combination = combination;
        this.context = context;
        this.exchange = context.exchange();
        this.clock = clock;
        this.format = GraphFormat.of(context.settings());
        this.iterations = iterations(context.settings());
    }

    /** The setting; as good as no limit where it is not set. */
    static long iterations(Settings settings) throws BspException {
        try {
            long iterations = settings.getLong(GraphSettings.ITERATIONS, NO_LIMIT);
            if (iterations >= 0) {
                return iterations;
            }
            throw BspException.user("%s = %d is negative", GraphSettings.ITERATIONS, iterations);
        } catch (IllegalArgumentException e) {
            throw new BspException(BspException.Kind.USER, e.getMessage(), e);
        }
    }

    @Override
    public void run() throws BspException {
        try (Crew crew = new Crew(programs.size(), context.attempt().toString())) {
            run(crew);
        }
    }

    private void run(Crew crew) throws BspException {
        context.phase("loading");
        long startNs = clock.nanoTime();
        SavedRun saved = saved();
        topology = saved == null ? load() : saved.topology();
        context.keep(Topology.keptName(topology.origin()), topology);
        Partition partition = topology.partition();
        LabelOrder labels = hasLabels() ? new LabelOrder(exchange, partition.ids(), topology.ranking()) : null;
        Setup setup = setup(partition);
        lane = Lane.of(programs, combination, partition, crew);
        if (lane.relaxation() != null && iterations != NO_LIMIT) {
            lane.relaxation().keepStep();
        }
        delivery = new Delivery(exchange, partition, lane);
        if (saved == null) {
            setup.check(exchange);
            lane.initialise(labels, aggregates);
        } else {
            restore(saved, labels);
        }

        context.phase("computing");
        long computingNs = clock.nanoTime();
        progress = new Progress(progress.superstep(), progress.loadNs() + computingNs - startNs, progress.computeNs());
        long supersteps = compute(computingNs);
        long computedNs = clock.nanoTime();
        write(labels);
        exchange.sync(true, contribution.clear().limit(0));
        if (exchange.index() == 0) {
            context.fact("vertices", partition.vertexCount());
            context.fact("edges", partition.edgeCount());
            context.fact("supersteps", supersteps);
        }
        context.fact("load_ms", TimeUnit.NANOSECONDS.toMillis(progress.loadNs()));
        context.fact("compute_ms", TimeUnit.NANOSECONDS.toMillis(progress.computeNs() + computedNs - computingNs));
        context.fact("output_ms", TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - computedNs));
    }

    /** What the first program has asked for; the others ask for the same. */
    private Setup setup(Partition partition) throws BspException {
        Setup first = new Setup(context.settings(), partition);
        programs.get(0).setup(first);
        for (PrimitiveVertexProgram program : programs.subList(1, programs.size())) {
            program.setup(new Setup(context.settings(), partition));
        }
        return first;
    }

    private boolean hasLabels() {
        return programs.get(0).getClass().isAnnotationPresent(ValuesAreLabels.class);
    }

    private Topology load() throws BspException {
        boolean bothDirections =
                !format.directed() || programs.get(0).getClass().isAnnotationPresent(BothDirections.class);
        boolean mirrored = programs.get(0) instanceof LongMessagesProgram;
        Partition partition = new GraphLoader(context, format, bothDirections, mirrored, wantsAscending()).load();
        LabelOrder.Ranking ranking = hasLabels() ? LabelOrder.rank(exchange, partition.ids()) : null;
        String origin = context.attempt() + " g" + context.assignment().generation();
        return new Topology(origin, partition, ranking);
    }

    private boolean wantsAscending() {
        return Relaxation.wantsAscending(programs.get(0));
    }

    /** The checkpoint to begin from, or null. */
    private SavedRun saved() throws BspException {
        CheckpointInput checkpoint = context.restored();
        if (checkpoint == null) {
            return null;
        }
        try {
            return SavedRun.open(context, checkpoint, wantsAscending());
        } catch (IOException e) {
            throw unfit(checkpoint, e);
        }
    }

    private static BspException unfit(CheckpointInput checkpoint, IOException e) {
        return Unread.unfit("cannot begin from the checkpoint of superstep " + checkpoint.superstep(), e);
    }

    /**
     * Everything as it was after the barrier. No barrier may be passed before the next superstep: it would turn the restored
     * inbox over. So what was agreed on after loading is not agreed on again.
     */
    private void restore(SavedRun saved, LabelOrder labels) throws BspException {
        try {
            saved.restore(lane, delivery.local(), aggregates, labels);
            progress = saved.progress();
        } catch (IOException e) {
            throw unfit(context.restored(), e);
        }
    }

    /** Runs supersteps to the end and returns how many there were, also before a restored checkpoint. */
    private long compute(long startNs) throws BspException {
        try {
            long superstep = progress.superstep();
            if (superstep > 0) {
                delivery.receive();
            }
            while (true) {
                lane.compute(superstep);
                delivery.send();
                BarrierResult result = barrier(superstep < iterations && !lane.hasHaltedAll());
                if (endsWith(result) || superstep == iterations) {
                    return superstep + 1;
                }
                superstep++;
                if (result.takesCheckpoint()) {
                    checkpoint(superstep, clock.nanoTime() - startNs);
                }
                delivery.receive();
            }
        } catch (IOException e) {
            throw Collective.broken(e);
        }
    }

    private void checkpoint(long superstep, long computingNs) throws BspException {
        Progress now = new Progress(superstep, progress.loadNs(), progress.computeNs() + computingNs);
        context.checkpoint(out -> SavedRun.save(out, now, topology, lane, delivery.local(), aggregates));
    }

    /** The barrier of a superstep; {@code goesOn}: whether another may follow, so that a checkpoint makes sense. */
    private BarrierResult barrier(boolean goesOn) throws BspException {
        contribution.clear();
        contribution.put((byte) (lane.hasHaltedAll() ? 1 : 0));
        contribution.putLong(lane.activeCount());
        contribution.putLong(lane.sentCount());
        aggregates.write(contribution);
        exchange.active(lane.activeCount());
        exchange.messages(delivery.valueCount());
        return exchange.sync(false, goesOn, contribution.flip());
    }

    /** Whether that barrier was the last. All tasks conclude the same from the same contributions. */
    private boolean endsWith(BarrierResult result) throws BspException {
        boolean halted = false;
        long busy = 0;
        aggregates.beginFold();
        for (int task = 0; task < exchange.count(); task++) {
            ByteBuffer told = result.contribution(task).duplicate().order(ByteOrder.LITTLE_ENDIAN);
            halted |= told.get() != 0;
            busy += told.getLong();
            busy += told.getLong();
            aggregates.fold(told);
        }
        return halted || busy == 0;
    }

    private void write(LabelOrder labels) throws BspException {
        ResultLines out = new ResultLines(context.output());
        lane.write(out, labels);
        out.flush();
    }
}
