package io.valiant.graph;

import java.util.Objects;

/**
 * A vertex that a program knows by id, found once; see {@link GraphSetup#vertex} and {@link VertexContext#is}.
 *
 * @param id as given
 * @param number its number within this task, or -1 if it lives in another
 */
public record VertexReference(String id, int number) {
    public VertexReference {
        Objects.requireNonNull(id, "id");
    }
}
