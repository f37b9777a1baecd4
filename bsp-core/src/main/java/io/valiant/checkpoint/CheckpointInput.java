package io.valiant.checkpoint;

import java.io.DataInputStream;
import java.io.IOException;

/** What a checkpoint holds of a task. All of it has been checked before any is given out. */
public interface CheckpointInput {
    /** The superstep that computes next. */
    long superstep();

    /**
     * Reads a section, from its beginning. It closes by itself when all is read; who does not read all closes it.
     *
     * @throws IOException there is none of that name
     */
    DataInputStream section(String name) throws IOException;

    /** Reads a shared section, from its beginning; closed like others. */
    DataInputStream shared(String name) throws IOException;
}
