package io.valiant.examples;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Input;
import io.valiant.bsp.Peer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.io.Writable;

/**
 * A sparse matrix times a vector, as in R. Bisseling, Parallel Scientific Computation, 2004, section 4.3: the vector's components
 * are brought to the matrix' elements, multiplied where these lie, and the products are brought to their rows. Here columns and
 * rows are dealt out cyclically. Input {@value #MATRIX}: {@code row column value} a line; input {@value #VECTOR}: {@code index
 * value} a line; what is not named is 0, what is named twice is added up.
 *
 * <p>Output: {@code row<TAB>value} for each row that has an element, by row within each task.
 */
public final class SparseMatrixVector extends Bsp<SparseMatrixVector.Element> {
    /** Name of the input with the matrix. */
    public static final String MATRIX = "matrix";

    /** Name of the input with the vector. */
    public static final String VECTOR = "vector";

    @Override
    public void run(Peer<Element> peer) throws BspException {
        deal(peer);
        peer.sync();
        multiply(peer);
        peer.sync();
        SortedMap<Long, Double> rows = new TreeMap<>();
        for (Element product : peer.messages()) {
            rows.merge(product.row, product.value, Double::sum);
        }
        for (Map.Entry<Long, Double> row : rows.entrySet()) {
            peer.output().write(row.getKey(), row.getValue());
        }
    }

    /** Superstep 0: elements and components go to the owner of their column. */
    private static void deal(Peer<Element> peer) throws BspException {
        Input vector = peer.input(VECTOR);
        while (vector.next()) {
            double[] component = Doubles.of(vector, 2);
            send(
                    peer,
                    index(component[0], vector),
                    new Element(Element.COMPONENT, index(component[0], vector), component[1]));
        }
        Input matrix = peer.input(MATRIX);
        while (matrix.next()) {
            double[] element = Doubles.of(matrix, 3);
            send(
                    peer,
                    index(element[1], matrix),
                    new Element(index(element[0], matrix), index(element[1], matrix), element[2]));
        }
    }

    private static long index(double number, Input line) throws BspException {
        long index = (long) number;
        if (index != number || index < 0) {
            throw BspException.user("'%s': %s is not an index from 0 on", line.text(), number);
        }
        return index;
    }

    private static void send(Peer<Element> peer, long owned, Element element) throws BspException {
        peer.send((int) (owned % peer.count()), element);
    }

    /** Superstep 1: this peer's columns times their components, added up by row, go to the owner of the row. */
    private static void multiply(Peer<Element> peer) throws BspException {
        SortedMap<Long, Double> components = new TreeMap<>();
        SortedMap<Long, SortedMap<Long, Double>> columns = new TreeMap<>();
        for (Element element : peer.messages()) {
            if (element.row == Element.COMPONENT) {
                components.merge(element.column, element.value, Double::sum);
            } else {
                columns.computeIfAbsent(element.column, c -> new TreeMap<>())
                        .merge(element.row, element.value, Double::sum);
            }
        }
        SortedMap<Long, Double> products = new TreeMap<>();
        columns.forEach((column, rows) -> rows.forEach(
                (row, value) -> products.merge(row, value * components.getOrDefault(column, 0.0), Double::sum)));
        for (Map.Entry<Long, Double> product : products.entrySet()) {
            send(peer, product.getKey(), new Element(product.getKey(), 0, product.getValue()));
        }
    }

    /** An element of the matrix, a component of the vector, or a product. */
    public static final class Element implements Writable {
        /** Instead of a row: this is a component of the vector. */
        private static final long COMPONENT = -1;

        private long row;
        private long column;
        private double value;

        /** For those who read it. */
        public Element() {}

        Element(long row, long column, double value) {
            this.row = row;
            this.column = column;
            this.value = value;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(row);
            out.writeLong(column);
            out.writeDouble(value);
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            row = in.readLong();
            column = in.readLong();
            value = in.readDouble();
        }
    }
}
