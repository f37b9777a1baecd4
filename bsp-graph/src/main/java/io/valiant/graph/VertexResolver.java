package io.valiant.graph;

import io.valiant.bsp.BspException;
import org.apache.hadoop.io.Writable;

/**
 * Decides between two supersteps what becomes of each vertex that was asked to come or to go, that was given edges by others,
 * or that has got messages without existing. Called in the task that has the vertex.
 *
 * <p>As it is: a vertex whose end was asked for goes; one that then does not exist, but was asked for, given edges or sent
 * messages, comes, with the first value it was asked for with; one that exists stays as it is.
 *
 * @param <I> ids
 * @param <V> values of vertices
 */
public class VertexResolver<I extends Writable, V extends Writable> {
    public void resolve(VertexChanges<I, V> changes) throws BspException {
        if (changes.isRemovalWanted() && changes.exists()) {
            changes.remove();
        }
        if (changes.exists()) {
            return;
        }
        if (changes.additionCount() > 0) {
            changes.set(changes.additions().iterator().next());
        } else if (changes.hasAddedEdges() || changes.hasMessages()) {
            changes.create();
        }
    }
}
