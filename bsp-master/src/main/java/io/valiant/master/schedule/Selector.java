package io.valiant.master.schedule;

import java.util.Objects;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which grooms a job may run on, by their labels: {@code l=v}, {@code l!=v} or {@code l~regex} (the whole value matches).
 * A groom without the label has it not equal to anything.
 */
public final class Selector {
    /** Matches every groom. */
    public static final Selector ANY = new Selector("", null, Operator.ANY, null, null);

    private enum Operator {
        ANY,
        EQUAL,
        NOT_EQUAL,
        LIKE
    }

    private final String text;
    private final String label;
    private final Operator operator;
    private final String value;
    private final Pattern pattern;

    private Selector(String text, String label, Operator operator, String value, Pattern pattern) {
        this.text = text;
        this.label = label;
        this.operator = operator;
        this.value = value;
        this.pattern = pattern;
    }

    /**
     * Reads a selector; null or empty matches every groom.
     *
     * @throws IllegalArgumentException it is none, in one line
     */
    public static Selector parse(String text) {
        if (text == null || text.isEmpty()) {
            return ANY;
        }
        int equal = text.indexOf('=');
        int like = text.indexOf('~');
        if (like > 0 && (equal < 0 || like < equal)) {
            return new Selector(text, text.substring(0, like).trim(), Operator.LIKE, null, compile(text, like));
        }
        if (equal > 1 && text.charAt(equal - 1) == '!') {
            return new Selector(
                    text, text.substring(0, equal - 1).trim(), Operator.NOT_EQUAL, valueAfter(text, equal), null);
        }
        if (equal > 0 && text.charAt(equal - 1) != '!') {
            return new Selector(text, text.substring(0, equal).trim(), Operator.EQUAL, valueAfter(text, equal), null);
        }
        throw new IllegalArgumentException("selector '" + text + "' is none of label=value, label!=value, label~regex");
    }

    private static String valueAfter(String text, int operator) {
        return text.substring(operator + 1).trim();
    }

    private static Pattern compile(String text, int operator) {
        try {
            return Pattern.compile(valueAfter(text, operator));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "selector '" + text + "' has a bad regular expression: " + e.getDescription(), e);
        }
    }

    /** Whether a groom with these labels may be used. */
    public boolean matches(SortedMap<String, String> labels) {
        String has = label == null ? null : labels.get(label);
        return switch (operator) {
            case ANY -> true;
            case EQUAL -> Objects.equals(has, value);
            case NOT_EQUAL -> !Objects.equals(has, value);
            case LIKE -> has != null && pattern.matcher(has).matches();
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
