package io.valiant.bsp;

/** How the values given to an aggregator in a superstep become one. Folded within each peer, then over peers by index. */
public enum Aggregate {
    LONG_SUM,
    LONG_MIN,
    LONG_MAX,
    DOUBLE_SUM,
    DOUBLE_MIN,
    DOUBLE_MAX;

    /** Whether values are longs; otherwise doubles. */
    public boolean isLong() {
        return this == LONG_SUM || this == LONG_MIN || this == LONG_MAX;
    }

    /** What no value at all folds to. */
    public long identityLong() {
        return switch (this) {
            case LONG_SUM -> 0;
            case LONG_MIN -> Long.MAX_VALUE;
            case LONG_MAX -> Long.MIN_VALUE;
            case DOUBLE_SUM, DOUBLE_MIN, DOUBLE_MAX -> throw new IllegalStateException(this + " is not of longs");
        };
    }

    /** What no value at all folds to. */
    public double identityDouble() {
        return switch (this) {
            case DOUBLE_SUM -> 0;
            case DOUBLE_MIN -> Double.POSITIVE_INFINITY;
            case DOUBLE_MAX -> Double.NEGATIVE_INFINITY;
            case LONG_SUM, LONG_MIN, LONG_MAX -> throw new IllegalStateException(this + " is not of doubles");
        };
    }

    public long fold(long a, long b) {
        return switch (this) {
            case LONG_SUM -> a + b;
            case LONG_MIN -> Math.min(a, b);
            case LONG_MAX -> Math.max(a, b);
            case DOUBLE_SUM, DOUBLE_MIN, DOUBLE_MAX -> throw new IllegalStateException(this + " is not of longs");
        };
    }

    public double fold(double a, double b) {
        return switch (this) {
            case DOUBLE_SUM -> a + b;
            case DOUBLE_MIN -> Math.min(a, b);
            case DOUBLE_MAX -> Math.max(a, b);
            case LONG_SUM, LONG_MIN, LONG_MAX -> throw new IllegalStateException(this + " is not of doubles");
        };
    }
}
