package io.valiant.bsp;

import java.util.Objects;
import org.apache.hadoop.io.Writable;

/**
 * How the bytes of an input or an output are records. The same words name a format in programs, job options and
 * settings:
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><td>{@code text}</td><td>a line; key: its byte position (LongWritable), value: the line (Text)</td></tr>
 * <tr><td>{@code keyvalue}, {@code keyvalue:SEPARATOR}</td><td>a line; key and value (Text) are what lies before and
 * behind its first tab, or separator</td></tr>
 * <tr><td>{@code sequence:KEY,VALUE}</td><td>Hadoop's sequence file with keys and values of these classes; a name without
 * a dot is one of {@code org.apache.hadoop.io}</td></tr>
 * <tr><td>a class name</td><td>a format of one's own, see {@link InputFormat} and {@link OutputFormat}</td></tr>
 * </table>
 *
 * <p>Immutable. No class is loaded by it.
 *
 * @param <K> the class of keys
 * @param <V> the class of values
 */
@SuppressWarnings("UnusedTypeParameter") // they make Peer.input(Format) and its Records one type
public final class Format<K extends Writable, V extends Writable> {
    /** What kinds there are. */
    public enum Kind {
        TEXT,
        KEY_VALUE,
        SEQUENCE,
        /** A user's class. */
        OWN
    }

    private static final String HADOOP = "org.apache.hadoop.io.";
    private static final String TEXT_CLASS = HADOOP + "Text";
    private static final String LONG_CLASS = HADOOP + "LongWritable";
    private static final String KEY_VALUE = "keyvalue";
    private static final String SEQUENCE = "sequence";
    private static final String CLASS_NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";

    private final Kind kind;
    private final String keyClass;
    private final String valueClass;
    private final String argument;

    private Format(Kind kind, String keyClass, String valueClass, String argument) {
        this.kind = kind;
        this.keyClass = keyClass;
        this.valueClass = valueClass;
        this.argument = argument;
    }

    /** Lines: {@code LongWritable} byte position, {@code Text} line. */
    public static Format<org.apache.hadoop.io.LongWritable, org.apache.hadoop.io.Text> text() {
        return new Format<>(Kind.TEXT, LONG_CLASS, TEXT_CLASS, "");
    }

    /** Lines of key, tab and value; a line without a tab is a key with an empty value. */
    public static Format<org.apache.hadoop.io.Text, org.apache.hadoop.io.Text> keyValue() {
        return keyValue("\t");
    }

    /** The same with another separator: one or more characters, without a line end. */
    public static Format<org.apache.hadoop.io.Text, org.apache.hadoop.io.Text> keyValue(String separator) {
        if (separator.isEmpty() || separator.indexOf('\n') >= 0 || separator.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a separator has at least one character and no line end");
        }
        return new Format<>(Kind.KEY_VALUE, TEXT_CLASS, TEXT_CLASS, separator);
    }

    /** Hadoop's sequence files of keys and values of exactly these classes. */
    public static <K extends Writable, V extends Writable> Format<K, V> sequence(Class<K> key, Class<V> value) {
        return new Format<>(Kind.SEQUENCE, key.getName(), value.getName(), "");
    }

    /** A format of one's own. */
    public static <K extends Writable, V extends Writable> Format<K, V> of(Class<? extends InputFormat<K, V>> type) {
        return new Format<>(Kind.OWN, null, null, type.getName());
    }

    /**
     * Reads the words of a format.
     *
     * @throws IllegalArgumentException saying what is wrong with them
     */
    public static Format<?, ?> parse(String words) {
        int colon = words.indexOf(':');
        String word = colon < 0 ? words : words.substring(0, colon);
        String behind = colon < 0 ? null : words.substring(colon + 1);
        return switch (word) {
            case "text" -> {
                if (behind != null) {
                    throw new IllegalArgumentException("'text' takes nothing behind a colon");
                }
                yield text();
            }
            case KEY_VALUE -> behind == null ? keyValue() : keyValue(behind.replace("\\t", "\t"));
            case SEQUENCE -> {
                String[] classes = behind == null ? new String[0] : behind.split(",", -1);
                if (classes.length != 2) {
                    throw new IllegalArgumentException(
                            "a sequence file needs two classes, as in sequence:Text,LongWritable");
                }
                yield new Format<>(Kind.SEQUENCE, whole(classes[0]), whole(classes[1]), "");
            }
            default -> {
                if (behind != null || words.indexOf('.') < 0 || !words.matches(CLASS_NAME)) {
                    throw new IllegalArgumentException("'" + words
                            + "' is no format; there are text, keyvalue[:SEPARATOR], sequence:KEY,VALUE and classes");
                }
                yield new Format<>(Kind.OWN, null, null, words);
            }
        };
    }

    private static String whole(String name) {
        String stripped = name.strip();
        if (!stripped.matches(CLASS_NAME)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a class");
        }
        return stripped.indexOf('.') < 0 ? HADOOP + stripped : stripped;
    }

    public Kind kind() {
        return kind;
    }

    /** Name of the class of keys; null for a format of one's own, which tells it by its type arguments. */
    public String keyClass() {
        return keyClass;
    }

    /** The same of values. */
    public String valueClass() {
        return valueClass;
    }

    /** What lies between key and value, for {@link Kind#KEY_VALUE}. */
    public String separator() {
        return argument;
    }

    /** The user's class, for {@link Kind#OWN}. */
    public String ownClass() {
        return argument;
    }

    /** The words that {@link #parse} reads. */
    @Override
    public String toString() {
        return switch (kind) {
            case TEXT -> "text";
            case KEY_VALUE -> argument.equals("\t") ? KEY_VALUE : KEY_VALUE + ":" + argument.replace("\t", "\\t");
            case SEQUENCE -> SEQUENCE + ":" + keyClass + "," + valueClass;
            case OWN -> argument;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Format<?, ?> that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return Objects.hash(toString());
    }
}
