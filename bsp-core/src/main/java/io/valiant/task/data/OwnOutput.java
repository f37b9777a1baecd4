package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Output;
import io.valiant.bsp.OutputFormat;
import io.valiant.io.PartWriter;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/** Records in a task's part as a user's format writes them; each segment begins anew. */
final class OwnOutput implements Output {
    private final PartWriter part;
    private final OutputFormat<Writable, Writable> format;
    private final Class<? extends Writable> key;
    private final Class<? extends Writable> value;
    private final Bytes bytes = new Bytes();

    /** @param type extends {@link OutputFormat} */
    @SuppressWarnings("unchecked")
    OwnOutput(PartWriter part, Class<?> type, Types types) throws BspException {
        this.part = part;
        this.format = (OutputFormat<Writable, Writable>) types.make(type);
        this.key = types.argument(type, OutputFormat.class, 0, "key");
        this.value = types.argument(type, OutputFormat.class, 1, "value");
    }

    /** A part without records has what files begin with: to be called where a run begins anew. */
    void begin() throws BspException {
        try {
            bytes.reset();
            format.begin(bytes);
        } catch (IOException | RuntimeException e) {
            throw failed("the beginning of a file", e);
        }
        part.write(bytes.array(), 0, bytes.size());
    }

    @Override
    public void write(Object keyObject, Object valueObject) throws BspException {
        Writable keyWritable = Plain.as(key, keyObject, "key");
        Writable valueWritable = Plain.as(value, valueObject, "value");
        if (part.segmentBytes() == 0) {
            begin();
        }
        try {
            bytes.reset();
            format.write(keyWritable, valueWritable, bytes);
        } catch (IOException | RuntimeException e) {
            throw failed("the record '" + keyWritable + "', '" + valueWritable + "'", e);
        }
        part.write(bytes.array(), 0, bytes.size());
    }

    private BspException failed(String what, Exception e) {
        String why = e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
        return new BspException(
                BspException.Kind.USER, format.getClass().getName() + " cannot write " + what + ": " + why, e);
    }

    @Override
    public void writeLine(CharSequence line) throws BspException {
        throw BspException.user("a line was written to an output that is not text: write key and value");
    }
}
