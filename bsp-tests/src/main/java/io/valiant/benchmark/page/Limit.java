package io.valiant.benchmark.page;

/**
 * What is wanted of a figure.
 *
 * @param must what it may not be worse than
 * @param goal where it shall come to
 * @param isMost whether both are upper bounds
 */
record Limit(double must, double goal, boolean isMost) {
    static Limit most(double must, double goal) {
        return new Limit(must, goal, true);
    }

    static Limit least(double must, double goal) {
        return new Limit(must, goal, false);
    }

    Limit dividedBy(double divisor) {
        return new Limit(must / divisor, goal / divisor, isMost);
    }

    String text() {
        String sign = isMost ? "≤ " : "≥ ";
        return sign + Spread.number(must) + " / " + sign + Spread.number(goal);
    }

    String verdict(double value) {
        if (Double.isNaN(value)) {
            return "not measured";
        }
        if (reaches(value, goal)) {
            return "goal";
        }
        return reaches(value, must) ? "must" : "**missed**";
    }

    private boolean reaches(double value, double bound) {
        return isMost ? value <= bound : value >= bound;
    }
}
