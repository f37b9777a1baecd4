package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.io.IdForm;
import io.valiant.graph.io.IdSet;
import io.valiant.graph.io.ResultLines;
import io.valiant.graph.io.TextIdSet;
import io.valiant.graph.step.Collective;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * Numbers for vertices that compare as their ids do. Ids that are numbers are their own labels. Ids of text are sorted over
 * all tasks (each task takes a range of ids, told from samples), and a label is a place in that order.
 */
final class LabelOrder {
    /** Samples each task gives for each range: ranges then differ little in size. */
    private static final int SAMPLES = 32;

    private final Exchange exchange;
    private final Collective collective;
    private final IdSet ids;
    /** Null where ids are numbers. */
    private final Ranking ranking;

    /**
     * What a task knows of the order of ids of text. Never changed.
     *
     * @param ranks label of each own vertex
     * @param range the ids of this task's range
     * @param rangeOrder numbers of these in the order of ids
     * @param base label of the first id of each task's range, and one more
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ranking(long[] ranks, TextIdSet range, int[] rangeOrder, long[] base) {}

    /** {@code ranking} is null where ids are numbers. */
    LabelOrder(Exchange exchange, IdSet ids, Ranking ranking) {
        this.exchange = exchange;
        this.collective = new Collective(exchange);
        this.ids = ids;
        this.ranking = ranking;
    }

    /** Ranks ids of text; null where ids are numbers. Every task calls it at the same time. */
    static Ranking rank(Exchange exchange, IdSet ids) throws BspException {
        if (ids.form() != IdForm.TEXT) {
            return null;
        }
        try {
            return new LabelOrder(exchange, ids, null).rank((TextIdSet) ids);
        } catch (IOException e) {
            throw Collective.broken(e);
        }
    }

    /** The label of an own vertex. */
    long label(int number) {
        return ranking == null ? ids.longId(number) : ranking.ranks[number];
    }

    /** Writes own vertices with values that are labels, as the ids these stand for. Every task calls it at the same time. */
    void write(ResultLines out, long[] values) throws BspException {
        if (ranking == null) {
            for (int v = 0; v < values.length; v++) {
                out.write(ids, v, values[v]);
            }
            return;
        }
        long[] distinct = Arrays.stream(values).sorted().distinct().toArray();
        IdSet names = names(distinct);
        for (int v = 0; v < values.length; v++) {
            out.write(ids, v, names, Arrays.binarySearch(distinct, values[v]));
        }
    }

    private Ranking rank(TextIdSet own) throws BspException, IOException {
        int[] sorted = own.sorted();
        int tasks = exchange.count();
        int[] runStart = runs(own, sorted, splitters(own, sorted), tasks);
        for (int task = 0; task < tasks; task++) {
            MessageWriter out = exchange.writer(task);
            out.writeIntLE(runStart[task + 1] - runStart[task]);
            own.write(out, sorted, runStart[task], runStart[task + 1]);
            out.endMessage();
        }
        collective.share();
        TextIdSet range = new TextIdSet();
        int[] received = new int[tasks];
        for (int task = 0; task < tasks; task++) {
            MessageReader in = exchange.reader(task);
            received[task] = in.readIntLE();
            range.readAndAdd(in, received[task]);
        }
        int[] rangeOrder = range.sorted();
        long[] base = answerRanks(received, rangeOrder);
        long[] ranks = new long[own.size()];
        for (int task = 0; task < tasks; task++) {
            long[] run = new long[runStart[task + 1] - runStart[task]];
            exchange.reader(task).readLongs(run, 0, run.length);
            for (int i = 0; i < run.length; i++) {
                ranks[sorted[runStart[task] + i]] = run[i];
            }
        }
        return new Ranking(ranks, range, rangeOrder, base);
    }

    /** Tells the others the places of the ids they sent, once it is known where this range begins. */
    private long[] answerRanks(int[] received, int[] rangeOrder) throws BspException, IOException {
        long[][] sizes = collective.share(rangeOrder.length);
        long[] base = new long[sizes.length + 1];
        for (int task = 0; task < sizes.length; task++) {
            base[task + 1] = base[task] + sizes[task][0];
        }
        long[] rank = new long[rangeOrder.length];
        for (int i = 0; i < rank.length; i++) {
            rank[rangeOrder[i]] = base[exchange.index()] + i;
        }
        int from = 0;
        for (int task = 0; task < received.length; task++) {
            exchange.writer(task).writeLongs(rank, from, received[task]);
            exchange.writer(task).endMessage();
            from += received[task];
        }
        collective.share();
        return base;
    }

    /** The ids at which ranges but the first begin: the same in every task. */
    private TextIdSet splitters(TextIdSet own, int[] sorted) throws BspException, IOException {
        int tasks = exchange.count();
        int[] sample = new int[Math.min(sorted.length, SAMPLES * tasks)];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = sorted[(int) ((long) sorted.length * i / sample.length)];
        }
        for (int task = 0; task < tasks; task++) {
            MessageWriter out = exchange.writer(task);
            out.writeIntLE(sample.length);
            own.write(out, sample, 0, sample.length);
            out.endMessage();
        }
        collective.share();
        TextIdSet samples = new TextIdSet();
        for (int task = 0; task < tasks; task++) {
            MessageReader in = exchange.reader(task);
            samples.readAndAdd(in, in.readIntLE());
        }
        int[] order = samples.sorted();
        int[] chosen = new int[tasks - 1];
        for (int r = 1; r < tasks; r++) {
            chosen[r - 1] = order[(int) ((long) order.length * r / tasks)];
        }
        return samples.reordered(chosen);
    }

    /** Where the runs of own ids begin that belong to each range. */
    private static int[] runs(TextIdSet own, int[] sorted, TextIdSet splitters, int tasks) {
        int[] start = new int[tasks + 1];
        Arrays.fill(start, 1, start.length, sorted.length);
        int at = 0;
        for (int r = 0; r < splitters.size(); r++) {
            while (at < sorted.length && own.compare(sorted[at], splitters, r) < 0) {
                at++;
            }
            start[r + 1] = at;
        }
        return start;
    }

    /** The ids of those labels (ascending, distinct), numbered alike; two barriers. */
    private IdSet names(long[] distinct) throws BspException {
        long[] base = ranking.base;
        try {
            int from = 0;
            for (int task = 0; task < exchange.count(); task++) {
                int to = from;
                while (to < distinct.length && distinct[to] >= base[task] && distinct[to] < base[task + 1]) {
                    to++;
                }
                exchange.writer(task).writeIntLE(to - from);
                exchange.writer(task).writeLongs(distinct, from, to - from);
                exchange.writer(task).endMessage();
                from = to;
            }
            if (from < distinct.length) {
                throw BspException.user("the program gave a vertex the value %d, which is no label", distinct[from]);
            }
            collective.share();
            for (int task = 0; task < exchange.count(); task++) {
                answerNames(exchange.reader(task), exchange.writer(task));
            }
            collective.share();
            TextIdSet names = new TextIdSet();
            for (int task = 0; task < exchange.count(); task++) {
                MessageReader in = exchange.reader(task);
                names.readAndAdd(in, in.readIntLE());
            }
            return names;
        } catch (IOException e) {
            throw Collective.broken(e);
        }
    }

    private void answerNames(MessageReader in, MessageWriter out) throws IOException {
        long[] labels = new long[in.readIntLE()];
        in.readLongs(labels, 0, labels.length);
        int[] numbers = new int[labels.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ranking.rangeOrder[(int) (labels[i] - ranking.base[exchange.index()])];
        }
        out.writeIntLE(numbers.length);
        ranking.range.write(out, numbers, 0, numbers.length);
        out.endMessage();
    }
}
