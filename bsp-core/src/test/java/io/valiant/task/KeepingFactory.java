package io.valiant.task;

import io.valiant.bsp.BspException;
import java.nio.ByteBuffer;

/** Runs nothing: shows what the generation before has kept, by the fact {@code kept}, and keeps its own number. */
public final class KeepingFactory implements ProgramFactory {
    @Override
    public String type() {
        return "keeping";
    }

    @Override
    public TaskProgram create(Class<?> programClass, TaskContext context) {
        return () -> run(context);
    }

    private static void run(TaskContext context) throws BspException {
        Object kept = context.kept("number");
        context.fact("kept", kept == null ? 0 : (Long) kept);
        context.keep("number", context.assignment().generation());
        boolean ends = context.assignment().generation() == 3;
        while (!context.exchange().sync(ends, ByteBuffer.allocate(0)).allVotedEnd()) {
            context.phase("computing");
        }
    }
}
