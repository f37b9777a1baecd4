package io.valiant.protocol;

import java.util.Objects;

/**
 * A closed part of a task's output, still in the job's temporary folder.
 *
 * @param task index
 * @param temporary URI it was written to, its name holds the generation
 * @param name file name in the output folder, such as {@code part-00000}
 * @param length bytes
 * @param crc32c of the bytes
 */
public record OutputPart(int task, String temporary, String name, long length, int crc32c) {
    public OutputPart {
        Objects.requireNonNull(temporary, "temporary");
        Objects.requireNonNull(name, "name");
    }
}
