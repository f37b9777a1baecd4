package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Next;
import io.valiant.bsp.SuperstepProgram;
import io.valiant.exchange.BarrierResult;
import io.valiant.task.ProgramFactory;
import io.valiant.task.TaskContext;
import io.valiant.task.TaskProgram;
import java.lang.reflect.Constructor;
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
        } catch (Throwable e) {
            peer.tellRecords(e);
            throw e;
        } finally {
            peer.stage(TaskPeer.Stage.OVER);
        }
    }

    private static void steps(
            SuperstepProgram<Writable, Writable> program, TaskPeer<Writable> peer, TaskContext context)
            throws BspException {
        peer.load();
        Writable state = begin(program, peer, context);
        boolean mayCheckpoint = peer.mayCheckpoint() && canBeMade(state, context);
        context.phase("computing");
        boolean ended = false;
        while (!ended) {
            Next next = program.superstep(state, peer);
            if (next == null) {
                throw BspException.user(
                        "%s returned null, not CONTINUE or HALT",
                        program.getClass().getName());
            }
            BarrierResult result = peer.barrier(next == Next.HALT, mayCheckpoint);
            ended = result.allVotedEnd();
            if (result.takesCheckpoint()) {
                peer.checkpoint(state);
            }
        }
        context.fact("supersteps", peer.superstep());
        peer.stage(TaskPeer.Stage.CLEANUP);
        program.finish(state, peer);
    }

    /** The state of superstep 0, or that of the checkpoint. */
    private static Writable begin(
            SuperstepProgram<Writable, Writable> program, TaskPeer<Writable> peer, TaskContext context)
            throws BspException {
        if (context.restored() != null) {
            String saved = SavedState.className(context.restored());
            Writable state = MessageType.of(program.getClass(), SuperstepProgram.class, 0, saved, "state")
                    .make();
            SavedState.read(context.restored(), state);
            return state;
        }
        Writable state = program.initialState(peer);
        return state != null
                ? state
                : MessageType.of(program.getClass(), SuperstepProgram.class, 0, null, "state")
                        .make();
    }

    /**
     * Whether a restored run could make the state's class: if not, no checkpoint is taken. Asking the program for another
     * first state would send, count and read a second time.
     */
    private static boolean canBeMade(Writable state, TaskContext context) {
        for (Constructor<?> constructor : state.getClass().getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 0) {
                return true;
            }
        }
        System.err.println("[" + context.attempt() + "] takes no checkpoints: "
                + state.getClass().getName() + " has no constructor without arguments");
        return false;
    }
}
