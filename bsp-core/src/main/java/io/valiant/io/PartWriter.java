package io.valiant.io;

import io.valiant.bsp.BspException;

/** A task's output part: bytes to a temporary file named by generation. Used by one thread. */
public interface PartWriter {
    void write(byte[] bytes, int from, int count) throws BspException;

    /** Bytes of the segment now open; 0 where the next byte begins one. */
    long segmentBytes();
}
