package io.valiant.protocol;

import java.util.Objects;

/**
 * Names a stored checkpoint of a job.
 *
 * @param generation in which it was taken
 * @param superstep that computes next when it is restored
 * @param folder URI of the folder with its manifest and parts
 * @param crc32c of the manifest's bytes
 */
public record CheckpointRef(long generation, long superstep, String folder, int crc32c) {
    public CheckpointRef {
        Objects.requireNonNull(folder, "folder");
    }

    @Override
    public String toString() {
        return "checkpoint g" + generation + " s" + superstep;
    }
}
