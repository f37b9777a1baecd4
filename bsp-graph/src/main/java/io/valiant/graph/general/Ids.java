package io.valiant.graph.general;

import io.valiant.graph.io.IdText;

/** Ids as the bytes they write. */
final class Ids {
    private Ids() {}

    /** The task that owns an id. */
    static int owner(ByteOutput id, int tasks) {
        return IdText.owner(IdText.hash(id.bytes(), 0, id.size()), tasks);
    }
}
