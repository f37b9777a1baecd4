package io.valiant.protocol;

import java.util.Objects;

/**
 * A byte range of one file that one task reads. A line belongs to the split in which its first byte lies.
 *
 * @param input name of the job's input
 * @param file URI
 * @param offset first byte
 * @param length bytes; -1 to the end, for a file that cannot be split (compressed)
 */
public record InputSplit(String input, String file, long offset, long length) {
    public InputSplit {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(file, "file");
    }
}
