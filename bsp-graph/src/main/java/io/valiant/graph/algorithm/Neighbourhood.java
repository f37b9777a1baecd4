package io.valiant.graph.algorithm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;

/**
 * What {@link ClusteringCoefficient} keeps of a vertex: how many neighbours it has, those of them that are greater in the order
 * of triangles with the number of arcs to each, and how many arcs it is known to have between neighbours.
 */
final class Neighbourhood implements Writable {
    long degree;
    long arcs;
    double coefficient;
    NumberList greater = new NumberList();

    @Override
    public void write(DataOutput out) throws IOException {
        WritableUtils.writeVLong(out, degree);
        WritableUtils.writeVLong(out, arcs);
        out.writeDouble(coefficient);
        greater.write(out);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        degree = WritableUtils.readVLong(in);
        arcs = WritableUtils.readVLong(in);
        coefficient = in.readDouble();
        greater.readFields(in);
    }

    @Override
    public String toString() {
        return Double.toString(coefficient);
    }
}
