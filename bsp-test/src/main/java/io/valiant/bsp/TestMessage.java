package io.valiant.bsp;

import org.apache.hadoop.io.Writable;

/**
 * A message as it was delivered; where the job has a combiner, combined.
 *
 * @param superstep in which it was sent
 * @param from index of the sender
 * @param to index of the receiver
 * @param value an object of its own, of the class that the test itself sees
 */
public record TestMessage(long superstep, int from, int to, Writable value) {
    @Override
    public String toString() {
        return "superstep " + superstep + ": " + from + " -> " + to + ": " + value;
    }
}
