package io.valiant.simulator.engine;

import io.valiant.concurrent.RandomSource;

/** SplitMix64: chance from a seed, the same in every JVM. A split gives a generator whose draws disturb nobody else's. */
public final class SimRandom implements RandomSource {
    /** {@link #around} gives so many times the mean at most. */
    public static final int MOST_AROUND = 10;

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SimRandom(long seed) {
        this.state = mix(seed + GAMMA);
    }

    /** A generator of its own. */
    public SimRandom split() {
        return new SimRandom(nextLong());
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** 0 to {@code bound - 1}. */
    public int below(int bound) {
        return (int) ((nextLong() >>> 33) % bound);
    }

    /** {@code low} to {@code high}, both included. */
    public long between(long low, long high) {
        return low + Math.floorMod(nextLong() >>> 1, high - low + 1);
    }

    /** True that often; 0 is never, 1 always. */
    public boolean chance(double probability) {
        return unit() < probability;
    }

    /** Around {@code mean}, at times much more: exponential, at most {@link #MOST_AROUND} times the mean. */
    public long around(long mean) {
        return (long) (mean * Math.min(MOST_AROUND, -StrictMath.log(1 - unit())));
    }

    private double unit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Scrambles 64 bits. */
    public static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
