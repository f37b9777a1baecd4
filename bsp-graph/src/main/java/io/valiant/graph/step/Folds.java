package io.valiant.graph.step;

import io.valiant.bsp.Aggregate;

/** How folds are written. */
final class Folds {
    /** The code of an aggregator of Writables. */
    static final int VALUE = 6;

    private Folds() {}

    static int code(Aggregate fold) {
        return switch (fold) {
            case LONG_SUM -> 0;
            case LONG_MIN -> 1;
            case LONG_MAX -> 2;
            case DOUBLE_SUM -> 3;
            case DOUBLE_MIN -> 4;
            case DOUBLE_MAX -> 5;
        };
    }

    /** Null if there is none of that code. */
    static Aggregate ofCode(int code) {
        return switch (code) {
            case 0 -> Aggregate.LONG_SUM;
            case 1 -> Aggregate.LONG_MIN;
            case 2 -> Aggregate.LONG_MAX;
            case 3 -> Aggregate.DOUBLE_SUM;
            case 4 -> Aggregate.DOUBLE_MIN;
            case 5 -> Aggregate.DOUBLE_MAX;
            default -> null;
        };
    }
}
