package io.valiant.bsp;

import java.io.IOException;
import org.apache.hadoop.io.Writable;

/**
 * An input format of one's own. It is named by {@link JobInput#format(Format)} or {@code --input-format CLASS}, made in each
 * task by its constructor without arguments, and asked for a reader of each of the task's shares, one after another. The
 * type arguments have to be classes, which {@link Peer#input(Format)} is checked against.
 *
 * <p>Files go whole to one task each, unless the format is {@link Splittable}.
 *
 * @param <K> the class of keys; with a constructor without arguments
 * @param <V> the class of values; the same
 */
public abstract class InputFormat<K extends Writable, V extends Writable> {
    /**
     * Marks a format whose readers may begin at any byte: files are then cut into ranges anywhere, and each record has to be
     * read by exactly one reader: the one in whose range its first byte lies. A reader goes on past its range for the last
     * record, and passes over what began before. Compressed files are not cut.
     */
    public interface Splittable {}

    /** Opens a share of a file. */
    public abstract RecordReader<K, V> open(FileShare share) throws IOException, BspException;
}
