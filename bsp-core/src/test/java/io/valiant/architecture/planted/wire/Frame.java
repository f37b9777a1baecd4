package io.valiant.architecture.planted.wire;

import io.valiant.architecture.planted.bsp.Upward;

/** Downward is allowed, but here it closes a cycle. */
public final class Frame {
    public Upward upward() {
        return new Upward();
    }
}
