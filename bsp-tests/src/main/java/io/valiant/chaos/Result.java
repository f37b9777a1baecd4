package io.valiant.chaos;

/** How a run of a scenario went. */
enum Result {
    /** Everything held. */
    RIGHT,
    /** Something did not hold: a violation. */
    WRONG,
    /** This machine cannot do it. */
    SKIPPED
}
