package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Output;
import io.valiant.io.PartWriter;
import io.valiant.io.sequence.SequenceWriter;
import org.apache.hadoop.io.BooleanWritable;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.FloatWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** Records of a sequence file in a task's part. */
final class SequenceOutput implements Output {
    private final SequenceWriter writer;
    private final Class<? extends Writable> key;
    private final Class<? extends Writable> value;

    /** @param task index */
    SequenceOutput(PartWriter part, Class<? extends Writable> key, Class<? extends Writable> value, int task)
            throws BspException {
        this.writer = new SequenceWriter(part, key.getName(), value.getName(), task);
        this.key = key;
        this.value = value;
    }

    /** A part without records is a sequence file too: to be called where a run begins at superstep 0. */
    void begin() throws BspException {
        writer.begin();
    }

    @Override
    public void write(Object keyObject, Object valueObject) throws BspException {
        writer.write(as(key, keyObject, "key"), as(value, valueObject, "value"));
    }

    private static Writable as(Class<? extends Writable> wanted, Object given, String what) throws BspException {
        Writable made = given instanceof Writable writable ? writable : made(given);
        if (made == null || made.getClass() != wanted) {
            throw BspException.user(
                    "a %s of %s was written to an output whose %ss are of %s",
                    what, given == null ? "null" : given.getClass().getName(), what, wanted.getName());
        }
        return made;
    }

    /** The Writable of a plain value, or null. */
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

    @Override
    public void writeLine(CharSequence line) throws BspException {
        throw BspException.user("a line was written to an output that is a sequence file: write key and value");
    }
}
