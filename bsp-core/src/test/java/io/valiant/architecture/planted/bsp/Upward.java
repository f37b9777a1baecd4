package io.valiant.architecture.planted.bsp;

import io.valiant.architecture.planted.wire.Frame;

/** The ground imports a row above it; so do the two packages import each other. */
public final class Upward {
    public Frame frame() {
        return new Frame();
    }
}
