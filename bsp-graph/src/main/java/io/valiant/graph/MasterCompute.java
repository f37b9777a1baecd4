package io.valiant.graph;

import io.valiant.bsp.BspException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/**
 * What a {@link VertexProgram} does in one place: runs once before each superstep, 0 too, when all that vertices have given
 * to aggregators is folded and before any vertex is computed. It may set aggregators, switch the phase, end the run.
 *
 * <p>There is one instance in the job, in task 0; after a failure a new one. Fields that change must be saved: a class that has
 * fields which are not static, final or transient and does not override {@link #write} and {@link #readFields} is refused. What
 * a final field refers to is not looked at.
 */
public abstract class MasterCompute implements Writable {
    /** Called once, before anything else. */
    public void setup(ProgramSetup graph) throws BspException {}

    /** Before the superstep that {@code master} names. */
    public abstract void compute(MasterContext master) throws BspException;

    /** Writes fields that change, for a checkpoint. */
    @Override
    public void write(DataOutput out) throws IOException {}

    /** Reads what {@link #write} wrote. */
    @Override
    public void readFields(DataInput in) throws IOException {}
}
