package io.valiant.task;

import io.valiant.bsp.BspException;

/** Knows how to run programs of one type ({@code bsp}, {@code superstep}, {@code graph}); found by ServiceLoader. */
public interface ProgramFactory {
    /** The {@code type} of {@link io.valiant.protocol.JobSpec} it serves. */
    String type();

    /** Whether that class is a program of this type, for jobs that name no type. */
    default boolean accepts(Class<?> programClass) {
        return false;
    }

    /** Makes a new run of that program. The class was loaded by the job's own loader. */
    TaskProgram create(Class<?> programClass, TaskContext context) throws BspException;
}
