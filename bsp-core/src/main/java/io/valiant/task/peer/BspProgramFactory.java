package io.valiant.task.peer;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.task.ProgramFactory;
import io.valiant.task.RehearsedJob;
import io.valiant.task.TaskContext;
import io.valiant.task.TaskProgram;
import java.util.List;
import org.apache.hadoop.io.Writable;

/** Runs programs that extend {@link Bsp}: type {@code bsp}. */
public final class BspProgramFactory implements ProgramFactory {
    @Override
    public String type() {
        return "bsp";
    }

    @Override
    public boolean accepts(Class<?> programClass) {
        return Bsp.class.isAssignableFrom(programClass);
    }

    @Override
    public List<RehearsedJob> rehearsals() {
        return List.of(Greeting.JOB);
    }

    @Override
    public TaskProgram create(Class<?> programClass, TaskContext context) throws BspException {
        String named = context.assignment().spec().messageClass();
        @SuppressWarnings("unchecked")
        Bsp<Writable> program = ProgramMaker.make(programClass, Bsp.class);
        MessageType<Writable> messages = MessageType.of(programClass, Bsp.class, 0, named, "message");
        TaskPeer<Writable> peer =
                new TaskPeer<>(context, messages, programClass.getClassLoader(), TaskPeer.Stage.PLAIN);
        return () -> run(program, peer, context);
    }

    private static void run(Bsp<Writable> program, TaskPeer<Writable> peer, TaskContext context) throws BspException {
        try {
            peer.load();
        } catch (Throwable e) {
            peer.stage(TaskPeer.Stage.OVER);
            throw e;
        }
        context.phase("computing");
        try {
            program.setup(peer);
            program.run(peer);
        } catch (Throwable e) {
            peer.tellRecords(e);
            cleanUpAfter(e, program, peer);
            throw e;
        }
        peer.stage(TaskPeer.Stage.CLEANUP);
        try {
            program.cleanup(peer);
        } finally {
            peer.stage(TaskPeer.Stage.OVER);
        }
        context.fact("supersteps", peer.superstep() + 1);
        // Others may still be at work: this peer votes for the end in each of their barriers.
        boolean ended = false;
        while (!ended) {
            ended = peer.barrier(true, false).allVotedEnd();
        }
    }

    /** The program's own failure is the one to be told; what its cleanup throws goes with it. */
    private static void cleanUpAfter(Throwable failure, Bsp<Writable> program, TaskPeer<Writable> peer) {
        peer.stage(TaskPeer.Stage.CLEANUP);
        try {
            program.cleanup(peer);
        } catch (Throwable e) {
            failure.addSuppressed(e);
        }
        peer.stage(TaskPeer.Stage.OVER);
    }
}
