package io.valiant.graph.engine;

import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.IdForm;
import io.valiant.graph.io.IdSet;
import io.valiant.graph.io.TextIdSet;
import java.io.IOException;

/**
 * The shared section of a checkpoint with a task's {@link Topology}. Of segments only the rows are written: columns follow
 * from them, and making them takes no longer than reading them would.
 */
final class TopologySection {
    static final String NAME = "topology";

    private static final int FORMAT = 1;
    private static final int BY_SOURCE = 0;
    private static final int BY_TARGET = 1;

    private TopologySection() {}

    static void write(Topology topology, ArrayOutput out) throws IOException {
        Partition partition = topology.partition();
        boolean weighted = partition.local().rowWeight != null;
        out.writeInt(FORMAT);
        out.writeText(topology.origin());
        out.writeInt(partition.tasks());
        out.writeInt(partition.index());
        out.writeInt(partition.size());
        out.writeLong(partition.vertexCount());
        out.writeLong(partition.edgeCount());
        out.writeInt(weighted ? 1 : 0);
        out.writeInt(partition.ids().form() == IdForm.TEXT ? 1 : 0);
        partition.ids().save(out);
        out.writeInts(partition.degree(), partition.size());
        writeSegment(partition.local(), out);
        for (int task = 0; task < partition.tasks(); task++) {
            if (task != partition.index()) {
                write(partition.outgoing()[task], out);
                write(partition.incoming()[task], out);
            }
        }
        write(topology.ranking(), out);
        out.end();
    }

    private static void write(Outgoing outgoing, ArrayOutput out) throws IOException {
        if (outgoing.boundary() != null) {
            out.writeInt(BY_SOURCE);
            writeNumbers(outgoing.boundary().vertices, out);
        } else {
            out.writeInt(BY_TARGET);
            writeSegment(outgoing.combined(), out);
        }
    }

    private static void write(Incoming incoming, ArrayOutput out) throws IOException {
        if (incoming.mirrored() != null) {
            out.writeInt(BY_SOURCE);
            out.writeInt(incoming.mirrored().sources());
            writeSegment(incoming.mirrored(), out);
        } else {
            out.writeInt(BY_TARGET);
            writeNumbers(incoming.targets(), out);
        }
    }

    private static void writeNumbers(int[] numbers, ArrayOutput out) throws IOException {
        out.writeInt(numbers.length);
        out.writeInts(numbers, numbers.length);
    }

    private static void writeSegment(Segment segment, ArrayOutput out) throws IOException {
        writeNumbers(segment.targets, out);
        out.writeInt(segment.edges());
        out.writeInts(segment.rowStart, segment.rowStart.length);
        out.writeInts(segment.rowTarget, segment.edges());
        if (segment.rowWeight != null) {
            out.writeDoubles(segment.rowWeight, segment.edges());
        }
    }

    private static void write(LabelOrder.Ranking ranking, ArrayOutput out) throws IOException {
        out.writeInt(ranking == null ? 0 : 1);
        if (ranking != null) {
            out.writeLongs(ranking.ranks(), ranking.ranks().length);
            out.writeInt(ranking.range().size());
            ranking.range().save(out);
            out.writeInts(ranking.rangeOrder(), ranking.rangeOrder().length);
            out.writeLongs(ranking.base(), ranking.base().length);
        }
    }

    /**
     * Reads what {@link #write} wrote for that task. {@code ascending}: see {@link Relaxation#wantsAscending}.
     *
     * @throws IOException it is not that task's, or does not fit
     */
    static Topology read(ArrayInput in, int tasks, int index, boolean ascending) throws IOException {
        int format = in.readInt();
        in.check(format == FORMAT, "format %d, not %d", format, FORMAT);
        String origin = in.readText();
        int forTasks = in.readInt();
        int forIndex = in.readInt();
        in.check(
                forTasks == tasks && forIndex == index,
                "task %d of %d, not %d of %d",
                forIndex,
                forTasks,
                index,
                tasks);
        int size = in.readCount("vertices", IdSet.MOST);
        long vertexCount = in.readLong();
        long edgeCount = in.readLong();
        in.check(size <= vertexCount && edgeCount >= 0, "%d of %d vertices, %d edges", size, vertexCount, edgeCount);
        boolean weighted = in.readCount("as whether there are weights", 1) == 1;
        IdForm form = in.readCount("as form of ids", 1) == 1 ? IdForm.TEXT : IdForm.LONG;
        IdSet ids = IdSet.restore(form, in, size);
        int[] degree = in.readInts(new int[size]);
        Reader reader = new Reader(in, size, 2 * edgeCount, weighted, ascending);
        Segment local = reader.segment(size, size, ascending);
        Outgoing[] outgoing = new Outgoing[tasks];
        Incoming[] incoming = new Incoming[tasks];
        for (int task = 0; task < tasks; task++) {
            if (task != index) {
                outgoing[task] = reader.outgoing();
                incoming[task] = reader.incoming();
            }
        }
        LabelOrder.Ranking ranking = ranking(in, tasks, size);
        in.end();
        Partition partition = new Partition(index, ids, degree, local, outgoing, incoming, vertexCount, edgeCount);
        return new Topology(origin, partition, ranking);
    }

    private static LabelOrder.Ranking ranking(ArrayInput in, int tasks, int size) throws IOException {
        if (in.readCount("as whether there are labels", 1) == 0) {
            return null;
        }
        long[] ranks = in.readLongs(new long[size]);
        int ranged = in.readCount("labelled ids", IdSet.MOST);
        TextIdSet range = (TextIdSet) IdSet.restore(IdForm.TEXT, in, ranged);
        int[] rangeOrder = in.readInts(new int[ranged]);
        boolean fits = true;
        for (int number : rangeOrder) {
            fits &= number >= 0 && number < ranged;
        }
        in.check(fits, "an order of labels beyond them");
        return new LabelOrder.Ranking(ranks, range, rangeOrder, in.readLongs(new long[tasks + 1]));
    }

    /**
     * Reads what lies between two tasks.
     *
     * @param size how many vertices this task has
     * @param mostEdges how many edges there can be at most: of an edge of the file, one each way
     * @param ascending whether the weights of columns ascend along which targets pull
     */
    private record Reader(ArrayInput in, int size, long mostEdges, boolean weighted, boolean ascending) {
        Outgoing outgoing() throws IOException {
            return in.readCount("as placement", BY_TARGET) == BY_SOURCE
                    ? Outgoing.bySource(numbers(size))
                    : Outgoing.byTarget(segment(size, IdSet.MOST, false));
        }

        Incoming incoming() throws IOException {
            return in.readCount("as placement", BY_TARGET) == BY_SOURCE
                    ? Incoming.bySource(
                            segment(in.readCount("mirrors", Math.min(mostEdges, IdSet.MOST)), size, ascending))
                    : Incoming.byTarget(numbers(size));
        }

        /** Dense numbers below {@code range}, ascending. */
        private int[] numbers(int range) throws IOException {
            int[] numbers = in.readInts(new int[in.readCount("numbers of vertices", Math.min(range, mostEdges))]);
            int before = -1;
            boolean fits = true;
            for (int number : numbers) {
                fits &= number > before && number < range;
                before = number;
            }
            in.check(fits, "numbers of vertices that do not ascend below %d", range);
            return numbers;
        }

        Segment segment(int sources, int targetRange, boolean byWeight) throws IOException {
            int[] targets = numbers(targetRange);
            int edges = in.readCount("edges", Math.min(mostEdges, Integer.MAX_VALUE));
            int[] start = in.readInts(new int[sources + 1]);
            boolean fits = start[0] == 0 && start[sources] == edges;
            for (int s = 0; s < sources; s++) {
                fits &= start[s] <= start[s + 1];
            }
            in.check(fits, "rows that do not ascend to %d edges", edges);
            int[] target = in.readInts(new int[edges]);
            for (int t : target) {
                fits &= t >= 0 && t < targets.length;
            }
            in.check(fits, "an edge beyond %d targets", targets.length);
            double[] weight = weighted ? in.readDoubles(new double[edges]) : null;
            return Segment.of(targets, new Rows(start, target, weight), byWeight);
        }
    }
}
