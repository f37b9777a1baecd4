package io.valiant.config;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How values of a key are written and what they may be.
 *
 * @param <T> the class of the values
 */
public final class KeyType<T> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})([kmgt]?)");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9][-._A-Za-z0-9]*)=([-._A-Za-z0-9]*)");

    private final String name;
    private final String unit;
    private final String range;
    private final Function<String, T> reader;

    private KeyType(String name, String unit, String range, Function<String, T> reader) {
        this.name = name;
        this.unit = unit;
        this.range = range;
        this.reader = reader;
    }

    /** Such as {@code duration}. */
    public String name() {
        return name;
    }

    /** How to write it, such as {@code ms, s, m, h, d}; empty where nothing needs to be said. */
    public String unit() {
        return unit;
    }

    /** Such as {@code 200ms to 1d}; empty for any value of the type. */
    public String range() {
        return range;
    }

    /** Reads a value; throws IllegalArgumentException whose message goes on after "key = 'value'". */
    public T parse(String text) {
        return reader.apply(text.strip());
    }

    static KeyType<Duration> duration(String least, String most) {
        Duration low = readDuration(least);
        Duration high = readDuration(most);
        return new KeyType<>("duration", "ms, s, m, h, d", least + " to " + most, text -> {
            Duration value = readDuration(text);
            require(
                    value.compareTo(low) >= 0 && value.compareTo(high) <= 0,
                    "is not between " + least + " and " + most);
            return value;
        });
    }

    /** As {@link #duration}, or zero, written {@code off} or {@code 0}: what it is for does not happen. */
    static KeyType<Duration> durationOrOff(String least, String most) {
        KeyType<Duration> on = duration(least, most);
        return new KeyType<>(
                "duration",
                on.unit(),
                "off, or " + on.range(),
                text -> text.equals("off") || text.matches("0+(ms|s|m|h|d)?") ? Duration.ZERO : on.parse(text));
    }

    static KeyType<Long> bytes(String least, String most) {
        long low = readBytes(least);
        long high = readBytes(most);
        return new KeyType<>("bytes", "bytes, k, m, g, t", least + " to " + most, text -> {
            long value = readBytes(text);
            require(value >= low && value <= high, "is not between " + least + " and " + most);
            return value;
        });
    }

    static KeyType<Integer> integer(int least, int most) {
        return new KeyType<>("integer", "", least + " to " + most, text -> {
            require(text.matches("-?\\d{1,10}"), "is not a whole number");
            long value = Long.parseLong(text);
            require(value >= least && value <= most, "is not between " + least + " and " + most);
            return (int) value;
        });
    }

    static KeyType<Double> decimal(double least, double most) {
        return new KeyType<>("decimal", "", least + " to " + most, text -> {
            require(text.matches("\\d{1,9}(\\.\\d{1,9})?"), "is not a decimal number");
            double value = Double.parseDouble(text);
            require(value >= least && value <= most, "is not between " + least + " and " + most);
            return value;
        });
    }

    static KeyType<Boolean> bool() {
        return new KeyType<>("boolean", "", "true or false", text -> {
            require(text.equals("true") || text.equals("false"), "is neither true nor false");
            return text.equals("true");
        });
    }

    /** One of some words; the reader refuses any other. */
    static <T> KeyType<T> choice(List<String> words, Function<String, T> reader) {
        return new KeyType<>("choice", "", String.join(", ", words), reader);
    }

    static KeyType<HostPort> address() {
        return new KeyType<>("address", "host:port", "", HostPort::parse);
    }

    /** Where the task-report server listens: empty for a Unix-domain socket, written {@code unix:}. */
    static KeyType<Optional<HostPort>> addressOrUnix() {
        return new KeyType<>(
                "address",
                "unix: or host:port",
                "",
                text -> text.equals("unix:") ? Optional.empty() : Optional.of(HostPort.parse(text)));
    }

    static KeyType<String> text(String name, String unit, Predicate<String> good, String complaint) {
        return new KeyType<>(name, unit, "", text -> {
            require(good.test(text), complaint);
            return text;
        });
    }

    /** Words separated by blanks; no quoting. */
    static KeyType<List<String>> words() {
        return new KeyType<>(
                "words", "separated by blanks", "", text -> text.isEmpty() ? List.of() : List.of(text.split("\\s+")));
    }

    static KeyType<SortedMap<String, String>> labels() {
        return new KeyType<>("labels", "name=value, separated by commas", "", text -> {
            SortedMap<String, String> labels = new TreeMap<>();
            for (String label : text.isEmpty() ? new String[0] : text.split(",", -1)) {
                Matcher m = LABEL.matcher(label.strip());
                require(m.matches(), "is not a list of name=value separated by commas");
                require(labels.put(m.group(1), m.group(2)) == null, "names '" + m.group(1) + "' twice");
            }
            return Collections.unmodifiableSortedMap(labels);
        });
    }

    /** Reads {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 2d}; throws IllegalArgumentException otherwise. */
    public static Duration readDuration(String text) {
        Matcher m = DURATION.matcher(text);
        require(m.matches(), "is not a duration (write 500ms, 10s, 5m, 1h or 1d)");
        long count = Long.parseLong(m.group(1));
        try {
            return switch (m.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is longer than can be counted", e);
        }
    }

    /** Writes a duration in the largest unit that tells it exactly, down to milliseconds. */
    public static String writeDuration(Duration value) {
        long ms = value.toMillis();
        if (ms == 0 || ms % 1000 != 0) {
            return ms + "ms";
        }
        return ms % 60_000 == 0 ? ms / 60_000 + "m" : ms / 1000 + "s";
    }

    /** Reads {@code 1048576}, {@code 64k}, {@code 512m}, {@code 1g}, {@code 2t}; throws IllegalArgumentException otherwise. */
    public static long readBytes(String text) {
        Matcher m = BYTES.matcher(text.toLowerCase(Locale.ROOT));
        require(m.matches(), "is not a number of bytes (write 1048576, 64k, 512m or 1g)");
        int shift = 10 * (1 + "kmgt".indexOf(m.group(2).isEmpty() ? " " : m.group(2)));
        long count = Long.parseLong(m.group(1));
        require(count <= Long.MAX_VALUE >> shift, "is more bytes than can be counted");
        return count << shift;
    }

    static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
