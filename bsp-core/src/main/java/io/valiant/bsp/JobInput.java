package io.valiant.bsp;

import java.util.Objects;

/**
 * One named input of a job.
 *
 * @param name {@code input} for the only input of a plain program; {@code vertices}, {@code edges} for graphs
 * @param path file, folder of part files, .gz, or any Hadoop file system URI; several separated by commas
 * @param format {@code text}
 */
public record JobInput(String name, String path, String format) {
    /** The only format there is: lines of text. */
    public static final String TEXT = "text";

    public JobInput {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(format, "format");
    }
}
