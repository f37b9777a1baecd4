package io.valiant.graph.step;

/**
 * How far a run has come, as a checkpoint tells it. Times are of work that was not lost.
 *
 * @param superstep of the program, that computes next
 * @param loadNs how long it took to have the graph, after failures again
 * @param computeNs how long supersteps took so far
 */
public record Progress(long superstep, long loadNs, long computeNs) {
    public static final Progress NONE = new Progress(0, 0, 0);
}
