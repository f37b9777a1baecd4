package io.valiant.bsp;

import org.apache.hadoop.io.Writable;

/**
 * Folds messages of one key to one peer into one: a {@link Combiner} of a program whose messages say what they are about. They
 * leave in the order in which their keys were first sent. So many keys are kept in mind that memory for them stays bounded, a
 * million over all peers; whoever sends more has all to that peer leave, and begins again: so a peer gets one or
 * several messages of a key from a sender, of which each stands for some that were sent one after the other.
 *
 * @param <M> the class of messages
 */
public interface KeyedCombiner<M extends Writable> extends Combiner<M> {
    /** What a message is about; only messages with the same key are combined. Must not change the message. */
    long key(M message);
}
