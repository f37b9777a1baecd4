package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Next;
import io.valiant.bsp.SuperstepProgram;
import io.valiant.task.ProgramFactory;
import io.valiant.task.TaskContext;
import io.valiant.task.TaskProgram;
import org.apache.hadoop.io.Writable;

/** Runs programs that extend {@link SuperstepProgram}: type {@code superstep}. */
public final class SuperstepProgramFactory implements ProgramFactory {
    @Override
    public String type() {
        return "superstep";
    }

    @Override
    public boolean accepts(Class<?> programClass) {
        return SuperstepProgram.class.isAssignableFrom(programClass);
    }

    @Override
    public TaskProgram create(Class<?> programClass, TaskContext context) throws BspException {
        String named = context.assignment().spec().messageClass();
        @SuppressWarnings("unchecked")
        SuperstepProgram<Writable, Writable> program = ProgramMaker.make(programClass, SuperstepProgram.class);
        MessageType<Writable> messages = MessageType.of(programClass, SuperstepProgram.class, 1, named, "message");
        TaskPeer<Writable> peer =
                new TaskPeer<>(context, messages, programClass.getClassLoader(), TaskPeer.Stage.SUPERSTEP);
        return () -> run(program, peer, context);
    }

    private static void run(SuperstepProgram<Writable, Writable> program, TaskPeer<Writable> peer, TaskContext context)
            throws BspException {
        try {
            steps(program, peer, context);
        } finally {
            peer.stage(TaskPeer.Stage.OVER);
        }
    }

    private static void steps(
            SuperstepProgram<Writable, Writable> program, TaskPeer<Writable> peer, TaskContext context)
            throws BspException {
        Writable state = program.initialState(peer);
        if (state == null) {
            state = MessageType.of(program.getClass(), SuperstepProgram.class, 0, null, "state")
                    .make();
        }
        context.phase("computing");
        boolean ended = false;
        while (!ended) {
            Next next = program.superstep(state, peer);
            if (next == null) {
                throw BspException.user(
                        "%s returned null, not CONTINUE or HALT",
                        program.getClass().getName());
            }
            ended = peer.barrier(next == Next.HALT).allVotedEnd();
        }
        context.fact("supersteps", peer.superstep());
        peer.stage(TaskPeer.Stage.CLEANUP);
        program.finish(state, peer);
    }
}
