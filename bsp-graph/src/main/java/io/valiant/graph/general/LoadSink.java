package io.valiant.graph.general;

import io.valiant.exchange.Exchange;
import io.valiant.graph.GraphSink;
import io.valiant.message.MessageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.hadoop.io.Writable;

/** Brings what is read to the tasks that own it: vertices by their ids, edges by those of their sources. */
final class LoadSink<I extends Writable, V extends Writable, E extends Writable> implements GraphSink<I, V, E> {
    private final Exchange exchange;
    private final Types<I, V, E, ?> types;
    private final boolean bothDirections;
    private final ByteOutput first = new ByteOutput();
    private final ByteOutput second = new ByteOutput();
    private final ByteOutput third = new ByteOutput();
    private final ByteOutput record = new ByteOutput();

    LoadSink(Exchange exchange, Types<I, V, E, ?> types, boolean bothDirections) {
        this.exchange = exchange;
        this.types = types;
        this.bothDirections = bothDirections;
    }

    @Override
    public void vertex(I id) {
        write(Wire.VERTEX, types.id().write(id, first), null, null);
    }

    @Override
    public void vertex(I id, V value) {
        write(Wire.VERTEX_WITH_VALUE, types.id().write(id, first), types.value().write(value, second), null);
    }

    @Override
    public void edge(I source, I target, E value) {
        types.id().write(source, first);
        types.id().write(target, second);
        types.edge().write(value, third);
        write(Wire.ADD_EDGE, first, second, third);
        if (bothDirections && !Arrays.equals(first.bytes(), 0, first.size(), second.bytes(), 0, second.size())) {
            write(Wire.ADD_EDGE, second, first, third);
        }
    }

    private void write(byte kind, ByteOutput id, ByteOutput other, ByteOutput last) {
        record.reset().write(kind);
        record.writePiece(id);
        if (other != null) {
            record.writePiece(other);
        }
        if (last != null) {
            record.writePiece(last);
        }
        MessageWriter out = exchange.writer(Ids.owner(id, exchange.count()));
        try {
            out.beginMessage();
            out.write(record.bytes(), 0, record.size());
            out.endMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
