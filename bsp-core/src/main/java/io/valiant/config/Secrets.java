package io.valiant.config;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps out of sight what only its owner may know. */
public final class Secrets {
    /** Stands for a value that is not shown. */
    public static final String MASK = "******";

    private static final Pattern NAME =
            Pattern.compile("pass(word|phrase|wd)?($|[-._])|password|secret|token|credential|signature|authorization"
                    + "|(api|private|access|account|encryption|auth)[-._]?key");

    /** {@code user:password@} in an address. */
    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^/@:\\s]*:)(?!\\d+(?:/|$))[^@\\s]+@");

    /** {@code -Dsome.password=value} among options. */
    private static final Pattern IN_OPTION = Pattern.compile("(-D([^=\\s]+)=)(\\S+)");

    private Secrets() {}

    /** The same with the values masked whose names tell that they are secret, and passwords in addresses. */
    public static SortedMap<String, String> masked(SortedMap<String, String> values) {
        SortedMap<String, String> masked = new TreeMap<>();
        values.forEach((name, value) -> masked.put(name, masked(name, value)));
        return Collections.unmodifiableSortedMap(masked);
    }

    private static String masked(String name, String value) {
        // where a password lies is no secret
        boolean secret = isSecret(name);
        return secret && !value.isEmpty() ? MASK : maskedText(value);
    }

    /** A text with passwords in addresses and in {@code -D} options masked. */
    public static String maskedText(String text) {
        String addresses = IN_ADDRESS.matcher(text).replaceAll("$1" + MASK + "@");
        return IN_OPTION
                .matcher(addresses)
                .replaceAll(option ->
                        Matcher.quoteReplacement(isSecret(option.group(2)) ? option.group(1) + MASK : option.group()));
    }

    private static boolean isSecret(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).find() && !name.endsWith(".file");
    }
}
