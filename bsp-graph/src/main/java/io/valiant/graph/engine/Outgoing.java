package io.valiant.graph.engine;

/**
 * What this task sends another in a superstep: the values of a fixed list of its own vertices, or, where there are fewer
 * targets than sources, one combined value for each of a fixed list of the other's vertices. Exactly one part is not null.
 *
 * @param boundary own vertices that have a neighbour there, ascending
 * @param combined edges to there, kept here; its sources are all own vertices
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Outgoing(int[] boundary, Segment combined) {
    static Outgoing bySource(int[] boundary) {
        return new Outgoing(boundary, null);
    }

    static Outgoing byTarget(Segment combined) {
        return new Outgoing(null, combined);
    }

    /** How many values a full block has. */
    int size() {
        return boundary != null ? boundary.length : combined.targets.length;
    }
}
