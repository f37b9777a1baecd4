package io.valiant.protocol;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Immutable copies in key order: the same in every JVM. */
public final class Sorted {
    private Sorted() {}

    public static <K extends Comparable<K>, V> SortedMap<K, V> copy(SortedMap<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
