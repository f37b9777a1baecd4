package io.valiant.protocol;

import java.util.List;
import java.util.Objects;

/**
 * One task's share of a checkpoint, written and forced to disk.
 *
 * @param task whose
 * @param file URI
 * @param length in bytes
 * @param crc32c of all its bytes
 * @param shared names of the files it refers to, in the job's folder of shared sections
 */
public record CheckpointPart(int task, String file, long length, int crc32c, List<String> shared) {
    public CheckpointPart {
        Objects.requireNonNull(file, "file");
        shared = List.copyOf(shared);
    }
}
