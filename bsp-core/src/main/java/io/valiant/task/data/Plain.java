package io.valiant.task.data;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.BooleanWritable;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.FloatWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** Writables of plain values, where an output is of records. */
final class Plain {
    private Plain() {}

    /**
     * What was given, as the class that the output has.
     *
     * @param what {@code key} or {@code value}
     * @throws BspException USER if it is of another
     */
    static Writable as(Class<? extends Writable> wanted, Object given, String what) throws BspException {
        Writable made = given instanceof Writable writable ? writable : made(given);
        if (made == null || made.getClass() != wanted) {
            throw BspException.user(
                    "a %s of %s was written to an output whose %ss are of %s",
                    what, given == null ? "null" : given.getClass().getName(), what, wanted.getName());
        }
        return made;
    }

    /** Null where there is none. */
    private static Writable made(Object given) {
        if (given == null) {
            return NullWritable.get();
        }
        if (given instanceof String text) {
            return new Text(text);
        }
        if (given instanceof Long number) {
            return new LongWritable(number);
        }
        if (given instanceof Integer number) {
            return new IntWritable(number);
        }
        if (given instanceof Double number) {
            return new DoubleWritable(number);
        }
        if (given instanceof Float number) {
            return new FloatWritable(number);
        }
        if (given instanceof Boolean truth) {
            return new BooleanWritable(truth);
        }
        return given instanceof byte[] bytes ? new BytesWritable(bytes) : null;
    }
}
