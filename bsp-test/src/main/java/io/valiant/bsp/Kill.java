package io.valiant.bsp;

/**
 * A peer to be killed, once.
 *
 * @param task which
 * @param superstep of the program's own; while it computes that superstep, or at the latest when it arrives at its barrier
 */
record Kill(int task, long superstep) {
    @Override
    public String toString() {
        return "the kill of task " + task + " in superstep " + superstep;
    }
}
