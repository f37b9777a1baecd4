package io.valiant.concurrent;

/**
 * The deciding part of a process: a function of (state, event, now) that yields records to store and effects to carry
 * out. Not thread safe: exactly one owner steps it. It takes no lock, reads no clock, draws no random number, does no
 * I/O and iterates over nothing of hash order, so that the simulator can run it from a seed.
 *
 * <p>Time-outs: the owner calls {@link #tick} once {@code nowNs >= nextDeadlineNs()}; calling it earlier or more often
 * changes nothing.
 *
 * @param <E> events
 * @param <R> records: facts to be stored before the effects of the same step may happen; Void where nothing is stored
 * @param <F> effects: what the owner has to do, in the order given
 */
public interface Core<E, R, F> {
    /** The value of {@link #nextDeadlineNs()} where no time-out is pending. */
    long NO_DEADLINE = Long.MAX_VALUE;

    /** Applies one event. State changes at once; the owner makes the records durable before it lets the effects happen. */
    void handle(E event, long nowNs, Output<R, F> out);

    /** Lets time-outs that are due at {@code nowNs} happen. */
    void tick(long nowNs, Output<R, F> out);

    /** When {@link #tick} has something to do next, in the clock's nanoseconds, or {@link #NO_DEADLINE}. */
    long nextDeadlineNs();
}
