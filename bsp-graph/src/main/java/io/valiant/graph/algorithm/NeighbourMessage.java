package io.valiant.graph.algorithm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;

/** What vertices tell each other in {@link ClusteringCoefficient}; which of its steps it is tells what it means. */
final class NeighbourMessage implements Writable {
    /** The sender's number. */
    long from;
    /** Its degree, or how many arcs it has found. */
    long value;

    final NumberList list = new NumberList();

    @Override
    public void write(DataOutput out) throws IOException {
        WritableUtils.writeVLong(out, from);
        WritableUtils.writeVLong(out, value);
        list.write(out);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        from = WritableUtils.readVLong(in);
        value = WritableUtils.readVLong(in);
        list.readFields(in);
    }
}
