package io.valiant.groom.core;

/**
 * What a groom obeys: a master's epoch under an incarnation of its own, and how many directives of the two it has
 * applied. Epochs only rise; a newer epoch or another incarnation starts at none applied (decision 0001).
 */
final class Standing {
    private long epoch;
    private long incarnation;
    private long applied;

    long epoch() {
        return epoch;
    }

    long incarnation() {
        return incarnation;
    }

    long applied() {
        return applied;
    }

    /** Whether what comes from that epoch is too late to be heard. */
    boolean isPast(long otherEpoch) {
        return otherEpoch < epoch;
    }

    void enter(long newEpoch, long newIncarnation) {
        if (newEpoch != epoch || newIncarnation != incarnation) {
            applied = 0;
        }
        epoch = newEpoch;
        incarnation = newIncarnation;
    }

    /** The incarnation is over; the epoch stays the least that is heard. */
    void leave() {
        incarnation = 0;
        applied = 0;
    }

    void appliedOneMore() {
        applied++;
    }
}
