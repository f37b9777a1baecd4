package io.valiant.task.data;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.Writable;

/** The classes of a program, by its own loader. */
public interface Types {
    /**
     * A class that the job has named.
     *
     * @param what it is for, for errors: {@code the partitioner}
     * @throws BspException USER if it is not there or extends something else
     */
    <T> Class<? extends T> load(String name, Class<T> extended, String what) throws BspException;

    /** A new object of a class, by its constructor without arguments. */
    <T> T make(Class<T> type) throws BspException;

    /** The class that stands for a type parameter of what a class extends. */
    Class<? extends Writable> argument(Class<?> type, Class<?> extended, int parameter, String what)
            throws BspException;
}
