package io.valiant.config;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Keeps out of sight what only its owner may know. */
public final class Secrets {
    /** Stands for a value that is not shown. */
    public static final String MASK = "******";

    private static final Pattern NAME = Pattern.compile(
            "password|passphrase|passwd|secret|token|credential|private[-._]?key|access[-._]?key|account[-._]?key|signature");

    /** {@code user:password@} in an address. */
    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^/@:\\s]*:)[^/@\\s]+@");

    private Secrets() {}

    /** The same with the values masked whose names tell that they are secret, and passwords in addresses. */
    public static SortedMap<String, String> masked(SortedMap<String, String> values) {
        SortedMap<String, String> masked = new TreeMap<>();
        values.forEach((name, value) -> masked.put(name, masked(name, value)));
        return Collections.unmodifiableSortedMap(masked);
    }

    private static String masked(String name, String value) {
        // where a password lies is no secret
        boolean secret = NAME.matcher(name.toLowerCase(Locale.ROOT)).find() && !name.endsWith(".file");
        return secret && !value.isEmpty() ? MASK : IN_ADDRESS.matcher(value).replaceAll("$1" + MASK + "@");
    }
}
