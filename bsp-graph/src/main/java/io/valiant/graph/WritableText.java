package io.valiant.graph;

import io.valiant.graph.io.Decimals;
import io.valiant.graph.io.IdText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.io.BooleanWritable;
import org.apache.hadoop.io.ByteWritable;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.FloatWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.ShortWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.VIntWritable;
import org.apache.hadoop.io.VLongWritable;
import org.apache.hadoop.io.Writable;

/** Sets Hadoop's own Writables to what a text says; for readers. */
public final class WritableText {
    private WritableText() {}

    /**
     * Sets a value to what the UTF-8 bytes {@code [from .. to)} say.
     *
     * @return false if they do not say anything of its kind, such as {@code x} of a LongWritable, or a number that is not finite
     * @throws IllegalArgumentException the value is not one of Hadoop's simple Writables
     */
    public static boolean set(Writable value, byte[] bytes, int from, int to) {
        if (value instanceof Text text) {
            text.set(bytes, from, to - from);
            return true;
        }
        if (value instanceof NullWritable) {
            return true;
        }
        if (value instanceof BytesWritable all) {
            all.set(bytes, from, to - from);
            return true;
        }
        if (value instanceof BooleanWritable truth) {
            String text = new String(bytes, from, to - from, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            truth.set(text.equals("true"));
            return text.equals("true") || text.equals("false");
        }
        return setNumber(value, bytes, from, to);
    }

    private static boolean setNumber(Writable value, byte[] bytes, int from, int to) {
        boolean isDouble = value instanceof DoubleWritable;
        if (isDouble || value instanceof FloatWritable) {
            double number;
            try {
                number = Decimals.parse(bytes, from, to);
            } catch (NumberFormatException e) {
                return false;
            }
            if (isDouble) {
                ((DoubleWritable) value).set(number);
                return Double.isFinite(number);
            }
            ((FloatWritable) value).set((float) number);
            return Float.isFinite((float) number);
        }
        boolean isWhole = IdText.isCanonicalLong(bytes, from, to);
        return setWhole(value, isWhole ? IdText.parseLong(bytes, from, to) : 0) && isWhole;
    }

    private static boolean setWhole(Writable value, long number) {
        if (value instanceof LongWritable one) {
            one.set(number);
            return true;
        }
        if (value instanceof VLongWritable one) {
            one.set(number);
            return true;
        }
        if (value instanceof IntWritable one) {
            one.set((int) number);
            return (int) number == number;
        }
        if (value instanceof VIntWritable one) {
            one.set((int) number);
            return (int) number == number;
        }
        if (value instanceof ShortWritable one) {
            one.set((short) number);
            return (short) number == number;
        }
        if (value instanceof ByteWritable one) {
            one.set((byte) number);
            return (byte) number == number;
        }
        throw new IllegalArgumentException(
                value.getClass().getName() + " cannot be read from text: give the program a reader of its own");
    }
}
