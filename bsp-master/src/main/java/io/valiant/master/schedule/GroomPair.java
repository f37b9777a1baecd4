package io.valiant.master.schedule;

import io.valiant.id.GroomId;

/** Two grooms, in order of their names: the same whichever is named first. */
public record GroomPair(GroomId first, GroomId second) implements Comparable<GroomPair> {
    public GroomPair {
        if (first.compareTo(second) >= 0) {
            throw new IllegalArgumentException(first + " and " + second + " are no pair in order of names");
        }
    }

    /** The pair of two different grooms. */
    public static GroomPair of(GroomId one, GroomId other) {
        return one.compareTo(other) < 0 ? new GroomPair(one, other) : new GroomPair(other, one);
    }

    @Override
    public int compareTo(GroomPair other) {
        int order = first.compareTo(other.first);
        return order != 0 ? order : second.compareTo(other.second);
    }

    @Override
    public String toString() {
        return first + " and " + second;
    }
}
