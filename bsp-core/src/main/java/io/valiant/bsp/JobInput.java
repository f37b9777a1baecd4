package io.valiant.bsp;

import java.util.Objects;

/**
 * One named input of a job: where its files are, how their bytes are records, which task gets which.
 *
 * <pre>
 * BspJob.of(Orders.class)
 *         .input(JobInput.of("users", "hdfs://c/users/*.seq").format(Format.sequence(Text.class, Text.class)).partition(HASH))
 *         .input(JobInput.of("orders", "/data/orders").format(Format.keyValue(";")).partition(HASH))
 * </pre>
 *
 * @param name {@code input} for the only input of a plain program; {@code vertices}, {@code edges} for graphs
 * @param path file, folder of files, pattern ({@code *}, {@code ?}, {@code [a-c]}, <code>{a,b}</code>), or any Hadoop file
 *     system URI; several separated by commas. A file counts once, however often it is named. Compressed ones (gzip, bzip2,
 *     zstd by their first bytes, zlib by the name {@code .deflate}) are unpacked
 * @param format the words of a {@link Format}; {@code text}: as the program likes
 * @param partition {@link #BYTES}, {@link #PARTS}, {@link #HASH}, {@link #RANGE} or the name of a {@link Partitioner}
 * @param whole whether each file is read by one task, as formats want that cannot begin anywhere
 */
public record JobInput(String name, String path, String format, String partition, boolean whole) {
    /** Lines of text. */
    public static final String TEXT = "text";

    /** All files are one run of bytes that is cut into as many equal ranges as there are tasks. */
    public static final String BYTES = "bytes";

    /**
     * Part file i goes to task i, whole: for inputs that were written with the same partitioning. {@code part-00003} and its
     * later segments {@code part-00003-0001} … are part 3; files that are not named so count in the order of their names.
     */
    public static final String PARTS = "parts";

    /** Records are dealt out by a hash of the key and come to each task in the order of the keys. */
    public static final String HASH = "hash";

    /**
     * Records are dealt out so that each task has a range of the keys, all of them lower than those of the next task, and
     * come in the order of the keys. Several such inputs of a job share their borders. Reads the input twice.
     */
    public static final String RANGE = "range";

    public JobInput {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(format, "format");
        // null in rows that were stored before there were partitions
        partition = partition == null ? BYTES : partition;
    }

    /** An input dealt out by bytes. */
    public JobInput(String name, String path, String format) {
        this(name, path, format, BYTES, false);
    }

    /** The job's only input, as lines of text. */
    public static JobInput of(String path) {
        return of("input", path);
    }

    /** A named input, as lines of text. */
    public static JobInput of(String name, String path) {
        return new JobInput(name, path, TEXT);
    }

    /** The same input in a format. */
    public JobInput format(Format<?, ?> value) {
        return new JobInput(name, path, value.toString(), partition, whole);
    }

    /** The same input, dealt out by {@link #BYTES}, {@link #PARTS}, {@link #HASH}, {@link #RANGE} or a class. */
    public JobInput partition(String value) {
        return new JobInput(name, path, format, value, whole);
    }

    /** The same input, dealt out by a partitioner of one's own; records come in the order of the keys. */
    public JobInput partition(Class<? extends Partitioner<?, ?>> value) {
        return partition(value.getName());
    }

    /** The same input elsewhere. */
    public JobInput at(String value) {
        return new JobInput(name, value, format, partition, whole);
    }

    /** The same input, with or without files of which each is read by one task. */
    public JobInput whole(boolean value) {
        return new JobInput(name, path, format, partition, value);
    }

    /** Whether records go to tasks by their key, so that the engine deals them out before the program begins. */
    public boolean isByKey() {
        return !partition.equals(BYTES) && !partition.equals(PARTS);
    }
}
