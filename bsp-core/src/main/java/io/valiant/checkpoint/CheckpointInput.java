package io.valiant.checkpoint;

import java.io.DataInput;
import java.io.IOException;

/** What a checkpoint holds of a task. All of it has been checked before any is given out. */
public interface CheckpointInput {
    /** The superstep that computes next. */
    long superstep();

    /**
     * Reads a section, from its beginning.
     *
     * @throws IOException there is none of that name
     */
    DataInput section(String name) throws IOException;

    /** Reads a shared section, from its beginning. */
    DataInput shared(String name) throws IOException;
}
