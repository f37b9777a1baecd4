package io.valiant.bsp;

import org.apache.hadoop.io.Writable;

/**
 * A program whose loop the engine owns: state in, state out. Between supersteps the state can be saved, moved and
 * restored by the system, so a job of this kind goes on where it was after a failure.
 *
 * @param <S> the state between supersteps; needs a constructor without arguments to be restored, and also to begin with
 *     unless {@link #initialState} is overridden
 * @param <M> the class of messages
 */
public abstract class SuperstepProgram<S extends Writable, M extends Writable> {
    /**
     * The state of superstep 0; null means: the state class's constructor without arguments. Not called in a run that begins
     * from a checkpoint.
     */
    public S initialState(Peer<M> peer) throws BspException {
        return null;
    }

    /**
     * One superstep: reads the messages sent to this peer in the superstep before, changes the state, sends.
     * The engine does the barrier: calling {@link Peer#sync()} here is refused.
     *
     * @return {@link Next#HALT} to end; the job ends when every peer has returned HALT in the same superstep
     */
    public abstract Next superstep(S state, Peer<M> peer) throws BspException;

    /** Called once after the last superstep; may write output, may not send. */
    public void finish(S state, Peer<M> peer) throws BspException {}
}
