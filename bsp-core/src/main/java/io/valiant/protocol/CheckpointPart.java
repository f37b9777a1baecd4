package io.valiant.protocol;

import java.util.Objects;

/**
 * One task's share of a checkpoint, written and forced to disk.
 *
 * @param task whose
 * @param file URI
 * @param length in bytes
 * @param crc32c of all its bytes
 */
public record CheckpointPart(int task, String file, long length, int crc32c) {
    public CheckpointPart {
        Objects.requireNonNull(file, "file");
    }
}
