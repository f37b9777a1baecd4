package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Output;
import io.valiant.io.PartWriter;
import io.valiant.io.sequence.SequenceWriter;
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

    /** A part without records is a sequence file too: to be called where a run begins anew. */
    void begin() throws BspException {
        writer.begin();
    }

    @Override
    public void write(Object keyObject, Object valueObject) throws BspException {
        writer.write(Plain.as(key, keyObject, "key"), Plain.as(value, valueObject, "value"));
    }

    @Override
    public void writeLine(CharSequence line) throws BspException {
        throw BspException.user("a line was written to an output that is a sequence file: write key and value");
    }
}
