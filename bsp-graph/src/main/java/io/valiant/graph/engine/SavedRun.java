package io.valiant.graph.engine;

import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.CheckpointOutput;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.step.Aggregates;
import io.valiant.graph.step.Progress;
import io.valiant.task.TaskContext;
import java.io.IOException;

/**
 * A run between two supersteps, as a checkpoint holds it: the barrier has passed, nothing that was sent is delivered yet.
 * What other tasks sent is in the exchange's inbox, which the checkpoint has too.
 */
final class SavedRun {
    /** The section with what changes; the graph is in another, see {@link TopologySection}. */
    static final String NAME = "graph";

    private static final int FORMAT = 1;
    /** A graph is loaded once and never changed. */
    private static final long TOPOLOGY_VERSION = 0;

    private final ArrayInput in;
    private final Progress progress;
    private final Topology topology;

    private SavedRun(ArrayInput in, Progress progress, Topology topology) {
        this.in = in;
        this.progress = progress;
        this.topology = topology;
    }

    /** Writes a run; {@code local} is what stayed with this task and is still to be delivered. */
    static void save(
            CheckpointOutput checkpoint,
            Progress progress,
            Topology topology,
            Lane lane,
            Block local,
            Aggregates aggregates)
            throws IOException {
        checkpoint.shared(
                TopologySection.NAME, TOPOLOGY_VERSION, to -> TopologySection.write(topology, new ArrayOutput(to)));
        ArrayOutput out = new ArrayOutput(checkpoint.section(NAME));
        out.writeInt(FORMAT);
        out.writeText(topology.origin());
        out.writeLong(progress.superstep());
        out.writeLong(progress.loadNs());
        out.writeLong(progress.computeNs());
        out.writeLong(topology.partition().size());
        out.writeLong(local.size);
        out.writeLong(local.valueBytes());
        lane.save(out);
        local.save(out);
        aggregates.save(out);
        out.end();
    }

    /**
     * Reads what there is to know before lanes can be made. The graph is taken from this JVM's memory if it is kept there.
     * {@code ascending}: see {@link Relaxation#wantsAscending}.
     */
    static SavedRun open(TaskContext context, CheckpointInput checkpoint, boolean ascending) throws IOException {
        ArrayInput in = new ArrayInput(checkpoint.section(NAME), NAME);
        int format = in.readInt();
        in.check(format == FORMAT, "format %d, not %d", format, FORMAT);
        String origin = in.readText();
        Progress progress = new Progress(in.readLong(), in.readLong(), in.readLong());
        in.check(progress.superstep() > 0, "superstep %d as the next", progress.superstep());
        return new SavedRun(in, progress, topology(context, checkpoint, origin, ascending));
    }

    private static Topology topology(TaskContext context, CheckpointInput checkpoint, String origin, boolean ascending)
            throws IOException {
        if (context.kept(Topology.keptName(origin)) instanceof Topology kept) {
            return kept;
        }
        ArrayInput in = new ArrayInput(checkpoint.shared(TopologySection.NAME), TopologySection.NAME);
        Topology read = TopologySection.read(
                in, context.exchange().count(), context.exchange().index(), ascending);
        in.check(read.origin().equals(origin), "the graph of %s, not of %s", read.origin(), origin);
        return read;
    }

    Progress progress() {
        return progress;
    }

    Topology topology() {
        return topology;
    }

    /** Reads the rest; once. */
    void restore(Lane lane, Block local, Aggregates aggregates, LabelOrder labels) throws IOException {
        in.expect("vertices", topology.partition().size());
        in.expect("places for what stays", local.size);
        in.expect("bytes a value", local.valueBytes());
        lane.restore(labels, aggregates, in);
        local.restore(in);
        aggregates.restore(in);
        in.end();
    }
}
