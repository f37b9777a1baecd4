package io.valiant.task;

import io.valiant.bsp.BspException;
import java.util.List;

/** Gives the loader of a job's program. */
@FunctionalInterface
public interface ProgramLoader {
    /**
     * The loader for these jars; whoever gave it closes it.
     *
     * @param jars URIs
     */
    ClassLoader of(List<String> jars) throws BspException;

    /**
     * Puts side files into the program's working folder, by their own names.
     *
     * @param files URIs
     */
    default void fetch(List<String> files) throws BspException {
        if (!files.isEmpty()) {
            throw BspException.user("side files are put into the working folder of a child JVM; here there is none");
        }
    }
}
