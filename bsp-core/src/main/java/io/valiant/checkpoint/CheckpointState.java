package io.valiant.checkpoint;

import java.io.IOException;

/** Writes a program's state between two supersteps. */
@FunctionalInterface
public interface CheckpointState {
    void save(CheckpointOutput out) throws IOException;
}
