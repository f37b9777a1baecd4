package io.valiant.graph.engine;

import io.valiant.graph.io.IdSet;

/**
 * A task's part of the loaded graph. Never changed.
 *
 * @param index of this task
 * @param ids of its vertices, by dense number
 * @param degree how many neighbours each vertex has
 * @param local edges within this task; its sources are all vertices
 * @param outgoing by task, null for this one
 * @param incoming by task, null for this one
 * @param vertexCount of the whole graph
 * @param edgeCount of the whole graph, as its files list them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Partition(
        int index,
        IdSet ids,
        int[] degree,
        Segment local,
        Outgoing[] outgoing,
        Incoming[] incoming,
        long vertexCount,
        long edgeCount) {
    /** How many vertices this task has. */
    int size() {
        return degree.length;
    }

    /** How many tasks. */
    int tasks() {
        return outgoing.length;
    }
}
