package io.valiant.cli;

/**
 * Text that others chose (names, messages, lines of files), made safe to show in a terminal: a control character could move
 * the cursor, hide what was printed before, or begin a line that looks like ours.
 */
public final class Plain {
    private Plain() {}

    /** One line: without line ends, other control characters as {@code ?}. */
    public static String line(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElse("")
                .replaceAll("\\p{Cc}", "?");
    }

    /** Several lines: line ends and tabs stay, other control characters as {@code ?}. */
    public static String lines(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\n\t]]", "?");
    }
}
