package io.valiant.bsp;

/** A number that grows, summed over all tasks. */
public interface Counter {
    void add(long amount);

    default void increment() {
        add(1);
    }

    /** This task's value so far. */
    long value();
}
