package io.valiant.bsp;

import org.apache.hadoop.io.Writable;

/**
 * Folds messages of one key to one peer into one: a {@link Combiner} of a program whose messages say what they are about. They
 * leave in the order in which their keys were first sent. They may take about a tenth of the memory for messages, each counted
 * by the first message of its key; when a peer's part of that is used up all to it leave, and combining begins again. So a peer
 * gets one or several messages of a key from a sender, each of which stands for some, in the order of sending. Messages to
 * vertices of a graph are combined by vertex, not by key.
 *
 * @param <M> the class of messages
 */
public interface KeyedCombiner<M extends Writable> extends Combiner<M> {
    /** What a message that is sent is about; only messages with the same key are combined. Must not change the message. */
    long key(M message);
}
