package io.valiant.task;

import io.valiant.bsp.BspException;
import java.util.List;

/** Knows how to run programs of one type ({@code bsp}, {@code superstep}, {@code graph}); found by ServiceLoader. */
public interface ProgramFactory {
    /** The {@code type} of {@link io.valiant.protocol.JobSpec} it serves. */
    String type();

    /** Whether that class is a program of this type, for jobs that name no type. */
    default boolean accepts(Class<?> programClass) {
        return false;
    }

    /**
     * What a JVM that waits for an attempt plays meanwhile, in this order; no class of a user is loaded by it. All of them
     * together are to take little: they may be in the way of others on the machine.
     */
    default List<RehearsedJob> rehearsals() {
        return List.of();
    }

    /** Makes a new run of that program. The class was loaded by the job's own loader. */
    TaskProgram create(Class<?> programClass, TaskContext context) throws BspException;
}
