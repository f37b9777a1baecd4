package io.valiant.task.data;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Format;
import io.valiant.bsp.Output;
import io.valiant.io.PartWriter;
import io.valiant.protocol.JobSpec;
import io.valiant.task.TaskContext;
import org.apache.hadoop.io.Writable;

/** Makes a task's output, in the format of the job. */
public final class Outputs {
    private Outputs() {}

    /**
     * The output, or null where it is not to be made before it is asked for: only a sequence file has to be there before
     * its first record. For a run that begins at superstep 0.
     */
    public static Output begun(TaskContext context, Types types) throws BspException {
        JobSpec spec = context.assignment().spec();
        if (spec.output() == null
                || Format.parse(spec.data().outputFormat()).kind() != Format.Kind.SEQUENCE) {
            return null;
        }
        Output output = of(context, types);
        if (output instanceof SequenceOutput sequence) {
            sequence.begin();
        }
        return output;
    }

    /** @throws BspException USER if the job has no output, or a class of its format is not there */
    public static Output of(TaskContext context, Types types) throws BspException {
        PartWriter part = context.output();
        JobSpec spec = context.assignment().spec();
        Format<?, ?> format = Format.parse(spec.data().outputFormat());
        return switch (format.kind()) {
            case TEXT -> new TextOutput(part, "\t", false);
            case KEY_VALUE -> new TextOutput(part, format.separator(), true);
            case SEQUENCE -> new SequenceOutput(
                    part,
                    types.load(format.keyClass(), Writable.class, "the key class"),
                    types.load(format.valueClass(), Writable.class, "the value class"),
                    context.assignment().attempt().task());
            case OWN -> throw BspException.user("%s reads; an output is text, keyvalue or sequence", format);
        };
    }
}
