package io.valiant.checkpoint;

import java.io.DataOutput;
import java.io.IOException;

/** Where a task's state goes when a checkpoint is taken. */
public interface CheckpointOutput {
    /**
     * Begins a section; the one before is over.
     *
     * @param name unique in the part
     */
    DataOutput section(String name) throws IOException;

    /**
     * A section that is large and seldom changes, such as a graph's topology: written into a file of its own when that
     * version is saved for the first time, referred to by later checkpoints, also of a generation that has begun from one of
     * them. A part that does not name it ends that: a later one that names it again writes it again.
     *
     * @param name unique in the part; of letters, digits, dots, hyphens and underscores
     * @param version raised by the program with each change
     */
    void shared(String name, long version, Content content) throws IOException;

    /** Writes what belongs into a section. */
    @FunctionalInterface
    interface Content {
        void write(DataOutput out) throws IOException;
    }
}
