package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Settings;
import io.valiant.exchange.BarrierResult;
import io.valiant.exchange.Exchange;
import io.valiant.graph.BothDirections;
import io.valiant.graph.Combination;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.PrimitiveVertexProgram;
import io.valiant.graph.ValuesAreLabels;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.io.ResultLines;
import io.valiant.task.TaskContext;
import io.valiant.task.TaskProgram;
import io.valiant.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/**
 * One run of a vertex program: load, superstep after superstep, write. For the master's books, which keep the greatest of
 * what tasks tell, every task tells its times, {@code load_ms}, {@code compute_ms} and {@code output_ms}, and task 0 what is
 * so of the whole graph: {@code vertices}, {@code edges}, {@code supersteps}.
 */
final class GraphRun implements TaskProgram {
    /** What may be told at a barrier, see {@link Exchange#sync}. */
    private static final int CONTRIBUTION_BYTES = 64 * 1024;

    private final PrimitiveVertexProgram program;
    private final Combination combination;
    private final TaskContext context;
    private final Exchange exchange;
    private final Clock clock;
    private final GraphFormat format;
    private final long iterations;
    private final Aggregates aggregates = new Aggregates();
    private final ByteBuffer contribution =
            ByteBuffer.allocate(CONTRIBUTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    GraphRun(PrimitiveVertexProgram program, Combination combination, TaskContext context, Clock clock)
            throws BspException {
        this.program = program;
        this.combination = combination;
        this.context = context;
        this.exchange = context.exchange();
        this.clock = clock;
        this.format = GraphFormat.of(context.settings());
        this.iterations = iterations(context.settings());
    }

    private static long iterations(Settings settings) throws BspException {
        try {
            long iterations = settings.getLong(GraphSettings.ITERATIONS, Long.MAX_VALUE);
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
        context.phase("loading");
        long startNs = clock.nanoTime();
        boolean bothDirections = !format.directed() || program.getClass().isAnnotationPresent(BothDirections.class);
        Partition partition = new GraphLoader(context, format, bothDirections).load();
        LabelOrder labels = program.getClass().isAnnotationPresent(ValuesAreLabels.class)
                ? LabelOrder.of(exchange, partition.ids())
                : null;
        Setup setup = new Setup(context.settings(), partition);
        program.setup(setup);
        setup.check(exchange);
        Lane lane = Lane.of(program, combination, partition);
        lane.initialise(labels, aggregates);

        context.phase("computing");
        long loadedNs = clock.nanoTime();
        long supersteps = compute(lane, new Delivery(exchange, partition, lane));
        long computedNs = clock.nanoTime();
        write(lane, labels);
        exchange.sync(true, contribution.clear().limit(0));
        if (exchange.index() == 0) {
            context.fact("vertices", partition.vertexCount());
            context.fact("edges", partition.edgeCount());
            context.fact("supersteps", supersteps);
        }
        context.fact("load_ms", TimeUnit.NANOSECONDS.toMillis(loadedNs - startNs));
        context.fact("compute_ms", TimeUnit.NANOSECONDS.toMillis(computedNs - loadedNs));
        context.fact("output_ms", TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - computedNs));
    }

    /** Runs supersteps to the end and returns how many there were. */
    private long compute(Lane lane, Delivery delivery) throws BspException {
        try {
            for (long superstep = 0; ; superstep++) {
                lane.compute(superstep);
                delivery.send();
                if (endsWith(lane) || superstep == iterations) {
                    return superstep + 1;
                }
                delivery.receive();
            }
        } catch (IOException e) {
            throw Collective.broken(e);
        }
    }

    /** The barrier of a superstep: whether it was the last. All tasks conclude the same from the same contributions. */
    private boolean endsWith(Lane lane) throws BspException {
        contribution.clear();
        contribution.put((byte) (lane.hasHaltedAll() ? 1 : 0));
        contribution.putLong(lane.activeCount());
        contribution.putLong(lane.sentCount());
        aggregates.write(contribution);
        BarrierResult result = exchange.sync(false, contribution.flip());
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

    private void write(Lane lane, LabelOrder labels) throws BspException {
        ResultLines out = new ResultLines(context.output());
        lane.write(out, labels);
        out.flush();
    }
}
