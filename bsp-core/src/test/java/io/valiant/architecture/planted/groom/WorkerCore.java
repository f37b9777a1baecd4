package io.valiant.architecture.planted.groom;

import java.util.IdentityHashMap;
import java.util.Map;

/** What a core may not do, by name: also in the classes inside it. */
public final class WorkerCore {
    /** Part of the core. */
    public static final class Table {
        public Map<Object, Object> identity() {
            return new IdentityHashMap<>();
        }
    }
}
