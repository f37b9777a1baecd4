package io.valiant.examples;

import java.util.Locale;

/**
 * What {@link Ledger} computes, without anything that runs it: the simulator and the tests fold by the same class.
 *
 * <p>A task starts with {@link #start}. In superstep s it folds the hashes it was sent, in order of delivery (sender's
 * index, then order of sending), into its own with {@link #fold}, then the superstep with {@link #turn}; unless s is the
 * last it sends the outcome to its three {@link #target targets}, in their order. The job's hash is {@link #ofJob} over the
 * tasks' last hashes by task index. A message lost, doubled or out of order changes it.
 */
public final class LedgerFold {
    /** How many peers each task sends to; the same peer more than once in a job of few tasks. */
    public static final int TARGETS = 3;

    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    private LedgerFold() {}

    /** A task's hash before superstep 0. */
    public static long start(long seed, int task) {
        return mix(mix(seed) + STRIDE * (task + 1));
    }

    /** Takes one received hash in. Neither commutative nor associative. */
    public static long fold(long own, long received) {
        return mix(own * 31 + received);
    }

    /** Takes the superstep's number in, after all that was received. */
    public static long turn(long own, long superstep) {
        return mix(own + STRIDE * (superstep + 1));
    }

    /** The k-th peer a task sends to, k from 0 to {@link #TARGETS} - 1. */
    public static int target(int task, int k, int tasks) {
        return (int) (((long) task + k + 1) % tasks);
    }

    /** The job's hash of its tasks' last hashes, by task index. */
    public static long ofJob(long[] hashes) {
        long hash = mix(hashes.length);
        for (long each : hashes) {
            hash = fold(hash, each);
        }
        return hash;
    }

    /** How hashes are written: 16 hexadecimal digits. */
    public static String text(long hash) {
        return String.format(Locale.ROOT, "%016x", hash);
    }

    /**
     * The job's hash as it must be, computed here without a cluster.
     *
     * @param supersteps at least 1
     */
    public static long reference(long seed, int tasks, long supersteps) {
        long[] hashes = new long[tasks];
        for (int task = 0; task < tasks; task++) {
            hashes[task] = start(seed, task);
        }
        for (long superstep = 0; superstep < supersteps; superstep++) {
            long[] sent = hashes.clone();
            for (int task = 0; task < tasks; task++) {
                hashes[task] = turn(superstep == 0 ? sent[task] : received(sent, task), superstep);
            }
        }
        return ofJob(hashes);
    }

    /** A task's hash with all folded in that the tasks sent to it. */
    private static long received(long[] sent, int task) {
        long own = sent[task];
        for (int sender = 0; sender < sent.length; sender++) {
            for (int k = 0; k < TARGETS; k++) {
                if (target(sender, k, sent.length) == task) {
                    own = fold(own, sent[sender]);
                }
            }
        }
        return own;
    }

    /** Spreads 64 bits over 64 bits, one to one: xor-shifts and multiplications by odd numbers. */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
