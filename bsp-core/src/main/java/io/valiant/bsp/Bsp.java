package io.valiant.bsp;

import org.apache.hadoop.io.Writable;

/**
 * A BSP program in its most general form. Every task of the job runs one instance, in a thread of its own.
 * After a failure of any peer all peers run again from the top: from superstep 0, or from what they have
 * {@link Peer#save saved}.
 *
 * @param <M> the class of messages
 */
public abstract class Bsp<M extends Writable> {
    /**
     * Called once before {@link #run}, in every run: after a failure again, also where that run begins from a saved state.
     * What it counts and writes then comes on top of what was saved; {@link Peer#superstep()} tells where the run begins.
     */
    public void setup(Peer<M> peer) throws BspException {}

    /** The program: computes, sends, calls {@link Peer#sync()}, reads messages, as often as it likes. */
    public abstract void run(Peer<M> peer) throws BspException;

    /** Called once after {@link #run}, also when it threw; may write output, may not send or sync. */
    public void cleanup(Peer<M> peer) throws BspException {}
}
