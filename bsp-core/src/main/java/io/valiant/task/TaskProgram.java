package io.valiant.task;

import io.valiant.bsp.BspException;

/** One run of a task's program, in the program's thread. */
public interface TaskProgram {
    /** Loads, computes, writes output; returns when this peer's program has ended and all peers have voted so. */
    void run() throws BspException;
}
