package io.valiant.architecture.planted.groom;

import org.apache.hadoop.io.Writable;

/** A daemon's own package knows no Hadoop. */
public final class Worker {
    public boolean known(Object value) {
        return value instanceof Writable;
    }
}
