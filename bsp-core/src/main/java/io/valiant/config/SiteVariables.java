package io.valiant.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What values may name of the machine they are read on: {@code ${user.home}} and other system properties. */
final class SiteVariables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    private SiteVariables() {}

    /** Puts system properties in place; a name that is none stays as it was written. */
    static String expand(String text) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String value = System.getProperty(match.group(1));
            return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
    }

    /** This machine's name, or {@code localhost} where it has none that can be looked up. */
    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
