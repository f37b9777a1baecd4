package io.valiant.examples;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Input;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.StringTokenizer;
import org.apache.hadoop.io.Writable;

/** An array of doubles as state or message: centres, weights, sums. */
public final class Doubles implements Writable {
    private static final double[] NONE = {};

    private double[] values;

    /** None at all. */
    public Doubles() {
        this(NONE);
    }

    /** These; not copied. */
    public Doubles(double... values) {
        this.values = values;
    }

    /** The array itself. */
    public double[] values() {
        return values;
    }

    /** Other values; not copied. */
    public void set(double... others) {
        values = others;
    }

    /** Adds the other's values to these, place by place; where the other has more, these are 0. */
    public void add(Doubles other) {
        if (values.length < other.values.length) {
            values = Arrays.copyOf(values, other.values.length);
        }
        for (int i = 0; i < other.values.length; i++) {
            values[i] += other.values[i];
        }
    }

    /**
     * The numbers of a line of input, blanks, tabs or commas between.
     *
     * @param least how many there must be at least
     * @throws BspException USER if there are less, or one is no number
     */
    public static double[] of(Input line, int least) throws BspException {
        StringTokenizer words = new StringTokenizer(line.text(), " \t,");
        double[] numbers = new double[words.countTokens()];
        if (numbers.length < least) {
            throw BspException.user("'%s' has not %d numbers", line.text(), least);
        }
        for (int i = 0; i < numbers.length; i++) {
            String word = words.nextToken();
            try {
                numbers[i] = Double.parseDouble(word);
            } catch (NumberFormatException e) {
                throw new BspException(
                        BspException.Kind.USER, "'" + word + "' in '" + line.text() + "' is not a number", e);
            }
        }
        return numbers;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (double value : values) {
            text.append(text.length() == 0 ? "" : " ").append(value);
        }
        return text.toString();
    }
}
