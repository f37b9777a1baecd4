package io.valiant.graph.engine;

/**
 * What another task sends this one in a superstep, the other side of {@link Outgoing}. Exactly one part is not null.
 *
 * @param mirrored edges from there, kept here; its sources are the other's boundary, in order: the mirrors
 * @param targets own vertices for which combined values come, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Incoming(Segment mirrored, int[] targets) {
    static Incoming bySource(Segment mirrored) {
        return new Incoming(mirrored, null);
    }

    static Incoming byTarget(int[] targets) {
        return new Incoming(null, targets);
    }

    /** How many values a full block has. */
    int size() {
        return mirrored != null ? mirrored.sources() : targets.length;
    }
}
