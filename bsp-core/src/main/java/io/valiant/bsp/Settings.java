package io.valiant.bsp;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keys and values a job was submitted with. Immutable; a value that does not parse is told with its key. */
public final class Settings {
    private final SortedMap<String, String> values;

    public Settings(Map<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public SortedMap<String, String> asMap() {
        return values;
    }

    /** The value, or null. */
    public String get(String key) {
        return values.get(key);
    }

    public String get(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    public long getLong(String key, long otherwise) {
        String v = values.get(key);
        if (v == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(v.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " = '" + v + "' is not a whole number", e);
        }
    }

    public int getInt(String key, int otherwise) {
        long v = getLong(key, otherwise);
        if (v != (int) v) {
            throw new IllegalArgumentException(key + " = " + v + " is out of range");
        }
        return (int) v;
    }

    public double getDouble(String key, double otherwise) {
        String v = values.get(key);
        if (v == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(v.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " = '" + v + "' is not a number", e);
        }
    }

    public boolean getBoolean(String key, boolean otherwise) {
        String v = values.get(key);
        if (v == null) {
            return otherwise;
        }
        return switch (v.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(key + " = '" + v + "' is neither true nor false");
        };
    }
}
