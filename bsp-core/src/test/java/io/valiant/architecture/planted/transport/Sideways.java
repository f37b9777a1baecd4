package io.valiant.architecture.planted.transport;

import io.valiant.architecture.planted.protocol.Call;

/** Imports a package of its own row. */
public final class Sideways {
    public Call call() {
        return new Call();
    }
}
