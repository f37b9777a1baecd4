package io.valiant.id;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a groom, unique in its cluster, kept over restarts.
 *
 * @param value a host name or {@code groom-1}; matches {@code [A-Za-z0-9][-.:_A-Za-z0-9]{0,252}}
 */
public record GroomId(String value) implements Comparable<GroomId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][-.:_A-Za-z0-9]{0,252}");

    public GroomId {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("groom name '" + value + "' is not of the form " + FORM.pattern());
        }
    }

    @Override
    public int compareTo(GroomId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
