package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.exchange.BarrierResult;
import java.nio.ByteBuffer;

/** Computes nothing, takes checkpoints: shows what the generation before has kept, by the fact {@code kept}, and keeps its own number. */
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
        BarrierResult barrier = context.exchange().sync(ends, true, ByteBuffer.allocate(0));
        while (!barrier.allVotedEnd()) {
            if (barrier.takesCheckpoint()) {
                context.checkpoint(part -> {});
            }
            barrier = context.exchange().sync(ends, true, ByteBuffer.allocate(0));
        }
    }
}
