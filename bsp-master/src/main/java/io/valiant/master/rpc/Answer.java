package io.valiant.master.rpc;

/**
 * Where the result of a call goes; exactly one of the two is called, once, in the master's store thread: it must not block.
 *
 * @param <T> the result
 */
public interface Answer<T> {
    /** The call was done, and what it changed is stored. */
    void done(T result);

    /**
     * The call was refused; it changed nothing.
     *
     * @param code such as {@code JobNotFound}, see {@link io.valiant.master.core.MasterEffect.Reject}; {@code NoLeader}
     *     while this master does not lead: try again, or another
     * @param message one line for people
     */
    void refused(String code, String message);
}
