package io.valiant.graph.engine;

/**
 * What this task sends another in a superstep: the values of a fixed list of its own vertices, or, where there are far
 * fewer targets than sources, one combined value for each of a fixed list of the other's vertices. Exactly one part is not null.
 *
 * @param boundary own vertices that have a neighbour there
 * @param combined edges to there, kept here; its sources are all own vertices
 */
record Outgoing(Boundary boundary, Segment combined) {
    static Outgoing bySource(int[] vertices) {
        return new Outgoing(new Boundary(vertices), null);
    }

    static Outgoing byTarget(Segment combined) {
        return new Outgoing(null, combined);
    }

    /** How many values a full block has. */
    int size() {
        return boundary != null ? boundary.size() : combined.targets.length;
    }
}
