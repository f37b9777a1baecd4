package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Format;
import io.valiant.bsp.Output;
import io.valiant.bsp.OutputFormat;
import io.valiant.io.PartWriter;
import io.valiant.protocol.JobSpec;
import io.valiant.task.TaskContext;
import org.apache.hadoop.io.Writable;

/** Makes a task's output, in the format of the job. */
public final class Outputs {
    private Outputs() {}

    /**
     * The output, or null where it is not to be made before it is asked for: what files begin with has to be there
     * without a record too. For a run that begins anew.
     */
    public static Output begun(TaskContext context, Types types) throws BspException {
        JobSpec spec = context.assignment().spec();
        if (spec.output() == null) {
            return null;
        }
        return switch (Format.parse(spec.data().outputFormat()).kind()) {
            case TEXT, KEY_VALUE -> null;
            case SEQUENCE, OWN -> {
                Output output = of(context, types);
                if (output instanceof SequenceOutput sequence) {
                    sequence.begin();
                } else if (output instanceof OwnOutput own) {
                    own.begin();
                }
                yield output;
            }
        };
    }

    /** @throws BspException USER if the job has no output, or a class of its format is not there */
    public static Output of(TaskContext context, Types types) throws BspException {
        PartWriter part = context.output();
        JobSpec spec = context.assignment().spec();
        Format<?, ?> format = Format.parse(spec.data().outputFormat());
        return switch (format.kind()) {
            case TEXT -> new TextOutput(part, "\t", false);
            case KEY_VALUE -> new TextOutput(part, format.separator(), true);
            case SEQUENCE ->
                new SequenceOutput(
                        part,
                        types.load(format.keyClass(), Writable.class, "the key class"),
                        types.load(format.valueClass(), Writable.class, "the value class"),
                        context.assignment().attempt().task());
            case OWN ->
                new OwnOutput(part, types.load(format.ownClass(), OutputFormat.class, "the output format"), types);
        };
    }
}
