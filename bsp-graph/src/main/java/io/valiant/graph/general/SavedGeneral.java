package io.valiant.graph.general;

import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.CheckpointOutput;
import io.valiant.graph.MasterCompute;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.step.Aggregates;
import io.valiant.graph.step.Progress;
import io.valiant.task.TaskContext;
import java.io.IOException;

/**
 * A run between two supersteps, as a checkpoint holds it: the barrier has passed, nothing that came is read yet, and the master
 * has yet to have its turn. The graph without its values is in a shared section, written anew only when it has changed.
 */
final class SavedGeneral {
    static final String NAME = "graph";
    static final String TOPOLOGY = "topology";

    private static final int FORMAT = 2;
    private static final int MOST_MASTER_BYTES = 1 << 30;

    private final ArrayInput in;
    private final Progress progress;
    private final int phase;
    private final long vertexCount;
    private final long edgeCount;
    private final VertexStore store;
    private final boolean sentToFew;
    private final int[] slotsOf;

    private SavedGeneral(
            ArrayInput in,
            Progress progress,
            int phase,
            long vertexCount,
            long edgeCount,
            VertexStore store,
            boolean sentToFew,
            int[] slotsOf) {
        this.in = in;
        this.progress = progress;
        this.phase = phase;
        this.vertexCount = vertexCount;
        this.edgeCount = edgeCount;
        this.store = store;
        this.sentToFew = sentToFew;
        this.slotsOf = slotsOf;
    }

    /**
     * Writes a run.
     *
     * @param counts vertices and edges of the whole graph
     * @param sentToFew what {@link Outbox#hasSentToFew} says
     * @param slotsOf by task, how many slots it has told
     * @param master whose fields are saved, or null
     */
    static void save(
            CheckpointOutput checkpoint,
            Progress progress,
            int phase,
            long[] counts,
            VertexStore store,
            long[] active,
            boolean sentToFew,
            int[] slotsOf,
            Aggregates aggregates,
            MasterCompute master)
            throws IOException {
        long version = store.version();
        checkpoint.shared(TOPOLOGY, version, to -> store.save(new ArrayOutput(to)));
        ArrayOutput out = new ArrayOutput(checkpoint.section(NAME));
        out.writeInt(FORMAT);
        out.writeText("general");
        out.writeLong(progress.superstep());
        out.writeLong(progress.loadNs());
        out.writeLong(progress.computeNs());
        out.writeLong(version);
        out.writeInt(phase);
        out.writeLong(counts[0]);
        out.writeLong(counts[1]);
        out.writeInt(sentToFew ? 1 : 0);
        out.writeInts(slotsOf, slotsOf.length);
        out.writeInt(store.slots());
        out.writeLongs(active, (store.slots() + 63) >>> 6);
        store.values().save(out);
        aggregates.save(out);
        ByteOutput fields = new ByteOutput();
        if (master != null) {
            master.write(fields);
        }
        out.writeInt(fields.size());
        out.writeBytes(fields.bytes(), fields.size());
        out.end();
    }

    /** Reads what there is to know before the program is set up. */
    static SavedGeneral open(TaskContext context, CheckpointInput checkpoint) throws IOException {
        ArrayInput in = new ArrayInput(checkpoint.section(NAME), NAME);
        int format = in.readInt();
        in.check(format == FORMAT, "format %d, not %d", format, FORMAT);
        String kind = in.readText();
        in.check(kind.equals("general"), "a run of another kind of program");
        Progress progress = new Progress(in.readLong(), in.readLong(), in.readLong());
        in.check(progress.superstep() > 0, "superstep %d as the next", progress.superstep());
        long version = in.readLong();
        int phase = in.readInt();
        long vertexCount = in.readLong();
        long edgeCount = in.readLong();
        boolean sentToFew = in.readInt() != 0;
        int[] slotsOf = in.readInts(new int[context.exchange().count()]);
        VertexStore store = VertexStore.restore(
                new ArrayInput(checkpoint.shared(TOPOLOGY), TOPOLOGY),
                context.exchange().index(),
                context.exchange().count(),
                version);
        return new SavedGeneral(in, progress, phase, vertexCount, edgeCount, store, sentToFew, slotsOf);
    }

    VertexStore store() {
        return store;
    }

    Progress progress() {
        return progress;
    }

    int phase() {
        return phase;
    }

    boolean hasSentToFew() {
        return sentToFew;
    }

    /** By task: how many slots it had. */
    int[] slotsOf() {
        return slotsOf;
    }

    long vertexCount() {
        return vertexCount;
    }

    long edgeCount() {
        return edgeCount;
    }

    /** Reads the rest, once; returns who has not voted to halt. {@code master} is null where none is saved. */
    long[] restore(Aggregates aggregates, MasterCompute master) throws IOException {
        int slots = in.readInt();
        in.check(slots == store.slots(), "%d slots, not %d", slots, store.slots());
        long[] active = in.readLongs(new long[(slots + 63) >>> 6]);
        int tail = slots & 63;
        in.check(tail == 0 || active[active.length - 1] >>> tail == 0, "more active vertices than %d slots", slots);
        store.restoreValues(in);
        aggregates.restore(in);
        byte[] fields = in.readBytes(new byte[in.readCount("bytes of a master", MOST_MASTER_BYTES)]);
        if (master != null) {
            ByteInput saved = new ByteInput().reset(fields, 0, fields.length);
            master.readFields(saved);
            in.check(saved.remaining() == 0, "%d bytes of a master that it does not read", saved.remaining());
        }
        in.end();
        return active;
    }
}
