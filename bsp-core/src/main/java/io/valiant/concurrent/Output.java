package io.valiant.concurrent;

/**
 * Takes what a core yields in one step.
 *
 * @param <R> records
 * @param <F> effects
 */
public interface Output<R, F> {
    /** A fact to be stored with this step's batch. */
    void record(R record);

    /** Something to do once this step's batch is durable; in the order of the calls. */
    void effect(F effect);
}
