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
}
