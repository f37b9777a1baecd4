package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.graph.WritableText;
import io.valiant.graph.io.BinaryGraph;
import io.valiant.graph.io.BinaryShare;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.FloatWritable;
import org.apache.hadoop.io.Writable;

/** Reads a task's share of a binary graph; ids, and weights where they are wanted, are Hadoop's simple Writables. */
final class BinaryReader<I extends Writable, V extends Writable, E extends Writable> {
    private final BinaryGraph graph;
    private final BinaryShare share;
    private final boolean weighted;
    private final I source;
    private final I target;
    private final E value;
    private final int[] length = new int[1];
    private byte[] text = new byte[64];

    BinaryReader(BinaryShare share, Types<I, V, E, ?> types, boolean weighted) throws BspException {
        this.graph = share.graph();
        this.share = share;
        this.weighted = weighted;
        this.source = types.id().make();
        this.target = types.id().make();
        this.value = types.edge().make();
    }

    void read(LoadSink<I, V, E> sink) throws BspException {
        for (long v = share.firstVertex(); v < share.endVertex(); v++) {
            sink.vertex(id(v, source));
        }
        int[] ends = new int[2];
        for (long e = share.firstEdge(); e < share.endEdge(); e++) {
            graph.edges(e, ends, 1);
            if (weighted) {
                weight(graph.weight(e));
            }
            sink.edge(id(ends[0], source), id(ends[1], target), value);
        }
    }

    private I id(long place, I into) throws BspException {
        text = graph.text(place, text, length);
        if (!WritableText.set(into, text, 0, length[0])) {
            throw BspException.user(
                    "the binary graph has the id '%s', which is not one of %s",
                    new String(text, 0, length[0], StandardCharsets.UTF_8),
                    into.getClass().getName());
        }
        return into;
    }

    private void weight(double weight) throws BspException {
        if (!setValue(weight)) {
            throw BspException.user(
                    "the binary graph has the weight %s, which is not one of %s",
                    text(weight), value.getClass().getName());
        }
    }

    private boolean setValue(double weight) {
        if (value instanceof DoubleWritable one) {
            one.set(weight);
            return true;
        }
        if (value instanceof FloatWritable one) {
            one.set((float) weight);
            return Float.isFinite(one.get());
        }
        byte[] bytes = text(weight).getBytes(StandardCharsets.ISO_8859_1);
        return WritableText.set(value, bytes, 0, bytes.length);
    }

    /** As it would stand in a text of edges. */
    private static String text(double weight) {
        boolean whole = weight == (long) weight && Math.abs(weight) < 0x1p63;
        return whole ? Long.toString((long) weight) : Double.toString(weight);
    }
}
